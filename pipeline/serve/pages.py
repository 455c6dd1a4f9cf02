"""The pages for staff: search, an article, and the names that are suggested while typing."""

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from elasticsearch import Elasticsearch
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from pipeline.clean.article import REMOVED_KINDS
from pipeline.index.client import clear_errors
from pipeline.serve import article as articles
from pipeline.serve.ask import SORTS, BadAskError
from pipeline.serve.ask import read as read_ask
from pipeline.serve.find import find
from pipeline.serve.origin import raw_of
from pipeline.serve.page import respond
from pipeline.serve.removed import Removal, removal
from pipeline.serve.runs import roots_of
from pipeline.serve.site import Site
from pipeline.serve.suggest import suggest

router = APIRouter()
_LONGEST_ID = 512
"""Bytes; Elasticsearch has no longer ones."""


@router.api_route("/", methods=["GET", "HEAD"])
def search(request: Request) -> Response:
    """Search results, or the newest articles where nothing is asked."""
    site = Site.of(request)
    ask = read_ask(request.query_params.multi_items())
    if not _exists(site.access.articles, site.articles):
        return respond(request, "nothing.html", nothing="no_index")
    found = find(site.access.articles, site.articles, ask)
    highest = max((bar.count for bar in found.bars), default=1)
    return respond(request, "search.html", ask=ask, found=found, sorts=SORTS, highest=highest)


@router.api_route("/suggest", methods=["GET", "HEAD"])
def suggestions(request: Request, q: str = "") -> Response:
    """Names that begin like what was typed, as JSON."""
    site = Site.of(request)
    found = suggest(site.access.articles, site.articles, q)
    return JSONResponse([asdict(one) for one in found])


@router.api_route("/article/{id_}", methods=["GET", "HEAD"])
def article(request: Request, id_: str, part: str = "1", removed: str = "") -> Response:
    """One article; with ``removed``, also what was cut out of its file."""
    site = Site.of(request)
    document = articles.fetch(site.access.articles, site.articles, id_) if len(id_) <= _LONGEST_ID else None
    if document is None:
        return respond(request, "nothing.html", 404, nothing="no_article")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", part):
        raise BadAskError("bad_page")
    ask = read_ask(request.query_params.multi_items())
    toggle = [*ask.fields(), *([("part", part)] if part != "1" else []), *([] if removed else [("removed", "1")])]
    return respond(
        request,
        "article.html",
        article=articles.read(site.access.articles, site.articles, document, int(part)),
        document=document,
        removal=_removal(site, document) if removed else None,
        removed_kinds=REMOVED_KINDS,
        ask=ask,
        toggle=f"?{urlencode(toggle)}" if toggle else "",
    )


def _removal(site: Site, document: dict[str, Any]) -> Removal:
    source = document["source"]
    known = roots_of(site.access.ledger, site.access.names, source["name"])
    return removal(document, raw_of(source, site.roots(source["name"], known)))


def _exists(client: Elasticsearch, alias: str) -> bool:
    """Say whether there is an index of articles yet."""
    with clear_errors():
        return bool(client.indices.exists(index=alias))
