"""The pages for ops: the last runs, one run, and quarantine."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.ledger.entry import STATES
from pipeline.serve import charts, runs
from pipeline.serve.origin import beginning
from pipeline.serve.page import respond
from pipeline.serve.site import Site

router = APIRouter()


@router.api_route("/runs", methods=["GET", "HEAD"])
def last_runs(request: Request) -> Response:
    """The last runs with their plots, and what is in quarantine."""
    site = Site.of(request)
    found = runs.last_runs(site.access.ledger, site.access.names)
    in_time = found[::-1]
    plots = {
        "states": charts.states(in_time),
        "durations": charts.durations(in_time),
        "throughputs": charts.throughputs(in_time),
    }
    return respond(
        request, "runs.html", runs=found, in_time=in_time, plots=plots, states=STATES, rate=charts.throughput,
        reasons=runs.quarantine(site.access.ledger, site.access.names), start=_Starts(site),
        airflow=lambda one: runs.airflow_link(site.airflow_url, one),
    )  # fmt: skip


@router.api_route("/run", methods=["GET", "HEAD"])
def one_run(request: Request, id: str = "") -> Response:
    """One run."""
    site = Site.of(request)
    found = runs.run(site.access.ledger, site.access.names, id[:500])
    if found is None:
        return respond(request, "nothing.html", 404, nothing="no_run")
    return respond(
        request, "run.html", run=found, states=STATES, rate=charts.throughput(found), start=_Starts(site),
        reasons=runs.quarantine(site.access.ledger, site.access.names, found["run_id"]),
        airflow=runs.airflow_link(site.airflow_url, found),
    )  # fmt: skip


class _Starts:
    """Gives the beginning of a raw file; where a source lies is asked once a page."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._roots: dict[str, list[str]] = {}

    def __call__(self, entry: runs.Run) -> str | None:
        source = entry["source"]
        if source not in self._roots:
            access = self._site.access
            self._roots[source] = self._site.roots(source, runs.roots_of(access.ledger, access.names, source))
        return beginning(source, entry["path"], self._roots[source])
