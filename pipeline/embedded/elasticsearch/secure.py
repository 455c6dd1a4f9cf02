"""Security for an instance: a password for ``elastic``, TLS, and the authority that clients check it with."""

import secrets
import subprocess
from pathlib import Path

from pipeline.embedded.elasticsearch.config import write_config
from pipeline.embedded.elasticsearch.instance import Instance, Progress
from pipeline.embedded.elasticsearch.machine import Machine
from pipeline.embedded.elasticsearch.start import server_environment
from pipeline.errors import FihristError
from pipeline.security.files import private_folder, write_secret

PASSWORD_FILE = "elastic.password"
AUTHORITY_FILE = "ca.crt"

_KEY, _CERTIFICATE, _AUTHORITY = "certs/node.key", "certs/node.crt", "certs/ca.crt"

SECURITY = {
    "xpack.security.enabled": "true",
    "xpack.security.http.ssl.enabled": "true",
    "xpack.security.http.ssl.key": _KEY,
    "xpack.security.http.ssl.certificate": _CERTIFICATE,
    # Between nodes too, although there is one: else any user of this machine could join the cluster as a node.
    "xpack.security.transport.ssl.enabled": "true",
    "xpack.security.transport.ssl.verification_mode": "certificate",
    "xpack.security.transport.ssl.key": _KEY,
    "xpack.security.transport.ssl.certificate": _CERTIFICATE,
    "xpack.security.transport.ssl.certificate_authorities": _AUTHORITY,
}
"""Lines for ``elasticsearch.yml``; the files are relative to its folder."""


def secure(instance: Instance, machine: Machine, folder: Path, progress: Progress) -> None:
    """Give the instance, which must not run, a password and a certificate; what it has, and is good, stays.

    Args:
        instance: started with the lines of :data:`SECURITY`.
        machine: what its tools run with.
        folder: where the password of ``elastic`` and the authority are put for clients of this user.
        progress: told while the keystore is made.

    Raises:
        FihristError: a folder can't be written, or the keystore not be made.
    """
    try:
        config = write_config(instance, machine.distribution)
        private_folder(folder)
        _certify(config, folder / AUTHORITY_FILE)
        _set_password(instance, machine, config, folder / PASSWORD_FILE, progress)
    except OSError as error:
        raise FihristError(f"Can't secure Elasticsearch: {error}. Its folders must belong to you.") from error


def _certify(config: Path, authority: Path) -> None:
    from pipeline.embedded.elasticsearch.certificates import RENEW_DAYS, days_left, make_certificates

    files = [config / name for name in (_KEY, _CERTIFICATE, _AUTHORITY)]
    key, certificate, own_authority = files
    if (
        all(file.is_file() for file in (*files, authority))
        and authority.read_bytes() == own_authority.read_bytes()
        and days_left(certificate.read_bytes()) >= RENEW_DAYS
    ):
        return
    made = make_certificates()
    key.parent.mkdir(exist_ok=True)
    write_secret(key, made.key)
    certificate.write_bytes(made.certificate)
    own_authority.write_bytes(made.authority)
    authority.write_bytes(made.authority)


def _set_password(instance: Instance, machine: Machine, config: Path, file: Path, progress: Progress) -> None:
    """Put a password into the keystore: who has it may do everything, so it is made once and by chance."""
    if file.is_file() and (config / "elasticsearch.keystore").is_file():
        return
    progress("making Elasticsearch's keystore")
    password = secrets.token_urlsafe(24)
    _keystore(instance, machine, config, "add", "--stdin", "--force", "bootstrap.password", given=password)
    write_secret(file, password)


def _keystore(instance: Instance, machine: Machine, config: Path, *arguments: str, given: str) -> None:
    """Run Elasticsearch's own tool, which makes the keystore if there is none; the secret goes by standard input."""
    done = subprocess.run(
        [str(machine.distribution / "bin/elasticsearch-keystore"), *arguments],
        input=given.encode(),
        env=server_environment(instance, machine, config),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip()
        raise FihristError(
            f"Elasticsearch's keystore could not be made (exit code {done.returncode}). It said:\n{said}"
        )
