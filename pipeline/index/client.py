"""Connect to Elasticsearch, and say in one sentence what is wrong when that fails."""

import base64
import ipaddress
import json
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from elastic_transport import ConnectionError as ESConnectionError
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import UnsupportedProductError
from elasticsearch.serializer import JsonSerializer

from pipeline.errors import FihristError, NeedsPersonError
from pipeline.index.refusals import certificate_fault, credentials_fault, speaks_tls
from pipeline.settings import Settings

REQUEST_TIMEOUT = 30.0
"""Seconds that an ordinary request may take; bulk requests set their own."""


class ClusterError(FihristError):
    """The cluster can't be reached, or refuses this client: a fault of set-up, not of a document."""


class AccessError(ClusterError, NeedsPersonError):
    """Address, certificate or credentials are wrong: until a person mends that, every try fails the same way."""


def connect(settings: Settings, url: str | None = None) -> Elasticsearch:
    """Return a client that has reached the cluster and was let in: with an API key, else a password, else with neither.

    Args:
        settings: the address (``es_url``), credentials and certificate authority.
        url: address to use instead of ``settings.es_url``, e.g. of the embedded server.

    Raises:
        AccessError: no address, the certificate is not trusted, the credentials are refused.
        ClusterError: nothing answers, or not in time.
    """
    address = url or settings.es_url
    if not address:
        raise AccessError("No Elasticsearch address: set FIHRIST_ES_URL, or start the embedded server (fihrist up).")
    if "@" in address:
        raise AccessError("FIHRIST_ES_URL holds a password: give it as FIHRIST_ES_PASSWORD_FILE, or a key, instead.")
    try:
        client = Elasticsearch(
            address,
            **_credentials(settings, address),
            **_trust(settings.es_ca if address.startswith("https:") else None),
            serializer=_Json(),
            request_timeout=REQUEST_TIMEOUT,
            max_retries=2,
            retry_on_timeout=False,
        )
    except ValueError as error:
        raise AccessError(f"FIHRIST_ES_URL {address!r} is not an address like https://host:9200: {error}") from error
    with clear_errors(address):
        _knock(client)
    return client


@contextmanager
def clear_errors(address: str = "Elasticsearch") -> Iterator[None]:
    """Turn the client library's errors inside the block into a :class:`ClusterError` of one sentence."""
    try:
        yield
    except TlsError as error:
        if fault := certificate_fault(address, str(error)):
            raise AccessError(fault) from error
        raise ClusterError(f"The secure connection to {address} broke off ({error}).") from error
    except ConnectionTimeout as error:
        raise ClusterError(f"{address} did not answer in time; is the cluster overloaded or down?") from error
    except ESConnectionError as error:
        if speaks_tls(address):
            raise AccessError(f"{address} wants TLS: FIHRIST_ES_URL has to begin with https://.") from error
        raise ClusterError(f"Nothing answers at {address}; is Elasticsearch running there? ({error})") from error
    except UnsupportedProductError as error:
        if broke_off(error):
            raise ClusterError(f"The answer of {address} broke off; is something wrong with the network?") from error
        raise AccessError(f"What answers at {address} is not Elasticsearch.") from error
    except ApiError as error:
        kind = AccessError if is_refusal(error) else ClusterError
        raise kind(explain(error, address)) from error
    except TransportError as error:
        raise ClusterError(f"The answer of {address} can't be read: {error}") from error


def explain(error: ApiError, address: str = "Elasticsearch") -> str:
    """Return what an answer with an error status means, in one sentence that says what to do."""
    status = error.meta.status
    kind, reason = error_of(error.body)
    if status == 401:
        return credentials_fault(address, error.body)
    if status == 403 and kind == "cluster_block_exception":
        return f"{address} blocks the operation: {reason}"
    if status == 403:
        said = f": {reason}" if error.body else ""  # an answer to HEAD has no body
        return f"The API key may not do this at {address}{said}; is it that of another role (fihrist security check)?"
    return f"{address} answered {status} {kind}: {reason}"


def is_refusal(error: ApiError) -> bool:
    """Say whether the answer concerns who asks, and would be the same if asked again."""
    return error.meta.status == 401 or (
        error.meta.status == 403 and error_of(error.body)[0] != "cluster_block_exception"
    )


def broke_off(error: ApiError) -> bool:
    """Say whether the answer ended within its headers, so that they don't tell what answered, nor how much follows."""
    return not {"content-length", "transfer-encoding"}.intersection(name.lower() for name in error.meta.headers)


def error_of(body: object) -> tuple[str, str]:
    """Return type and reason out of an Elasticsearch error, with the innermost cause, which mostly says most."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return "error", str(error)
    if error.get("type") == "search_phase_execution_exception" and error.get("root_cause"):
        error = error["root_cause"][0]
    reason = str(error.get("reason", ""))
    cause = error.get("caused_by")
    while isinstance(cause, dict):
        if cause.get("reason"):
            reason = f"{reason} ({cause['reason']})"
        cause = cause.get("caused_by")
    return str(error.get("type", "error")), reason


class _Json(JsonSerializer):
    """Reads answers in a fifth of the time that the client's own serialiser takes."""

    def json_loads(self, data: bytes) -> Any:
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:  # it refuses lone surrogates, which JSON allows
            return json.loads(data)


def _knock(client: Elasticsearch, patience: float = 60.0) -> None:
    """Ask until the cluster can tell who we are: one that has just started must open its index of keys first."""
    deadline = time.monotonic() + patience
    while True:
        try:
            client.cluster.health(filter_path="status")
        except ApiError as error:
            if error.meta.status == 403:  # a key without the cluster privilege `monitor` has still been let in
                return
            if error.error != "authentication_processing_error" or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _credentials(settings: Settings, address: str) -> dict[str, Any]:
    """Return the client's options for who we are; no secret leaves this machine unencrypted."""
    key, password = settings.secret("es_api_key"), settings.secret("es_password")
    if (key or password) and not address.startswith("https:") and not _is_here(address):
        raise AccessError(
            f"{address} would get the key unencrypted: use an address with https:// (without a key or password, "
            "http:// is as good as the network that it goes over)."
        )
    if key and not _is_key(key):
        raise AccessError(
            "FIHRIST_ES_API_KEY has to be what Elasticsearch calls 'encoded' (Base64) when it makes a key."
        )
    if key:
        return {"api_key": key}
    return {"basic_auth": (settings.es_user, password)} if password else {}


def _is_key(key: str) -> bool:
    """Say whether this can be a key: id and secret with a colon between them, as Base64."""
    try:
        return b":" in base64.b64decode(key, validate=True)
    except ValueError:
        return False


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _trust(authority: Path | None) -> dict[str, Any]:
    if authority is None:
        return {}
    if not authority.is_file():
        raise AccessError(f"FIHRIST_ES_CA names {authority}, which is not a file.")
    try:
        ssl.create_default_context(cafile=authority)
    except ssl.SSLError:
        raise AccessError(f"FIHRIST_ES_CA names {authority}, which holds no certificate in PEM.") from None
    except OSError as error:
        raise AccessError(f"FIHRIST_ES_CA names {authority}, which can't be read: {error.strerror}.") from None
    return {"ca_certs": str(authority)}
