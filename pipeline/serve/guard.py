"""What every request has to pass, and every answer carries, whatever page it is about."""

import asyncio
import base64
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.serve.options import Options

MAX_ADDRESS = 8_000
"""Bytes of path and query."""
_AFTER_WRONG_PASSWORD = 0.5
"""Seconds, so that passwords can't be tried by the thousand."""
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
"""Only our own files: a script or style that came in with an article is not run, even if it were not escaped."""
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Middleware: reading only, by a name that is ours, with the password if there is one."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused, and pass on the rest."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal and refusal.status_code == 401:
            await asyncio.sleep(_AFTER_WRONG_PASSWORD)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("This server only reads: GET or HEAD.", 405, {"Allow": "GET, HEAD"})
        if _name(headers.get("host", "")) not in self._options.hosts:  # else another site's name could lead here
            return PlainTextResponse("This server is not called that: see FIHRIST_SERVE_HOSTS.", 421)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return PlainTextResponse("The address is too long.", 414)
        if self._options.password and not self._lets_in(headers.get("authorization", ""), self._options.password):
            asked = {"WWW-Authenticate": 'Basic realm="Fihrist", charset="UTF-8"'}
            return PlainTextResponse("User name and password, please.", 401, asked)
        return None

    def _lets_in(self, given: str, password: str) -> bool:
        """Compare in a time that does not tell how much of it was right."""
        scheme, _, encoded = given.partition(" ")
        try:
            known = base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
        except ValueError:  # not Base64, or not even ASCII
            known = b""
        return secrets.compare_digest(known, f"{self._options.user}:{password}".encode())


def _name(host: str) -> str:
    """Return a ``Host`` header's name without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
