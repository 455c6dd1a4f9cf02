"""Talk to Kibana: wait until it is ready, and say in one sentence what is wrong when a request fails."""

import ssl
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from pipeline.index.refusals import certificate_fault, speaks_tls
from pipeline.kibana.errors import KibanaAccessError, KibanaError, RefusedError, reason, refusal
from pipeline.kibana.render import Target
from pipeline.settings import Settings

LEAST_VERSION = (9, 5)
"""The first Kibana whose Dashboards API is generally available."""
_HERE = {"localhost", "127.0.0.1", "::1"}
_BUSY = {429, 502, 503, 504}
_READY = {"available", "degraded"}


class Kibana:
    """A Kibana, and one space of it."""

    def __init__(self, settings: Settings, space: str, *, timeout: float = 30.0, pause: float = 1.0) -> None:
        """Prepare; nothing is sent yet.

        Args:
            settings: address, credentials and certificate authority.
            space: id of the space that requests work on.
            timeout: seconds that one request may take.
            pause: seconds before the first new try of a busy Kibana; they double.

        Raises:
            KibanaAccessError: no address, one with a password in it, or no such file of a certificate authority.
        """
        self.url = (settings.kibana_url or "").rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise KibanaAccessError("FIHRIST_KIBANA_URL has to be Kibana's address, such as https://kibana:5601.")
        if parts.username or parts.password:
            raise KibanaAccessError("FIHRIST_KIBANA_URL holds a password: give it as FIHRIST_KIBANA_PASSWORD instead.")
        self.target = Target(space, settings.index_prefix, parts.path)
        self._timeout = timeout
        self._pause = pause
        key, password = settings.secret("kibana_api_key"), settings.secret("kibana_password")
        if (key or password) and parts.scheme == "http" and parts.hostname not in _HERE:
            raise KibanaAccessError(f"{self.url} would get the password or key unencrypted: use https://.")
        self._client = httpx.Client(
            headers={"kbn-xsrf": "fihrist", **({"Authorization": f"ApiKey {key}"} if key else {})},
            auth=(settings.kibana_user, password) if password and not key else None,
            verify=_trust(settings) if parts.scheme == "https" else True,
            timeout=timeout,
            trust_env=False,
        )

    def __enter__(self) -> "Kibana":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def wait_until_ready(self, seconds: float, progress: Callable[[str], None]) -> str:
        """Wait until Kibana says that it is available, and return its version.

        Raises:
            KibanaError: it isn't within that time.
            KibanaAccessError: certificate or credentials are refused, or it is older than :data:`LEAST_VERSION`.
        """
        deadline = time.monotonic() + seconds
        told = False
        while True:
            try:
                status = self._status()
                break
            except KibanaAccessError:
                raise
            except (KibanaError, RefusedError) as error:
                if time.monotonic() >= deadline:
                    raise KibanaError(f"Kibana was not ready within {seconds:g} s: {error}") from error
                if not told:
                    progress(f"waiting for Kibana: {error}")
                    told = True
                time.sleep(min(self._pause, max(0.0, deadline - time.monotonic())))
        version = str(status.get("version", {}).get("number", ""))
        if not version:
            raise KibanaAccessError(
                f"{self.url} does not know who asks: set FIHRIST_KIBANA_API_KEY, or FIHRIST_KIBANA_USER and _PASSWORD."
            )
        if tuple(int(part) for part in version.split(".")[:2]) < LEAST_VERSION:
            needed = ".".join(map(str, LEAST_VERSION))
            raise KibanaAccessError(
                f"{self.url} is Kibana {version}; {needed} or newer is needed for its Dashboards API."
            )
        return version

    def get(self, path: str) -> Any | None:
        """Return what is at a path of the API; None if nothing is."""
        try:
            return self.ask("GET", path)
        except RefusedError as error:
            if error.status == 404:
                return None
            raise

    def ask(self, method: str, path: str, **content: Any) -> Any:
        """Send a request as :meth:`send` does, and return the JSON of the answer."""
        answer = self.send(method, path, **content)
        try:
            return answer.json()
        except ValueError as error:
            raise KibanaAccessError(f"What answers at {self.url} is not Kibana.") from error

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send a request, again while Kibana is busy (every request of ours can be repeated), and return the answer.

        Args:
            method: GET, POST or PUT.
            path: below ``/api/``, ids in it quoted with :func:`quoted`.
            content: ``json``, ``files`` or ``params``, as httpx takes them.

        Raises:
            RefusedError: this request was refused.
            KibanaError: Kibana is away, or stays busy.
            KibanaAccessError: certificate or credentials are refused.
        """
        pause = self._pause
        for tries_left in (2, 1, 0):
            answer = self._once(method, path, **content)
            if answer.status_code not in _BUSY or not tries_left:
                break
            time.sleep(pause)
            pause *= 2
        if answer.status_code in _BUSY:
            said = f"{answer.status_code}: {reason(answer)}"
            raise KibanaError(f"{self.url} is busy or starting ({said}); try again when it is well.")
        if answer.is_error or answer.is_redirect:
            raise refusal(answer, self.url, self.target.space)
        return answer

    def _once(self, method: str, path: str, **content: Any) -> httpx.Response:
        shared = path.startswith(("status", "spaces/", "security/"))
        space = "" if shared else self.target.path.removeprefix(self.target.base_path)
        try:
            return self._client.request(method, f"{self.url}{space}/api/{path}", **content)
        except httpx.TimeoutException as error:
            raise KibanaError(
                f"{self.url} did not answer within {self._timeout:g} s; is it overloaded, or Elasticsearch behind it?"
            ) from error
        except httpx.TransportError as error:
            if fault := certificate_fault(self.url, str(error)):
                raise KibanaAccessError(fault.replace("FIHRIST_ES_", "FIHRIST_KIBANA_")) from error
            if speaks_tls(self.url):
                raise KibanaAccessError(
                    f"{self.url} wants TLS: FIHRIST_KIBANA_URL has to begin with https://."
                ) from error
            raise KibanaError(f"Nothing answers at {self.url}; is Kibana running there? ({error})") from error

    def _status(self) -> dict[str, Any]:
        answer = self._once("GET", "status")
        try:
            status: dict[str, Any] = answer.json()
            level = status["status"]["overall"]["level"]
        except (ValueError, KeyError, TypeError) as error:
            if answer.is_error or answer.is_redirect:
                raise refusal(answer, self.url, self.target.space) from error
            raise KibanaAccessError(f"What answers at {self.url} is not Kibana.") from error
        if level not in _READY:
            raise KibanaError(f"{self.url} says that it is {level}.")
        return status


def quoted(id_: str) -> str:
    """Return an id as it stands in a path."""
    return quote(id_, safe="")


def _trust(settings: Settings) -> ssl.SSLContext:
    authority = settings.kibana_ca
    if authority is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=authority)
    except OSError as error:  # ssl.SSLError is one
        raise KibanaAccessError(f"FIHRIST_KIBANA_CA names {authority}, which is no file of certificates.") from error
