"""Staff's flows against a real index."""

import re

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.server


def titles(html: str) -> list[str]:
    found = re.findall(r'<h2><a href="[^"]*" dir="auto">(.*?)</a></h2>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", title).split()) for title in found]


def test_without_words_all_stories_are_there_and_a_copy_is_folded_into_its_first(page: TestClient) -> None:
    html = page.get("/").text
    assert "7 مقالات" in html
    assert len(titles(html)) == 6
    assert html.count("ورد أيضًا في") == 1


def test_the_best_query_finds_every_spelling_and_marks_it_with_its_vowels(page: TestClient) -> None:
    html = page.get("/", params={"q": "إجراءات حازمة"}).text
    assert "<mark>إجراءاتٍ</mark>" in html
    assert "<mark>حازمةٍ</mark>" in html


def test_a_facet_narrows_and_keeps_the_words(page: TestClient) -> None:
    everything = page.get("/", params={"q": "سوريا"}).text
    narrowed = page.get("/", params={"q": "سوريا", "outlet": "عنب بلدي"}).text
    assert len(titles(everything)) > len(titles(narrowed)) == 1
    assert 'aria-label="أزل المرشّح عنب بلدي"' in narrowed


def test_dates_narrow_by_whole_months(page: TestClient) -> None:
    html = page.get("/", params={"since": "2018-10", "until": "2018-10"}).text
    assert titles(html) == ["لهذا صعدت القوات الأمريكية في دير الزور.. هل تتواصل واشنطن مع داعش بعد اختطاف جنودها؟"]


def test_english_pages_say_the_same_in_english(page: TestClient) -> None:
    html = page.get("/en/", params={"q": "دير الزور"}).text
    assert '<html lang="en" dir="ltr">' in html
    assert "October 2018" in html
    assert 'href="/?q=%D8%AF' in html  # the way to the same page in Arabic


def test_nothing_found_says_what_to_do(page: TestClient) -> None:
    html = page.get("/en/", params={"q": '"لا يوجد هذا"', "place": "دمشق"}).text
    assert "Nothing found" in html
    assert "search without filters" in html


def test_hostile_articles_are_text_wherever_they_are_shown(page: TestClient) -> None:
    listed = page.get("/", params={"q": "hostile <script>"}).text
    shown = page.get("/article/hostile", params={"removed": "1"}).text
    in_english = page.get("/en/article/hostile", params={"removed": "1", "q": '"><script>'}).text
    runs = page.get("/runs").text + page.get("/run", params={"id": "manual__<script>alert(4)</script>"}).text
    for html in (listed, shown, in_english, runs):
        scripts = re.findall(r"<script[^>]*>", html)
        assert scripts
        assert all(re.fullmatch(r'<script type="module" src="/static/page.js\?[\w.]+">', tag) for tag in scripts)
        tags = re.findall(r"<[a-z](?:[^<>\"]|\"[^\"]*\")*>", html)
        bare = {re.sub(r'"[^"]*"', "", tag) for tag in tags}
        assert not [tag for tag in bare if re.search(r"<img|\s(?:on\w+|style)=", tag)]
        assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data):', html)
        assert "&lt;script&gt;" in html
    assert shown.count("&lt;script&gt;alert(0)") > 15, "title, body, captions, names, provenance, cuts and repairs"
    assert "{{ 7*7 }}" in shown


@pytest.mark.parametrize(
    "typed", ["title:[", "*:*", '{"match_all": {}}', "_exists_:id", "(", "a AND", '"', "-", "\\", "/.*/"]
)
def test_signs_of_a_query_language_are_but_text(page: TestClient, typed: str) -> None:
    assert page.get("/", params={"q": typed}).status_code == 200


def test_advanced_syntax_works_when_asked_for_and_a_fault_is_told_in_a_sentence(page: TestClient) -> None:
    assert len(titles(page.get("/", params={"q": "language:ar AND outlet:none", "adv": "1"}).text)) == 0
    assert len(titles(page.get("/", params={"q": 'outlet:"عنب بلدي"', "adv": "1"}).text)) == 1
    refused = page.get("/en/", params={"q": "title:(", "adv": "1"})
    assert refused.status_code == 400
    assert "advanced syntax can&#39;t be read" in refused.text
    assert page.get("/en/", params={"q": "*x", "adv": "1"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/?page=0", "/?page=99", "/?since=yesterday", f"/?q={'x' * 301}", "/article/x?part=-1"]
)
def test_what_can_not_be_answered_is_refused_in_a_sentence(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "address", ["/article/none", "/en/article/none", "/none", "/run?id=none", "/static/../settings.py"]
)
def test_what_is_not_there_is_a_page_that_says_so(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 404
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["//evil.example", "//evil.example/en/", "/en//evil.example", "/\\evil.example"])
def test_no_address_leads_elsewhere(page: TestClient, address: str) -> None:
    answer = page.get(f"http://127.0.0.1:8090{address}", follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert 'href="//' not in answer.text


@pytest.mark.parametrize("typed", ["داع", "الدولة الاسل", "دَاعش"])
def test_names_are_suggested_by_any_spelling_with_the_name_that_the_index_has(page: TestClient, typed: str) -> None:
    found = page.get("/suggest", params={"q": typed}).json()
    assert ("organization", "تنظيم الدولة الإسلامية") in {(one["facet"], one["name"]) for one in found}
    assert all(one["count"] > 0 for one in found)


def test_a_single_letter_suggests_nothing(page: TestClient) -> None:
    assert page.get("/suggest", params={"q": "د"}).json() == []


def test_head_has_no_body(page: TestClient) -> None:
    assert page.head("/").content == b""
    assert page.head("/").status_code == 200


def test_pages_are_small(page: TestClient) -> None:
    for address in ("/", "/?q=سوريا", "/en/", "/runs"):
        assert len(page.get(address).content) < 150_000
