import httpx
import pytest

from pipeline.kibana.errors import KibanaAccessError, RefusedError, reason, refusal


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(400, json={"message": "two\n  lines"}), "two lines"),
        (httpx.Response(400, json=["odd"]), "['odd']"),
        (httpx.Response(502, text="<h1>Bad Gateway</h1>"), "<h1>Bad Gateway</h1>"),
        (httpx.Response(503), "Service Unavailable"),
        (httpx.Response(400, text="x" * 1000), "x" * 300),
    ],
)
def test_the_reason_is_one_short_line(answer: httpx.Response, words: str) -> None:
    assert reason(answer) == words


@pytest.mark.parametrize(
    ("status", "kind"), [(401, KibanaAccessError), (302, KibanaAccessError), (403, RefusedError), (409, RefusedError)]
)
def test_only_what_concerns_one_request_can_be_gone_on_from(status: int, kind: type[Exception]) -> None:
    answer = httpx.Response(status, headers={"location": "/login"})
    assert type(refusal(answer, "https://kibana", "desk")) is kind
