"""Why a cluster or its certificate was refused, or refused us, in one sentence that says what to do."""

import re
import socket
import ssl
from urllib.parse import urlsplit

_PROBE_SECONDS = 3.0

_CREDENTIALS = (
    ("missing authentication credentials", "it wants credentials: set FIHRIST_ES_API_KEY or FIHRIST_ES_API_KEY_FILE"),
    ("expired", "the API key has expired: make a new one (fihrist security setup --rotate)"),
    ("invalidated", "the API key was withdrawn: use the one that replaced it, or make one (fihrist security setup)"),
    ("unable to find apikey", "the cluster knows no such API key, so it may be one of another cluster"),
    ("invalid credentials for api key", "the API key is wrong: its id is known, but its secret is another"),
    ("unable to authenticate user", "user name or password is wrong (FIHRIST_ES_USER, FIHRIST_ES_PASSWORD)"),
)  # fmt: skip
"""What Elasticsearch's 401 says (``ApiKeyService``, ``AuthenticationService``), in lower case → what it means."""

_CERTIFICATE = (
    (r"hostname mismatch|ip address mismatch|doesn't match",
     "is for another host: use a name or address that it is for in FIHRIST_ES_URL, or one that names this host"),
    (r"certificate has expired",
     "has expired: renew it on the server"),
    (r"not yet valid",
     "is not valid yet: set this machine's clock, or wait"),
    (r"certificate.verify.failed|self.signed|unable to get (local )?issuer",
     "is not trusted: FIHRIST_ES_CA has to be the authority (a PEM file) that signed it"),
)  # fmt: skip
"""What OpenSSL says of a certificate → what it means, the most specific first."""


def credentials_fault(address: str, body: object) -> str:
    """Return the meaning of an answer with status 401, given its body."""
    said = str(body).lower()
    for sign, meaning in _CREDENTIALS:
        if sign in said:
            return f"{address} refused the credentials: {meaning}."
    return f"{address} refused the credentials: FIHRIST_ES_API_KEY is missing, wrong, expired or withdrawn."


def certificate_fault(address: str, said: str) -> str | None:
    """Return the meaning of a TLS error, given OpenSSL's words; None if it may pass, such as a broken connection."""
    for pattern, meaning in _CERTIFICATE:
        if re.search(pattern, said, re.IGNORECASE):
            return f"The certificate of {address} {meaning}."
    if re.search(r"wrong.version.number|record layer failure|http_request", said, re.IGNORECASE):
        return f"{address} answers without TLS: FIHRIST_ES_URL has to begin with http://, or TLS be turned on there."
    return None


def speaks_tls(address: str) -> bool:
    """Say whether an address that was given with ``http://`` answers to TLS. Nothing but a greeting is sent."""
    parts = urlsplit(address)
    if parts.scheme != "http" or not parts.hostname:
        return False
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 80), _PROBE_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname),
        ):
            return True
    except OSError:
        return False
