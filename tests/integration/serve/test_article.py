"""An article's page, from the document and the raw file that it was made of."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.settings import PROJECT_ROOT
from pipeline.sources.raw import article_id

pytestmark = pytest.mark.server
SEEDS = sorted((PROJECT_ROOT / "seeds").glob("*.txt"))


@pytest.fixture
def read(page: TestClient) -> Callable[..., str]:
    def get(seed: Path, prefix: str = "", **params: str) -> str:
        answer = page.get(f"{prefix}/article/{article_id(f'seeds/{seed.name}')}", params=params)
        assert answer.status_code == 200
        return answer.text

    return get


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
def test_each_sample_shows_its_text_its_names_and_every_cut(read: Callable[..., str], seed: Path) -> None:
    html = read(seed, removed="1")
    assert html.count('class="name ') > 10
    assert 'id="removed"' in html
    raw = re.search(r'<div class="raw".*?>(.*?)</div>', html, re.DOTALL)
    assert raw, "the raw file is there and unchanged, so it is shown"
    kept_or_cut = re.sub(
        r'<(span|ins)[^>]*class="(?:label|why)[^>]*>.*?</\1>|<ins.*?</ins>', "", raw[1], flags=re.DOTALL
    )
    words = re.findall(r"[^\W\d_]{3,}", seed.read_text(encoding="utf-8"))
    shown = plain(kept_or_cut)
    assert [word for word in words if word not in shown] == []


def test_vowel_marks_stay(read: Callable[..., str]) -> None:
    assert "الولاياتُ المتحدة</a>" in read(SEEDS[0])


def test_a_cut_carries_its_kind_and_its_reason(read: Callable[..., str]) -> None:
    html = read(SEEDS[4], prefix="/en", removed="1")
    assert '<span class="label" lang="en">donation</span>' in html
    assert "phrase: دولار واحد شهريا" in html


def test_a_repair_stands_where_it_was_made(read: Callable[..., str]) -> None:
    html = read(SEEDS[1], removed="1")
    assert '<del class="mended">الأممالمتحدة</del><ins title="glued-words">الأمم المتحدة</ins>' in html


def test_the_caption_the_map_and_the_provenance_are_shown(read: Callable[..., str]) -> None:
    html = read(SEEDS[4])
    assert "تمركز القوات الأمريكية في قرية الغنامة" in html
    assert 'href="/static/world.svg#land"' in html
    assert f"seeds/{SEEDS[4].name}" in html


def test_a_name_leads_to_all_articles_about_it(page: TestClient, read: Callable[..., str]) -> None:
    link = re.search(r'<a class="name place" href="([^"]+)" title="أماكن: درعا">', read(SEEDS[0]))
    assert link
    assert f"/article/{article_id(f'seeds/{SEEDS[0].name}')}" in page.get(link[1]).text


def test_the_way_back_leads_to_the_same_search(read: Callable[..., str]) -> None:
    assert 'href="/?q=%D8%AF%D8%B1%D8%B9%D8%A7&amp;sort=newest"' in read(SEEDS[0], q="درعا", sort="newest")


def test_long_articles_come_in_parts_below_the_limit(page: TestClient, indexed, client) -> None:  # type: ignore[no-untyped-def]
    index = f"{indexed.index_prefix}articles"
    seed = client.get(index=index, id=article_id(f"seeds/{SEEDS[0].name}"))["_source"]
    long = {
        **seed,
        "id": "long",
        "body": "\n".join(f"{number} " + "كلمة " * 200 for number in range(500)),
        "mentions": [],
    }
    client.index(index=index, id="long", document=long, refresh=True)
    try:
        first, last = page.get("/article/long"), page.get("/article/long?part=9999")
        assert len(first.content) < 150_000
        assert 'rel="next"' in first.text
        assert "499 كلمة" in last.text
        assert 'rel="next"' not in last.text
    finally:
        client.delete(index=index, id="long", refresh=True)
