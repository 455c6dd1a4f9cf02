"""Write pages: Jinja with escaping always on, and the few things that every template needs."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline import __version__
from pipeline.serve.texts import Tongue, count, name_of_language, say, spoken_date

_FOLDER = Path(__file__).parent / "templates"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ckb", "ps", "he", "ug", "sd", "und"})
ENGLISH = "/en"
"""Stands before the path of English pages; Arabic ones have nothing."""


def environment() -> Environment:
    """Return the templates' environment; a field that an older document lacks is shown as nothing."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["thousands"] = lambda number: f"{number:,}"
    made.filters["one_line"] = lambda text: " ".join(str(text).split())
    made.globals["version"] = __version__
    made.globals["direction"] = lambda code: "rtl" if code in _RIGHT_TO_LEFT else "ltr"
    return made


def tongue_of(request: Request) -> Tongue:
    """Return the language of the page that a request asks for."""
    path = request.url.path
    return "en" if path == ENGLISH or path.startswith(f"{ENGLISH}/") else "ar"


def respond(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page in the request's language."""
    tongue = tongue_of(request)
    path = request.url.path.removeprefix(ENGLISH) if tongue == "en" else request.url.path
    path = f"/{path.lstrip('/')}"  # two slashes would name another server
    other = path if tongue == "en" else f"{ENGLISH}{path}"
    text = request.app.state.templates.get_template(template).render(
        tongue=tongue,
        say=partial(say, tongue),
        date=partial(spoken_date, tongue),
        count=partial(count, tongue),
        language_name=partial(name_of_language, tongue),
        to=partial(_link, ENGLISH if tongue == "en" else ""),
        other=other + (f"?{request.url.query}" if request.url.query else ""),
        **values,
    )
    return HTMLResponse(text, status)


def _link(prefix: str, path: str, query: str = "", **values: str) -> str:
    """Return the address of one of our pages: path parts escaped, ``query`` as it is, or values as a query."""
    pairs = urlencode([(name, value) for name, value in values.items() if value])
    return f"{prefix}{quote(path)}{query}{f'?{pairs}' if pairs else ''}"
