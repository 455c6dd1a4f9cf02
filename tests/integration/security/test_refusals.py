"""Whatever is wrong with address, certificate or key: one clear sentence, exit code 2, and no second try."""

import base64
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.cli import main
from pipeline.embedded.elasticsearch.certificates import make_certificates
from pipeline.errors import NeedsPersonError
from pipeline.index.bulk import load
from pipeline.index.client import AccessError, ClusterError, connect
from pipeline.settings import settings as settings_of_process

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def admin(secure: Any) -> Iterator[Elasticsearch]:
    with secure.admin as client:
        yield client


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], secure: Any) -> Iterator[Any]:
    """Run a command against the secure server with some settings changed; return what it said."""

    def tell(*command: str, **changed: object) -> str:
        config = {
            "ES_URL": secure.url,
            "ES_CA": secure.settings.es_ca,
            "ES_API_KEY_FILE": secure.settings.es_api_key_file,
            "HOME": secure.settings.home,
            **changed,
        }
        for name, value in config.items():
            monkeypatch.setenv(f"FIHRIST_{name}", "" if value is None else str(value))
        settings_of_process.cache_clear()
        monkeypatch.setattr(sys, "argv", ["fihrist", *(command or ("index", "status"))])
        with pytest.raises(SystemExit) as ended:
            main()
        output = capsys.readouterr()
        assert ended.value.code == 2, output.err
        assert output.out == ""
        sentence = output.err.removeprefix("fihrist: ").rstrip("\n")
        assert "\n" not in sentence, "one sentence"
        assert sentence.endswith((".", "?"))
        return sentence

    yield tell
    settings_of_process.cache_clear()


def test_no_key(told: Any, secure: Any) -> None:
    assert told(ES_API_KEY_FILE=None) == (
        f"{secure.url} refused the credentials: it wants credentials: "
        "set FIHRIST_ES_API_KEY or FIHRIST_ES_API_KEY_FILE."
    )


def test_a_key_with_another_secret(told: Any, secure: Any) -> None:
    id_ = base64.b64decode(secure.key("staff")).split(b":")[0]
    wrong = base64.b64encode(id_ + b":another-secret-of-no-use").decode()
    sentence = told(ES_API_KEY=wrong)
    assert "the API key is wrong" in sentence
    assert wrong not in sentence


def test_a_key_of_another_cluster(told: Any) -> None:
    strange = base64.b64encode(b"idofanothercluster00:another-secret-of-no-use").decode()
    assert "the cluster knows no such API key" in told(ES_API_KEY=strange)


@pytest.mark.parametrize("garbage", ["typed wrongly", "سر", "bm8tY29sb24=", "YTpi\nYzpk"])
def test_what_can_be_no_key_is_not_even_sent(told: Any, garbage: str) -> None:
    sentence = told(ES_API_KEY=garbage)
    assert sentence.startswith("FIHRIST_ES_API_KEY has to be what Elasticsearch calls 'encoded'")
    assert garbage not in sentence


def test_an_expired_key(told: Any, admin: Elasticsearch) -> None:
    key = admin.security.create_api_key(name="short", expiration="1s")["encoded"]
    time.sleep(1.5)
    assert "the API key has expired: make a new one" in told(ES_API_KEY=key)


def test_a_withdrawn_key(told: Any, admin: Elasticsearch) -> None:
    key = admin.security.create_api_key(name="withdrawn")
    admin.security.invalidate_api_key(ids=[key["id"]])
    assert "the API key was withdrawn" in told(ES_API_KEY=key["encoded"])


def test_a_wrong_password(told: Any) -> None:
    assert "user name or password is wrong" in told("security", "setup", ES_PASSWORD="not-the-password")


def test_keys_are_made_with_a_password_only(told: Any) -> None:
    assert "set FIHRIST_ES_PASSWORD_FILE" in told("security", "setup")


def test_a_key_of_too_little_a_role(told: Any, secure: Any) -> None:
    assert "The API key may not do this" in told("files", ES_API_KEY=secure.key("staff"))
    sentence = told("index", "status", ES_API_KEY=secure.key("staff"))
    assert "is unauthorized for API key id" in sentence, "what was refused is named"


def test_an_authority_that_did_not_sign(told: Any, secure: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.crt"
    other.write_bytes(make_certificates().authority)
    expected = (
        f"The certificate of {secure.url} is not trusted: "
        "FIHRIST_ES_CA has to be the authority (a PEM file) that signed it."
    )
    assert told(ES_CA=other) == expected
    assert told(ES_CA=None) == expected, "no authority is no reason to trust"


def test_an_authority_that_is_none(told: Any, tmp_path: Path) -> None:
    (tmp_path / "ca.crt").write_text("not a certificate")
    assert (
        told(ES_CA=tmp_path / "ca.crt") == f"FIHRIST_ES_CA names {tmp_path}/ca.crt, which holds no certificate in PEM."
    )
    assert told(ES_CA=tmp_path / "none.crt") == f"FIHRIST_ES_CA names {tmp_path}/none.crt, which is not a file."


def test_a_server_of_another_name(told: Any, secure: Any) -> None:
    url = secure.url.replace("127.0.0.1", "127.1")  # the same address, written in a way that no certificate has it
    assert told(ES_URL=url).startswith(f"The certificate of {url} is for another host: use a name or address that")


def test_http_where_https_is_spoken(told: Any, secure: Any) -> None:
    url = secure.url.replace("https:", "http:")
    assert told(ES_URL=url) == f"{url} wants TLS: FIHRIST_ES_URL has to begin with https://."


def test_a_key_goes_over_no_network_unencrypted(told: Any) -> None:
    assert "would get the key unencrypted" in told(ES_URL="http://elasticsearch.example.org:9200")


def test_a_key_file_that_is_not_there_or_empty(told: Any, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.key"
    assert told(ES_API_KEY_FILE=file) == (
        f"FIHRIST_ES_API_KEY_FILE names {file}, which can't be read: No such file or directory."
    )
    file.write_text("\n")
    assert told(ES_API_KEY_FILE=file) == f"FIHRIST_ES_API_KEY_FILE names {file}, which is empty."


def test_a_key_that_is_withdrawn_in_the_middle_ends_a_task_at_once(secure: Any, admin: Elasticsearch) -> None:
    role = {"r": {"indices": [{"names": ["articles"], "privileges": ["write"]}]}}
    key = admin.security.create_api_key(name="middle", role_descriptors=role)
    client = admin.options(api_key=key["encoded"])
    document = {"id": "one", "@timestamp": "2018-01-01", "body": "", "language": "ar", "source": {"uri": "x"}}
    assert load(client, "articles", [document])[0].state == "loaded"
    admin.security.invalidate_api_key(ids=[key["id"]])
    with pytest.raises(NeedsPersonError, match="the API key was withdrawn"):
        load(client, "articles", [document], sleep=lambda _: pytest.fail("it waited for another try"))
    admin.delete(index="articles", id="one")


def test_a_server_that_is_away_may_come_back_and_is_worth_another_try(secure: Any) -> None:
    with pytest.raises(ClusterError, match="Nothing answers") as caught:
        connect(secure.settings.model_copy(update={"es_url": "https://127.0.0.1:9"}))
    assert not isinstance(caught.value, AccessError)
