import pytest
from pydantic import SecretStr

from pipeline.index.client import AccessError, ClusterError, connect, error_of
from pipeline.settings import Settings


def test_no_address_says_how_to_get_one():
    with pytest.raises(ClusterError, match="FIHRIST_ES_URL"):
        connect(Settings(es_url=None))


def test_an_address_without_a_port_is_explained():
    with pytest.raises(ClusterError, match="not an address like"):
        connect(Settings(es_url="localhost"))


def test_a_password_in_the_address_is_refused_and_not_shown():
    with pytest.raises(AccessError, match="FIHRIST_ES_URL holds a password") as caught:
        connect(Settings(es_url="https://elastic:changeme@es.example.org:9200"))
    assert "changeme" not in str(caught.value)


def test_a_key_goes_over_no_network_unencrypted():
    with pytest.raises(AccessError, match="would get the key unencrypted"):
        connect(Settings(es_url="http://es.example.org:9200", es_api_key=SecretStr("aWQ6c2VjcmV0")))


@pytest.mark.parametrize("garbage", ["typed wrongly", "سر", "bm8tY29sb24=", "YTpi\nYzpk"])
def test_what_can_be_no_key_is_neither_sent_nor_shown(cluster, garbage):
    with pytest.raises(AccessError, match="FIHRIST_ES_API_KEY has to be") as caught:
        connect(Settings(es_url=cluster.url, es_api_key=SecretStr(garbage)))
    assert garbage not in str(caught.value)


def test_a_cluster_that_still_opens_its_index_of_keys_is_waited_for(cluster, monkeypatch):
    starting = {"error": {"type": "authentication_processing_error", "reason": "shard is unavailable"}}
    cluster.health = (503, starting)

    def becomes_ready(_: float) -> None:
        cluster.health = (200, {"status": "green"})

    monkeypatch.setattr("pipeline.index.client.time.sleep", becomes_ready)
    connect(Settings(es_url=cluster.url)).close()


def test_nothing_listening_is_one_sentence():
    with pytest.raises(ClusterError, match=r"Nothing answers at http://127\.0\.0\.1:9"):
        connect(Settings(es_url="http://127.0.0.1:9"))


def test_a_refused_key_is_named_and_never_shown(cluster):
    cluster.health = (401, {"error": {"type": "security_exception", "reason": "unable to authenticate"}})
    with pytest.raises(ClusterError, match="FIHRIST_ES_API_KEY") as caught:
        connect(Settings(es_url=cluster.url, es_api_key=SecretStr("aWQ6c2VjcmV0")))
    assert "aWQ6c2VjcmV0" not in str(caught.value)


def test_a_key_without_cluster_privileges_is_let_in(cluster):
    cluster.health = (403, {"error": {"type": "security_exception", "reason": "monitor"}})
    connect(Settings(es_url=cluster.url)).close()


def test_a_missing_certificate_file_is_named(tmp_path):
    with pytest.raises(ClusterError, match="is not a file"):
        connect(Settings(es_url="https://127.0.0.1:9", es_ca=tmp_path / "ca.pem"))


def test_a_plain_server_where_tls_is_expected_is_explained(cluster):
    with pytest.raises(ClusterError, match=r"answers without TLS.*http://"):
        connect(Settings(es_url=cluster.url.replace("http:", "https:")))


def test_the_innermost_cause_is_told():
    body = {"error": {"type": "outer", "reason": "failed", "caused_by": {"type": "inner", "reason": "bad date"}}}
    assert error_of(body) == ("outer", "failed (bad date)")


def test_a_failed_search_tells_the_root_cause():
    body = {
        "error": {
            "type": "search_phase_execution_exception",
            "reason": "all shards failed",
            "root_cause": [{"type": "parse_exception", "reason": "failed to parse date field [x]"}],
        }
    }
    assert error_of(body) == ("parse_exception", "failed to parse date field [x]")


def test_an_answer_may_hold_half_a_character(cluster):
    """Half of a pair of surrogates, which JSON can escape and orjson refuses."""
    cluster.health = (200, {"status": "\ud83d", "cluster_name": "فهرس"})
    with connect(Settings(es_url=cluster.url)) as client:
        assert client.cluster.health().body == {"status": "\ud83d", "cluster_name": "فهرس"}
