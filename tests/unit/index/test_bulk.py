import time

import pytest

from pipeline.index.bulk import ABSENT, Limits, Outcome, all_taken, load
from pipeline.index.client import ClusterError

NO_WAIT = Limits(first_wait=0.0, total_seconds=1e9)


def documents(*ids):
    return [{"id": id_, "body": "نص"} for id_ in ids]


class Clock:
    """Counts the seconds that the loader would have slept."""

    def __init__(self):
        self.waits = []

    def __call__(self, seconds):
        self.waits.append(seconds)


def test_every_document_is_loaded_once_in_order(cluster, client):
    outcomes = load(client, "articles", documents("a", "b", "c"))
    assert outcomes == [Outcome("a", "loaded"), Outcome("b", "loaded"), Outcome("c", "loaded")]
    assert cluster.ids() == [["a", "b", "c"]]


def test_no_documents_need_no_request(cluster, client):
    assert load(client, "articles", []) == []
    assert cluster.requests == []


def test_a_rejected_item_keeps_its_reason_and_spares_the_others(cluster, client):
    cluster.answer = lambda number, ids: (200, cluster.items(ids, b=(400, "document_parsing_exception", "bad date")))
    outcomes = load(client, "articles", documents("a", "b", "c"))
    assert [outcome.state for outcome in outcomes] == ["loaded", "rejected", "loaded"]
    assert outcomes[1] == Outcome("b", "rejected", "document_parsing_exception", "bad date")
    assert len(cluster.requests) == 1, "a rejected document is not sent again"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_only_the_busy_items_are_sent_again(cluster, client, status):
    def answer(number, ids):
        return (
            (200, cluster.items(ids, b=(status, "es_rejected_execution_exception", "queue full")))
            if number < 3
            else None
        )

    cluster.answer = answer
    outcomes = load(client, "articles", documents("a", "b", "c"), limits=NO_WAIT)
    assert [outcome.state for outcome in outcomes] == ["loaded"] * 3
    assert cluster.ids() == [["a", "b", "c"], ["b"], ["b"]]


@pytest.mark.parametrize("status", [0, 502, 503, 504])
def test_a_request_refused_as_a_whole_is_sent_again(cluster, client, status):
    cluster.answer = lambda number, ids: (status, {"error": {"type": "busy", "reason": "busy"}}) if number < 3 else None
    outcomes = load(client, "articles", documents("a", "b"), limits=NO_WAIT)
    assert [outcome.state for outcome in outcomes] == ["loaded", "loaded"]
    assert cluster.ids() == [["a", "b"]] * 3, "the client library must not add retries of its own"


def test_a_request_that_the_cluster_has_no_memory_for_is_sent_again_in_halves(cluster, client):
    busy = {"error": {"type": "es_rejected_execution_exception", "reason": "over the limit"}}
    cluster.answer = lambda number, ids: (429, busy) if len(ids) > 1 else None
    outcomes = load(client, "articles", documents("a", "b", "c"), limits=NO_WAIT)
    assert outcomes == [Outcome(id_, "loaded") for id_ in "abc"]
    assert cluster.ids() == [["a", "b", "c"], ["a"], ["b", "c"], ["b"], ["c"]]


def test_items_that_the_cluster_has_no_memory_for_together_are_sent_again_in_halves(cluster, client):
    full = (429, "es_rejected_execution_exception", "over the limit")
    cluster.answer = lambda number, ids: (200, cluster.items(ids, **dict.fromkeys(ids, full))) if len(ids) > 1 else None
    outcomes = load(client, "articles", documents("a", "b", "c"), limits=NO_WAIT)
    assert outcomes == [Outcome(id_, "loaded") for id_ in "abc"]
    assert cluster.ids() == [["a", "b", "c"], ["a"], ["b", "c"], ["b"], ["c"]]


def test_a_cluster_that_is_away_is_waited_for_once_and_not_for_each_request(cluster, client):
    cluster.answer = lambda number, ids: (503, {"error": {"type": "away", "reason": "no master"}})
    clock = Clock()
    outcomes = load(client, "articles", documents(*"abcde"), limits=Limits(1, total_seconds=20), sleep=clock)
    assert [outcome.state for outcome in outcomes] == ["failed"] * 5
    assert sum(clock.waits) < 50
    assert cluster.ids()[-4:] == [["b"], ["c"], ["d"], ["e"]], "one try for each of the rest"


def test_the_time_of_requests_counts_as_waiting(cluster, client):
    def answer(number, ids):
        time.sleep(0.1)
        return 503, {"error": {"type": "away", "reason": "no master"}}

    cluster.answer = answer
    load(client, "articles", documents("a"), limits=Limits(total_seconds=0.25, first_wait=0.0))
    assert 2 <= len(cluster.requests) <= 3


def test_waits_grow_with_jitter_and_end(cluster, client):
    cluster.answer = lambda number, ids: (429, {"error": {"type": "busy", "reason": "no memory left"}})
    clock = Clock()
    outcomes = load(client, "articles", documents("a"), limits=Limits(total_seconds=20, longest_wait=8), sleep=clock)
    assert outcomes == [Outcome("a", "failed", "busy", "no memory left")]
    assert 20 <= sum(clock.waits) <= 28
    for attempt, wait in enumerate(clock.waits):
        longest = min(8, 0.5 * 2**attempt)
        assert longest / 2 <= wait <= longest


def test_what_failed_does_not_stop_the_next_request(cluster, client):
    busy = {"error": {"type": "busy", "reason": "busy"}}
    cluster.answer = lambda number, ids: (429, busy) if ids == ["a"] else None
    outcomes = load(client, "articles", documents("a", "b"), limits=Limits(1, 0.0), sleep=Clock())
    assert [outcome.state for outcome in outcomes] == ["failed", "loaded"]


def test_too_large_a_request_is_halved_down_to_the_document_at_fault(cluster, client):
    cluster.answer = lambda number, ids: (413, {"error": "too large"}) if "c" in ids else None
    outcomes = load(client, "articles", documents("a", "b", "c", "d"))
    assert [outcome.state for outcome in outcomes] == ["loaded", "loaded", "rejected", "loaded"]
    assert outcomes[2].reason == "too_large"


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (401, "security_exception", "credentials"),
        (403, "security_exception", "API key may not"),
        (403, "cluster_block_exception", "blocks the operation"),
        (404, "index_not_found_exception", "index_not_found_exception"),
    ],
)
def test_a_refused_key_or_index_is_an_error_at_once(cluster, client, status, kind, said):
    cluster.answer = lambda number, ids: (status, {"error": {"type": kind, "reason": "why"}})
    with pytest.raises(ClusterError, match=said):
        load(client, "articles", documents("a"))
    assert len(cluster.requests) == 1


def test_an_item_refused_for_the_index_or_key_is_an_error_too(cluster, client):
    cluster.answer = lambda number, ids: (200, cluster.items(ids, a=(403, "cluster_block_exception", "read-only")))
    with pytest.raises(ClusterError, match="read-only"):
        load(client, "articles", documents("a", "b"))


def test_names_that_are_not_utf8_do_not_lose_the_document(cluster, client):
    outcomes = load(client, "articles", [{"id": "a", "path": "caf\udce9.txt"}])
    assert outcomes == [Outcome("a", "loaded")]
    assert cluster.requests[0][1]["path"] == "caf?.txt"


def test_ids_may_come_from_elsewhere(cluster, client):
    load(client, "ingest-files", [{"uri": "x/1"}], id_of=lambda document: "id of " + document["uri"])
    assert cluster.ids() == [["id of x/1"]]


def test_requests_stay_below_the_limit_and_documents_are_not_held(cluster, client):
    load(client, "articles", ({"id": str(n), "body": "x" * 1000} for n in range(50)), limits=Limits(10_000))
    assert max(cluster.sizes) <= 10_000
    assert sum(len(ids) for ids in cluster.ids()) == 50
    assert len(cluster.requests) == 6


def test_what_was_not_taken_is_an_error_that_names_the_first():
    outcomes = [Outcome("a", "loaded"), Outcome("b", "rejected", "strange", "no such field"), Outcome("c", "failed")]
    with pytest.raises(ClusterError, match=r"did not take 2 links \(strange: no such field\)"):
        all_taken(outcomes, "links")


def test_what_is_not_there_may_pass_where_that_is_no_fault():
    gone = [Outcome("a", "loaded"), Outcome("b", "rejected", ABSENT, "missing")]
    all_taken(gone, "links", absent=True)
    with pytest.raises(ClusterError, match="did not take 1 links"):
        all_taken(gone, "links")
