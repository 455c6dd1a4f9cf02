"""Certificates for the stack's servers by one new authority, unless those that are there have life left.

    python certificates.py FOLDER

writes FOLDER/authority/ca.crt, and for each server FOLDER/SERVER/server.crt, server.key and ca.crt. Each folder is a
volume of its own, so that nobody but a server holds its key. All are made at once: the authority's key is not kept.
"""

import sys
from pathlib import Path

from pipeline.embedded.elasticsearch.certificates import RENEW_DAYS, certificates_for, days_left
from pipeline.security.files import write_secret

SERVERS = {
    # One certificate for all nodes: they are one server to those who ask, and trust each other alone.
    "elasticsearch": ("elasticsearch", "elasticsearch-2", "elasticsearch-3", "localhost"),
    "kibana": ("kibana", "localhost"),
    "search": ("search", "localhost"),
}


def main(folder: Path) -> None:
    """Make the certificates, or say until when they last."""
    held = [folder / server / "server.crt" for server in SERVERS]
    # The authority's own file is written last: where it is, those of the servers that there were then are too.
    if all(file.exists() for file in [folder / "authority" / "ca.crt", *held]):
        left = min(days_left(file.read_bytes()) for file in held)
        if left >= RENEW_DAYS:
            print(f"certificates: kept, {left} days left")
            return
    made = dict(zip(SERVERS, certificates_for(SERVERS.values()), strict=True))
    for server, certificates in made.items():
        write_secret(folder / server / "server.key", certificates.key)
        write_secret(folder / server / "server.crt", certificates.certificate)
        write_secret(folder / server / "ca.crt", certificates.authority)
    write_secret(folder / "authority" / "ca.crt", made["elasticsearch"].authority)
    print(f"certificates: made, {days_left(held[0].read_bytes())} days left")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
