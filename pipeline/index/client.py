"""Connect to Elasticsearch, and say in one sentence what is wrong when that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elastic_transport import ConnectionError as ESConnectionError
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import UnsupportedProductError

from pipeline.errors import FihristError
from pipeline.settings import Settings

REQUEST_TIMEOUT = 30.0
"""Seconds that an ordinary request may take; bulk requests set their own."""


class ClusterError(FihristError):
    """The cluster can't be reached, or refuses this client: a fault of set-up, not of a document."""


def connect(settings: Settings, url: str | None = None) -> Elasticsearch:
    """Return a client that has reached the cluster and was let in.

    Args:
        settings: the address (``es_url``), API key and certificate authority.
        url: address to use instead of ``settings.es_url``, e.g. of the embedded server.

    Raises:
        ClusterError: no address, nothing answers, the certificate is not trusted, the key is refused.
    """
    address = url or settings.es_url
    if not address:
        raise ClusterError("No Elasticsearch address: set FIHRIST_ES_URL, or start the embedded server (fihrist up).")
    try:
        client = Elasticsearch(
            address,
            api_key=settings.es_api_key.get_secret_value() if settings.es_api_key else None,
            **_trust(settings.es_ca if address.startswith("https:") else None),
            request_timeout=REQUEST_TIMEOUT,
            max_retries=2,
            retry_on_timeout=False,
        )
    except ValueError as error:
        raise ClusterError(f"FIHRIST_ES_URL {address!r} is not an address like https://host:9200: {error}") from error
    with clear_errors(address):
        try:
            client.cluster.health(filter_path="status")
        except ApiError as error:
            if error.meta.status != 403:  # a key without the cluster privilege `monitor` has still been let in
                raise
    return client


@contextmanager
def clear_errors(address: str = "Elasticsearch") -> Iterator[None]:
    """Turn the client library's errors inside the block into a :class:`ClusterError` of one sentence."""
    try:
        yield
    except TlsError as error:
        raise ClusterError(
            f"The certificate of {address} is not trusted; FIHRIST_ES_CA should be the authority that signed it "
            f"({error})."
        ) from error
    except ConnectionTimeout as error:
        raise ClusterError(f"{address} did not answer in time; is the cluster overloaded or down?") from error
    except ESConnectionError as error:
        raise ClusterError(f"Nothing answers at {address}; is Elasticsearch running there? ({error})") from error
    except UnsupportedProductError as error:
        raise ClusterError(f"What answers at {address} is not Elasticsearch.") from error
    except ApiError as error:
        raise ClusterError(explain(error, address)) from error
    except TransportError as error:
        raise ClusterError(f"The answer of {address} can't be read: {error}") from error


def explain(error: ApiError, address: str = "Elasticsearch") -> str:
    """Return what an answer with an error status means, in one sentence that says what to do."""
    status = error.meta.status
    kind, reason = error_of(error.body)
    if status == 401:
        return f"{address} refused the credentials; FIHRIST_ES_API_KEY is missing, wrong, expired or withdrawn."
    if status == 403 and kind == "cluster_block_exception":
        return f"{address} blocks the operation: {reason}"
    if status == 403:
        return f"The API key may not do this at {address}: {reason}"
    return f"{address} answered {status} {kind}: {reason}"


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


def _trust(authority: Path | None) -> dict[str, Any]:
    if authority is None:
        return {}
    if not authority.is_file():
        raise ClusterError(f"FIHRIST_ES_CA names {authority}, which is not a file.")
    return {"ca_certs": str(authority)}
