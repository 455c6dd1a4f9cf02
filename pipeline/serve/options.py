"""Where the page listens and whom it lets in; what would be unsafe is refused before anything is opened."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NeedsPersonError
from pipeline.settings import Settings

_OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Options:
    """How the page is served."""

    host: str
    port: int
    user: str
    password: str | None
    """None: nobody is asked; only on loopback."""
    hosts: frozenset[str]
    """Names that a request may call this server by, without the port, in lower case."""
    certificate: tuple[Path, Path] | None
    """Certificate and its key; None: plain HTTP."""

    def __repr__(self) -> str:
        """Leave the password out, which would else stand in tracebacks and logs."""
        return f"Options({self.host!r}, {self.port})"


def options(settings: Settings) -> Options:
    """Return the options that the settings ask for.

    Raises:
        NeedsPersonError: the page would be open to others without a password, would send it unencrypted, or a file
            is missing.
    """
    password = settings.secret("serve_password")
    certificate = _certificate(settings)
    if not is_loopback(settings.serve_host):
        if not password:
            raise NeedsPersonError(
                f"{settings.serve_host} can be reached by other machines: set FIHRIST_SERVE_PASSWORD_FILE, so that "
                "the page asks for a password, or listen on 127.0.0.1."
            )
        if not certificate and not settings.serve_behind_proxy:
            raise NeedsPersonError(
                "The page's password would go over the network unencrypted: set FIHRIST_SERVE_TLS_CERT and "
                "FIHRIST_SERVE_TLS_KEY, or FIHRIST_SERVE_BEHIND_PROXY=true if a proxy before it speaks TLS."
            )
    named = {name.strip().lower() for name in settings.serve_hosts.split(",") if name.strip()}
    return Options(
        host=settings.serve_host,
        port=settings.serve_port,
        user=settings.serve_user,
        password=password,
        hosts=frozenset({*_OWN_NAMES, *named, *_address(settings.serve_host)}),
        certificate=certificate,
    )


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str) -> set[str]:
    """Return a listening address as a request names it; one that means all addresses is no name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return {host.lower()}
    if address.is_unspecified:
        return set()
    return {f"[{address}]" if address.version == 6 else str(address)}


def _certificate(settings: Settings) -> tuple[Path, Path] | None:
    certificate, key = settings.serve_tls_cert, settings.serve_tls_key
    if not certificate and not key:
        return None
    if not certificate or not key:
        raise NeedsPersonError("FIHRIST_SERVE_TLS_CERT and FIHRIST_SERVE_TLS_KEY go together: set both or neither.")
    for name, file in (("CERT", certificate), ("KEY", key)):
        if not file.is_file():
            raise NeedsPersonError(f"FIHRIST_SERVE_TLS_{name} names {file}, which is not a file.")
    return certificate, key
