from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.cleaner import clean_text
from pipeline.enrich.enrich import enrich, enrich_all

SEEDS = Path(__file__).parents[3] / "seeds"
ARTICLES = [clean_text(file.read_text(encoding="utf-8")) for file in sorted(SEEDS.glob("*.txt"))]
OTHERS = [
    clean_text(text)
    for text in (
        "The minister said on Monday that the new hospital in Tunis would open next week, after two years of work.",
        "قال رئيس الوزراء إن وزارة الصحة ستفتح المستشفى في صفاقس.\nThe hospital cost ten million dollars in all.",
        "۱۲ نفر در تهران زخمی شدند و پلیس راه را بست، اما دلیل آن هنوز روشن نیست.",
    )
] + [replace(ARTICLES[0], title=title, body=body) for title, body in ((None, "12 : 30"), ("دمشق", ""), (None, ""))]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(range(len(ARTICLES + OTHERS))), max_size=8))
def test_articles_together_say_what_each_says_alone(chosen: list[int]) -> None:
    articles = [(ARTICLES + OTHERS)[place] for place in chosen]
    assert enrich_all(articles) == [enrich(article) for article in articles]
