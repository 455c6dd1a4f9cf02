from pipeline.enrich.entities.tagger.conll import sentence
from pipeline.enrich.entities.tagger.unseen import unseen

CORPUS = [
    sentence(["قال", first, last, "في", place], ["O", "B-PER", "I-PER", "O", "B-LOC"])
    for first, last, place in (
        ("محمد", "تنيرة", "طهران"),
        ("علي", "حداد", "مدريد"),
        ("سعيد", "منصور", "روما"),
        ("خالد", "شعبان", "صوفيا"),
    )
] * 5


def test_names_stay_where_they_were():
    for made in unseen(CORPUS):
        assert made.gold == CORPUS[0].gold
        assert len(made.words) == 5


def test_only_last_words_of_names_change():
    firsts = {known.words[1] for known in CORPUS}
    for made in unseen(CORPUS):
        assert (made.words[0], made.words[3]) == ("قال", "في")
        assert made.words[1] in firsts


def test_made_up_names_are_new_but_look_like_the_others():
    known = {sentence.words[2] for sentence in CORPUS}
    made = {sentence.words[2] for sentence in unseen(CORPUS)} - known
    assert made
    assert all(any(name[:2] == other[:2] for other in known) for name in made)


def test_the_same_corpus_gives_the_same_names():
    assert [made.words for made in unseen(CORPUS)] == [made.words for made in unseen(CORPUS)]


def test_sentences_without_such_names_are_left_out():
    assert list(unseen([sentence(["وصلت", "الأمم", "المتحدة"], ["O", "B-ORG", "I-ORG"])])) == []
