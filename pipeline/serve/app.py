"""The application: pages in two languages, own files, and one sentence for every error."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from pipeline.index.client import ClusterError
from pipeline.serve import ops, pages
from pipeline.serve.ask import BadAskError
from pipeline.serve.guard import Guard
from pipeline.serve.options import Options
from pipeline.serve.page import ENGLISH, environment, respond
from pipeline.serve.runs import NoRightError
from pipeline.serve.site import Site

_STATIC = Path(__file__).parent / "static"


def create_app(site: Site, options: Options) -> ASGIApp:
    """Return the application, guarded; its connections are closed when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.access.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.site = site
    app.state.templates = environment()
    app.mount("/static", _Files(directory=_STATIC))
    for prefix in ("", ENGLISH):
        app.include_router(pages.router, prefix=prefix)
        app.include_router(ops.router, prefix=prefix)
    app.add_exception_handler(BadAskError, _bad_ask)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(ClusterError, _no_cluster)
    app.add_exception_handler(NoRightError, _no_right)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(Exception, _broken)
    return Guard(app, options)


class _Files(StaticFiles):
    """Our own files, which a browser may keep but asks about."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "private, max-age=300"
        return response


def _bad_ask(request: Request, error: Exception) -> Response:
    return respond(request, "nothing.html", 400, nothing=str(error))


def _no_cluster(request: Request, error: Exception) -> Response:
    return respond(request, "nothing.html", 503, nothing="no_cluster", detail=str(error))


def _no_right(request: Request, _: Exception) -> Response:
    return respond(request, "nothing.html", 403, nothing="no_right")


def _not_found(request: Request, _: Exception) -> Response:
    return respond(request, "nothing.html", 404, nothing="no_page")


def _broken(request: Request, _: Exception) -> Response:
    return respond(request, "nothing.html", 500, nothing="broken")
