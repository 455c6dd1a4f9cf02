"""What staff and ops do with the search page, in a real browser, at phone and desktop width."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.settings import PROJECT_ROOT
from pipeline.sources.raw import article_id

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

Open = Callable[..., Any]
SEEDS = [article_id(f"seeds/{file.name}") for file in sorted((PROJECT_ROOT / "seeds").glob("*.txt"))]
WIDTHS = pytest.mark.parametrize("width", ["phone", "desktop"])


def fits(page: Any) -> bool:
    """Whether nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@WIDTHS
def test_a_search_typed_in_arabic_finds_marks_and_opens(open_page: Open, width: str) -> None:
    page = open_page("/", width=width)
    page.locator("#q").fill("الولايات المتحدة إجراءات")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert any("الولاياتُ" in mark for mark in page.locator("mark").all_inner_texts())
    assert fits(page)
    page.locator(".story h2 a").first.click()
    page.wait_for_url("**/article/**")
    assert page.locator(".body .name").count() > 10
    assert fits(page)
    page.locator("[data-escape]").click()
    page.wait_for_url("**/?q=*")


@WIDTHS
def test_english_is_one_click_away_and_keeps_the_search(open_page: Open, width: str) -> None:
    page = open_page("/?q=سوريا", width=width)
    page.locator(".tongue").click()
    page.wait_for_url("**/en/?q=*")
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.locator("#q").input_value() == "سوريا"
    assert fits(page)


@WIDTHS
def test_a_facet_narrows_and_its_chip_takes_it_back(open_page: Open, width: str) -> None:
    page = open_page("/?q=سوريا", width=width)
    before = page.locator(".story").count()
    if width == "phone":
        assert not page.locator(".filters").is_visible()
        page.locator(".to-filters").click()
    page.locator(".facet a", has_text="عنب بلدي").click()
    page.wait_for_url("**outlet=*")
    assert 0 < page.locator(".story").count() < before
    page.locator(".chips a").first.click()
    page.wait_for_url(lambda address: "outlet" not in address)
    assert page.locator(".story").count() == before


def test_the_histogram_is_brushed_with_the_mouse(open_page: Open) -> None:
    page = open_page("/")
    room = page.locator(".histogram").bounding_box()
    page.mouse.move(room["x"] + 2, room["y"] + 20)
    page.mouse.down()
    page.mouse.move(room["x"] + room["width"] / 2, room["y"] + 20, steps=5)
    assert page.locator(".histogram .brushed").count() > 1
    page.mouse.up()
    page.wait_for_url("**since=*until=*")
    assert page.locator(".chips a").count() >= 1


def test_the_dates_can_be_typed_instead(open_page: Open) -> None:
    page = open_page("/")
    page.locator("[name=since]").fill("2018-10")
    page.locator("[name=until]").fill("2018-10")
    page.locator("[name=until]").press("Enter")
    page.wait_for_url("**since=2018-10&until=2018-10")
    assert page.locator(".story").count() == 1


@WIDTHS
def test_names_are_suggested_by_an_alias_and_chosen_with_the_keyboard(open_page: Open, width: str) -> None:
    page = open_page("/", width=width)
    page.locator("#q").press_sequentially("داعش", delay=30)
    option = page.get_by_role("option", name="تنظيم الدولة الإسلامية").first
    option.wait_for()
    page.locator("#q").press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    page.locator("#q").press("Escape")
    assert page.locator("#suggestions").is_hidden()
    page.locator("#q").press_sequentially(" ")
    page.locator("#q").press("Backspace")
    option.wait_for()
    page.locator("#q").press("ArrowDown")
    page.locator("#q").press("Enter")
    page.wait_for_url("**organization=*")
    assert "تنظيم الدولة الإسلامية" in page.locator(".chips").inner_text()


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page("/?q=سوريا")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    links = page.locator(".story h2 a")
    assert page.evaluate("document.activeElement.href") == links.nth(1).evaluate("link => link.href")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    page.keyboard.press("Escape")
    page.wait_for_url("**/?q=*")


@WIDTHS
@pytest.mark.parametrize("seed", SEEDS, ids=["0", "1", "2", "3", "4"])
def test_what_was_removed_is_shown_in_the_raw_file(open_page: Open, width: str, seed: str) -> None:
    page = open_page(f"/article/{seed}", width=width)
    page.locator(".toggle a").click()
    page.wait_for_url("**removed=1*")
    assert page.locator(".removed .raw").is_visible()
    told = [int(number) for number in re.findall(r"\d+", page.locator(".toggle .quiet").inner_text())]
    assert page.locator(".raw del:not(.mended)").count() == told[0]
    assert fits(page)


def test_places_are_on_a_map_that_needs_nobody_else(open_page: Open) -> None:
    page = open_page(f"/article/{SEEDS[0]}")
    assert page.locator(".map .dot").count() > 3
    drawn = page.locator(".map .land").evaluate("land => land.getBBox().width")
    assert drawn > 1000


@WIDTHS
def test_ops_see_runs_plots_and_quarantine(open_page: Open, width: str) -> None:
    page = open_page("/runs", width=width)
    assert page.locator(".plot rect.bar").count() >= 4
    assert "binary.txt" in page.locator(".reason").first.inner_text()
    assert fits(page)
    page.locator("table a").first.click()
    page.wait_for_url("**/run?id=*")
    assert fits(page)


@pytest.mark.parametrize(
    "path", ["/?q=hostile", "/article/hostile?removed=1", "/en/article/hostile?q=<script>", "/runs"]
)
def test_script_in_an_article_never_runs(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert "<script>" in page.locator("main").inner_text()
    assert page.locator("main script, main img").count() == 0


def test_without_scripts_searching_filtering_and_reading_work(open_page: Open) -> None:
    page = open_page("/", scripts=False)
    page.locator("#q").fill("سوريا")
    page.locator(".box button").click()
    page.wait_for_url("**/?q=*")
    page.locator(".facet a", has_text="عنب بلدي").click()
    page.wait_for_url("**outlet=*")
    page.locator(".story h2 a").first.click()
    page.wait_for_url("**/article/**")
    page.locator(".toggle a").click()
    assert page.locator(".removed").is_visible()


def test_a_slow_answer_is_told(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")  # an answer that never comes
    page.locator("#q").fill("سوريا")
    page.locator("#q").press("Enter")
    page.locator(".slow").wait_for(state="visible")
    assert page.locator(".slow").inner_text() == "ما زال البحث جاريًا…"
