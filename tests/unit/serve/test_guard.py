import base64

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pipeline.serve import guard
from pipeline.serve.guard import Guard
from pipeline.serve.options import Options


def client(password: str | None = None) -> TestClient:
    inner = Starlette(routes=[Route("/", lambda _: PlainTextResponse("read"), methods=["GET", "POST", "DELETE"])])
    options = Options("127.0.0.1", 0, "desk", password, frozenset({"localhost", "[::1]"}), None)
    return TestClient(Guard(inner, options), base_url="http://localhost:8090")


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_AFTER_WRONG_PASSWORD", 0)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_let_through(method: str) -> None:
    answer = client().request(method, "/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:8090", "", "localhost@evil"])
def test_another_name_is_refused_so_that_dns_rebinding_is_in_vain(host: str) -> None:
    assert client().get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "[::1]", "[::1]:8090"])
def test_our_own_names_are_known_with_and_without_a_port(host: str) -> None:
    assert client().get("/", headers={"Host": host}).text == "read"


@pytest.mark.parametrize("path", ["/", "/none"])
def test_every_answer_carries_the_policy(path: str) -> None:
    headers = client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not any(word in policy for word in ("unsafe", "nonce", "*", "http:", "data:"))
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Cache-Control"] == "no-store"


def test_refusals_carry_the_policy_too() -> None:
    assert "Content-Security-Policy" in client("x").get("/").headers


def basic(given: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(given.encode()).decode()}"}


@pytest.mark.parametrize("given", ["", "desk:", "desk:wrong", "other:secret", "desk:secret2", "desk:secre", "secret"])
def test_a_wrong_password_is_refused(given: str) -> None:
    answer = client("secret").get("/", headers=basic(given))
    assert (answer.status_code, answer.headers["WWW-Authenticate"][:5]) == (401, "Basic")


@pytest.mark.parametrize("header", ["", "Basic", "Basic ???", "Bearer ZGVzazpzZWNyZXQ=", "Basic \xe9"])
def test_a_header_that_says_nothing_is_refused(header: str) -> None:
    answer = client("secret").get("/", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401


def test_the_right_password_is_let_in_whatever_its_letters() -> None:
    assert client("سرّ:1").get("/", headers=basic("desk:سرّ:1")).text == "read"


def test_a_long_address_is_refused() -> None:
    assert client().get("/", params={"q": "x" * guard.MAX_ADDRESS}).status_code == 414
