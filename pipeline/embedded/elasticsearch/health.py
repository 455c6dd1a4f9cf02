"""Ask a server whether it is there and ready."""

import httpx

from pipeline.embedded.elasticsearch.instance import Instance

REQUEST_SECONDS = 5.0


def status(instance: Instance) -> str | None:
    """Return the health of the instance's cluster (``green``, ``yellow``, ``red``), or None as long as it does not say.

    With security on, a stranger is told nothing but 401; that counts as ``green``, because the server says it only
    once it serves requests.
    """
    if instance.url is None:
        return None
    try:
        response = httpx.get(
            f"{instance.url}/_cluster/health",
            params={"filter_path": "status"},
            timeout=REQUEST_SECONDS,
            verify=False,  # nothing secret is sent, and the port is known to be our own process's
            trust_env=False,  # a proxy would be asked for its own 127.0.0.1
        )
        if response.status_code == httpx.codes.UNAUTHORIZED:
            return "green"
        health = response.raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        return None
    return health.get("status") if isinstance(health, dict) else None
