"""A Kibana for tests: a real HTTP server that takes only what the API's description allows, and can misbehave."""

import base64
import json
import re
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.kibana import api

Answer = tuple[int, Any]
DEFAULTS = {"options": {"use_margins": True}, "pinned_panels": [], "filters": []}
"""What the server fills in of a dashboard, as Kibana does."""


@dataclass
class Trouble:
    """What to do instead of answering: for requests that match, so many times."""

    pattern: str
    times: int
    status: int | None = None
    body: Any = None
    seconds: float = 0.0


@dataclass
class KibanaServer:
    """What it holds, what it saw, and how it is to behave."""

    version: str = "9.5.3"
    level: str = "available"
    authorization: str | None = None
    """The header that lets in; None lets everyone in."""
    spaces: dict[str, Any] = field(default_factory=lambda: {"default": {"id": "default", "name": "Default"}})
    objects: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    """(space, type, id) → what is held."""
    defaults: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request, without the status' checks."""
    asked: int = 0
    """Requests of any kind that arrived."""
    faults: list[str] = field(default_factory=list)
    """Where requests did not fit the API."""
    url: str = ""

    def login(self, user: str, password: str) -> None:
        self.authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def trouble(self, pattern: str, times: int = 99, **what: Any) -> None:
        self.troubles.append(Trouble(pattern, times, **what))

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path in self.seen if method != "GET" and not path.endswith("_export")]

    # --- the API -------------------------------------------------------------------------------------------------

    def answer(self, method: str, target: str, headers: Any, content: bytes) -> Answer:
        parts = urlsplit(target)
        path = unquote(parts.path)
        for operation in api.operations():
            found = operation.pattern.fullmatch(path)
            if found and operation.method == method:
                break
        else:
            return self._unfit(f"{method} {path} is no operation of the API")
        if path == "/api/status":
            return self._status(headers)
        self.seen.append((method, path))
        if self.authorization and headers.get("Authorization") != self.authorization:
            return 401, {"statusCode": 401, "error": "Unauthorized", "message": "[security_exception]"}
        if method != "GET" and not headers.get("kbn-xsrf"):
            return self._unfit("Request must contain a kbn-xsrf header.")
        if unknown := parse_qs(parts.query).keys() - set(operation.query):
            return self._unfit(f"{path}: unknown parameters {unknown}")
        groups = found.groupdict()
        space, id_ = groups.get("space") or "default", groups.get("id")
        if operation.in_space and space not in self.spaces:
            return 404, {"message": f"Saved object [space/{space}] not found"}
        body: Any = None
        if operation.lines:
            body = [json.loads(line) for line in _file(content, headers["Content-Type"]).splitlines()]
            wrong = [fault for line in body for fault in api.faults(operation.lines, line)]
        elif operation.body:
            body = json.loads(content)
            wrong = api.faults(operation.body, body)
        else:
            wrong = ["a body where none is expected"] if content else []
        if wrong:
            return self._unfit(f"{path}: {wrong[0]}")
        name = re.sub(r"\W+", "_", f"{method.lower()} {operation.path.removeprefix('/api/')}").strip("_")
        return getattr(self, f"_{name}")(space, id_, body)

    def _unfit(self, fault: str) -> Answer:
        self.faults.append(fault)
        return 400, {"statusCode": 400, "error": "Bad Request", "message": fault}

    def _status(self, headers: Any) -> Answer:
        overall = {"status": {"overall": {"level": self.level, "summary": ""}}}
        given = headers.get("Authorization")
        if self.authorization and given and given != self.authorization:
            return 401, {"statusCode": 401, "message": "[security_exception]"}
        code = 200 if self.level in {"available", "degraded"} else 503
        if self.authorization and not given:
            return code, overall
        return code, {**overall, "version": {"number": self.version}, "name": "test"}

    def _get_spaces_space_id(self, _space: str, id_: str, _body: Any) -> Answer:
        return (200, self.spaces[id_]) if id_ in self.spaces else (404, {"message": "Not Found"})

    def _post_spaces_space(self, _space: str, _id: None, body: Any) -> Answer:
        self.spaces[body["id"]] = body
        return 200, body

    def _get_data_views_data_view_id(self, space: str, id_: str, _body: Any) -> Answer:
        held = self.objects.get((space, "index-pattern", id_))
        return (200, {"data_view": {"version": "Wz", **held}}) if held else (404, {"message": "not found"})

    def _post_data_views_data_view(self, space: str, _id: None, body: Any) -> Answer:
        view = body["data_view"]
        names = {
            held["name"] for (there, kind, _), held in self.objects.items() if (there, kind) == (space, "index-pattern")
        }
        if view["name"] in names:
            return 400, {"message": f"Duplicate data view: {view['name']}"}
        self.objects[space, "index-pattern", view["id"]] = view
        return 200, {"data_view": view}

    def _post_data_views_data_view_id(self, space: str, id_: str, body: Any) -> Answer:
        held = self.objects[space, "index-pattern", id_]
        if not body["data_view"] or all(held.get(key) == value for key, value in body["data_view"].items()):
            return 400, {"message": "Index pattern change set is empty."}
        held.update(body["data_view"])
        return 200, {"data_view": held}

    def _post_data_views_data_view_id_fields(self, space: str, id_: str, body: Any) -> Answer:
        if not body["fields"]:
            return 400, {"message": "No fields provided."}
        self.objects[space, "index-pattern", id_].setdefault("fieldAttrs", {}).update(body["fields"])
        return 200, {"acknowledged": True}

    def _get_data_views_default(self, space: str, _id: None, _body: Any) -> Answer:
        return 200, {"data_view_id": self.defaults.get(space, "")}

    def _post_data_views_default(self, space: str, _id: None, body: Any) -> Answer:
        self.defaults[space] = body["data_view_id"]
        return 200, {"acknowledged": True}

    def _post_saved_objects__export(self, space: str, _id: None, body: Any) -> Answer:
        wanted = body["objects"][0]
        held = self.objects.get((space, wanted["type"], wanted["id"]))
        if held is None:
            return 400, {"statusCode": 400, "message": "Error fetching objects to export", "attributes": {}}
        return 200, json.dumps({**held, "updated_at": time.time()})

    def _post_saved_objects__import(self, space: str, _id: None, body: Any) -> Answer:
        (sent,) = body
        elsewhere = [key for key in self.objects if key[1:] == (sent["type"], sent["id"]) and key[0] != space]
        missing = [ref for ref in sent["references"] if (space, ref["type"], ref["id"]) not in self.objects]
        if missing:
            error = {"type": "missing_references", "references": missing}
            return 200, {"success": False, "successCount": 0, "errors": [{"id": sent["id"], "error": error}]}
        made = {"type": sent["type"], "id": sent["id"], **({"destinationId": "5d0f-new"} if elsewhere else {})}
        self.objects[space, sent["type"], made.get("destinationId", sent["id"])] = sent
        return 200, {"success": True, "successCount": 1, "successResults": [made]}

    def _get_dashboards_id(self, space: str, id_: str, _body: Any) -> Answer:
        held = self.objects.get((space, "dashboard", id_))
        answer = {"id": id_, "data": held, "meta": {"updated_at": str(time.time())}}
        return (200, answer) if held else (404, {"message": "A dashboard with that id was not found."})

    def _put_dashboards_id(self, space: str, id_: str, body: Any) -> Answer:
        code = 200 if (space, "dashboard", id_) in self.objects else 201
        self.objects[space, "dashboard", id_] = {**DEFAULTS, **body}
        return code, {"id": id_, "data": {**DEFAULTS, **body}, "meta": {}}

    def _get_security_role_id(self, _space: str, id_: str, _body: Any) -> Answer:
        return (200, self.roles[id_]) if id_ in self.roles else (404, {"message": "Not Found"})

    def _put_security_role_id(self, _space: str, id_: str, body: Any) -> Answer:
        self.roles[id_] = {"name": id_, **body}
        return 204, ""

    # --- the transport -------------------------------------------------------------------------------------------

    def start(self, certificate: Path | None = None) -> ThreadingHTTPServer:
        kibana = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                kibana.asked += 1
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                for trouble in kibana.troubles:
                    if trouble.times and re.search(trouble.pattern, f"{self.command} {self.path}"):
                        trouble.times -= 1
                        time.sleep(trouble.seconds)
                        if trouble.status is not None:
                            self._send(trouble.status, trouble.body or {"message": "trouble"})
                            return
                self._send(*kibana.answer(self.command, self.path, self.headers, content))

            do_GET = do_POST = do_PUT = _serve  # noqa: N815

            def _send(self, code: int, body: Any) -> None:
                data = b"" if code == 204 else (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(data)))
                if code in {301, 302}:
                    self.send_header("Location", "/login")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # a client that hangs up or refuses our certificate is the test's matter
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


def _file(content: bytes, content_type: str) -> str:
    """The one file of a multipart form."""
    boundary = content_type.split("boundary=")[1].encode()
    _head, body = content.split(b"--" + boundary)[1].split(b"\r\n\r\n", 1)
    assert b'name="file"' in _head and b".ndjson" in _head, _head
    return body.removesuffix(b"\r\n").decode()
