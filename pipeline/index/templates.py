"""Render the files of ``mappings/`` and install them, unless the cluster's live mappings have drifted from them.

The files are what Elasticsearch takes as it is. Rendering does two things only: names get the installation's prefix,
and a ``…_path`` that points below ``mappings/`` becomes the list of that file's lines, since files in the server's own
configuration folder can't be assumed.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from pipeline.errors import FihristError
from pipeline.index.client import clear_errors
from pipeline.index.drift import differences, extend, refuse_drift
from pipeline.index.names import IndexNames
from pipeline.index.sizing import Sizing
from pipeline.settings import PROJECT_ROOT

MAPPINGS = PROJECT_ROOT / "mappings"
_ANALYSIS = "fihrist-analysis"
TEMPLATES = ("articles", "ingest-files", "ingest-runs")


def render_template(name: str = "articles", sizing: Sizing | None = None) -> dict[str, Any]:
    """Return the whole body, ``settings`` and ``mappings``, that an index of this template gets.

    ``mappings._meta.analysis`` is a fingerprint of the analysis settings, so that an index says what it was made with.
    """
    template = _read(MAPPINGS / "templates" / f"{name}.json")
    body: dict[str, Any] = {"settings": {}, "mappings": {}}
    for component in template.get("composed_of", ()):
        _merge(body, _read(MAPPINGS / "components" / f"{component}.json")["template"])
    _merge(body, template["template"])
    if analysis := body["settings"].get("analysis"):
        text = json.dumps(analysis, sort_keys=True, ensure_ascii=False)
        body["mappings"]["_meta"] = {"analysis": hashlib.sha256(text.encode()).hexdigest()[:16]}
    if sizing:
        _merge(body, {"settings": {"index": {**sizing.fixed(name), **sizing.dynamic(name)}}})
    return body


def install(
    client: Elasticsearch, names: IndexNames, sizing: Sizing | None = None, *, rebuilding: bool = False
) -> None:
    """Put the component and index templates into the cluster; doing it again changes nothing.

    Live indices get the dynamic settings, and the ledger's get fields that are new in this version.

    Args:
        client: a connected client.
        names: the installation's names.
        sizing: shards, replicas and refresh.
        rebuilding: whether the articles' index is about to be made anew, so that its drift does not matter.

    Raises:
        DriftError: a live index differs from its template; nothing was installed.
        ClusterError: the cluster can't be reached or refuses.
    """
    sizing = sizing or Sizing()
    with clear_errors():
        for template in TEMPLATES:
            if not (rebuilding and template == "articles"):
                check_drift(client, names, template)
        component = _read(MAPPINGS / "components" / f"{_ANALYSIS}.json")
        # The index template of an earlier version may use analyzers that are no more: they stay until it is replaced.
        _put_analysis(client, names, component, _installed_analysis(client, names))
        for template in TEMPLATES:
            source = _read(MAPPINGS / "templates" / f"{template}.json")
            own = source["template"]
            own["mappings"] = render_template(template)["mappings"]
            _merge(own, {"settings": {"index": {**sizing.fixed(template), **sizing.dynamic(template)}}})
            client.indices.put_index_template(
                name=f"{names.prefix}fihrist-{template}",
                index_patterns=[names.prefix + pattern for pattern in source["index_patterns"]],
                composed_of=[names.prefix + component for component in source.get("composed_of", ())],
                priority=source["priority"],
                meta=source["_meta"],
                template=own,
            )
            sizing.apply(client, names.prefix + template, template)
        _put_analysis(client, names, component, {})


Definitions = dict[str, dict[str, Any]]
"""Analyzers, filters … by kind and name."""


def _installed_analysis(client: Elasticsearch, names: IndexNames) -> Definitions:
    try:
        (found,) = client.cluster.get_component_template(name=names.prefix + _ANALYSIS)["component_templates"]
    except NotFoundError:
        return {}
    settings = found["component_template"]["template"].get("settings", {})
    analysis: Definitions = settings.get("index", settings).get("analysis", {})
    return analysis


def _put_analysis(client: Elasticsearch, names: IndexNames, component: Mapping[str, Any], earlier: Definitions) -> None:
    """Put the component with our analysis, and what an earlier version defined besides."""
    ours: Definitions = component["template"]["settings"]["analysis"]
    together = {kind: {**earlier.get(kind, {}), **ours.get(kind, {})} for kind in {*earlier, *ours}}
    client.cluster.put_component_template(
        name=names.prefix + _ANALYSIS, template={"settings": {"analysis": together}}, meta=component["_meta"]
    )


def check_drift(client: Elasticsearch, names: IndexNames, template: str) -> None:
    """Compare the live index of a template with what it should be; give the ledger's the fields that it lacks.

    Raises:
        DriftError: they differ; the message says in which fields and what to do.
    """
    expected = render_template(template)["mappings"]
    target = names.prefix + template
    for index, live in client.indices.get_mapping(index=target, ignore_unavailable=True, allow_no_indices=True).items():
        differing = differences(live["mappings"], expected)
        if template == "articles":
            cure = "Make a new index from the raw files with `fihrist index rebuild`"
        elif differing and extend(client, index, live["mappings"], expected):
            continue
        else:
            cure = f"Delete {index}: the next run makes and fills it anew"
        refuse_drift(index, differing, f"{cure}, or go back to the version of Fihrist that made it.")


def analysis_is_current(client: Elasticsearch, names: IndexNames) -> bool:
    """Say whether the live articles were analysed as ``mappings/`` says now; if not, a rebuild brings it in."""
    expected = render_template()["mappings"]["_meta"]["analysis"]
    with clear_errors():
        live = client.indices.get_mapping(index=names.articles, ignore_unavailable=True, allow_no_indices=True)
    return all(analysis_of(index["mappings"]) == expected for index in live.values())


def analysis_of(mappings: Mapping[str, Any]) -> str | None:
    """Return the fingerprint of the analysis that an index was made with; None: it says none."""
    fingerprint: str | None = mappings.get("_meta", {}).get("analysis")
    return fingerprint


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FihristError(f"{path.name} can't be read as JSON: {error}") from error
    inlined: dict[str, Any] = _inline(loaded)
    return inlined


def _inline(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key.removesuffix("_path"): _lines(MAPPINGS / value) if key.endswith("_path") else _inline(value)
            for key, value in node.items()
        }
    return [_inline(item) for item in node] if isinstance(node, list) else node


def _lines(path: Path) -> list[str]:
    """Return the rules of a file, without comments, as Elasticsearch itself would read it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise FihristError(f"{path.name} can't be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _merge(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    """Merge nested objects as Elasticsearch composes templates: what comes later wins."""
    for key, value in source.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value
