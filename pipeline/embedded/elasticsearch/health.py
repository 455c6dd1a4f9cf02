"""Ask a server whether it is there and ready."""

import httpx

from pipeline.embedded.elasticsearch.instance import Instance

REQUEST_SECONDS = 5.0


def status(instance: Instance) -> str | None:
    """Return the cluster's health (``green``, ``yellow``, ``red``), or None if no server of ours answers there.

    With security on, a stranger is told nothing but 401; that counts as ``green``, because the server says it only
    once it serves requests.
    """
    try:
        response = httpx.get(
            f"{instance.url}/_cluster/health",
            params={"filter_path": "cluster_name,status"},
            timeout=REQUEST_SECONDS,
            verify=False,  # nothing secret is sent, and what comes back is believed of our own process only
            trust_env=False,  # a proxy would be asked for its own 127.0.0.1
        )
        if response.status_code == httpx.codes.UNAUTHORIZED:
            return "green"
        health = response.raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        return None
    ours = health.get("cluster_name") == instance.cluster
    return str(health["status"]) if ours and "status" in health else None
