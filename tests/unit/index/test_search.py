from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.search import _stories, fragment, fragments


def test_hits_are_parted_from_the_text_around_them():
    assert fragment("في \ue000دمشق\ue001 و\ue000حلب\ue001") == (
        ("في ", False),
        ("دمشق", True),
        (" و", False),
        ("حلب", True),
    )


@given(st.lists(st.tuples(st.text(alphabet="ab ", min_size=1), st.booleans())))
def test_a_fragment_gives_back_the_text(parts):
    marked = "".join(f"\ue000{text}\ue001" if hit else text for text, hit in parts)
    assert "".join(text for text, _ in fragment(marked)) == "".join(text for text, _ in parts)
    assert [text for text, hit in fragment(marked) if hit] == [text for text, hit in parts if hit]


def hit(id_, score, duplicate_of=None):
    source = {"@timestamp": "2018-10-16", "duplicate_of": duplicate_of, "source": {"uri": f"s/{id_}"}}
    return {"_id": id_, "_score": score, "_source": source}


def test_near_duplicates_are_one_story_in_the_place_of_the_best():
    stories = _stories([hit("copy", 3.0, "first"), hit("other", 2.0), hit("first", 1.0)])
    assert [(story.id, story.copies) for story in stories] == [("copy", ("first",)), ("other", ())]


def test_a_sentence_is_left_out_that_is_marked_only_where_copies_of_the_first_words_end():
    opened, closed = "\ue000", "\ue001"
    copies = f"نهاية{opened}{closed}{opened}{closed} المقدمة"
    assert fragments([copies, f"{opened}كلمة{closed} هنا", f"بعدها {opened}كلمة{closed}{opened}{closed}"]) == (
        (("كلمة", True), (" هنا", False)),
        (("بعدها ", False), ("كلمة", True)),
    )
    assert fragments(["بداية بلا كلمة"]) == ((("بداية بلا كلمة", False),),)
