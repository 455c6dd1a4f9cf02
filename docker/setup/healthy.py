"""Exit code 0 if a server answers at this address, and, where it tells of its database, that is healthy too.

    python healthy.py http://localhost:8080/api/v2/monitor/health
    python healthy.py https://localhost:8090/ CA_FILE

A server that asks for a password is up.
"""

import json
import ssl
import sys
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import urlopen


def fault(address: str, authority: str | None = None) -> str | None:
    """Return what is wrong, or None."""
    context = ssl.create_default_context(cafile=authority) if authority else None
    try:
        with urlopen(address, timeout=10, context=context) as response:
            answer = response.read()
    except HTTPError as error:
        return None if error.code == HTTPStatus.UNAUTHORIZED else str(error)
    except OSError as error:
        return str(error)
    if not answer:
        return None  # the scheduler's own check tells by its status alone
    database = json.loads(answer).get("metadatabase", {}).get("status", "not told")
    return None if database == "healthy" else f"its database is {database}"


if __name__ == "__main__":
    sys.exit(fault(*sys.argv[1:3]))
