"""The user's one embedded server: started once, kept between commands, stopped on request."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.embedded.elasticsearch.account import unprivileged_account
from pipeline.embedded.elasticsearch.distribution import source_hash
from pipeline.embedded.elasticsearch.instance import Instance, Progress, RunningServer, base_folder
from pipeline.embedded.elasticsearch.lock import locked
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.embedded.elasticsearch.port import choose_ports
from pipeline.embedded.elasticsearch.running import running, running_pid, stop, wait_until_ready
from pipeline.embedded.elasticsearch.secure import SECURITY, secure
from pipeline.embedded.elasticsearch.start import start
from pipeline.embedded.elasticsearch.state import State, remember, remembered
from pipeline.settings import Settings


def silent(message: str) -> None:
    """Tell nobody."""


def ensure_server(
    settings: Settings, progress: Progress = silent, *, extra: Mapping[str, str] | None = None
) -> RunningServer:
    """Return the embedded server, ready; start it if it does not run, and build it before if need be.

    It stays up after this process, for the next command, until :func:`stop_server`, and keeps the settings that it was
    started with. If this process is interrupted while it starts, it is ended. Two processes that call this at once get
    the same server. One that runs from an older build, or with other security than is wanted, is started anew.

    Args:
        settings: home, port, heap and security.
        progress: told while the user waits.
        extra: lines for ``elasticsearch.yml`` of a server that is started now; they win over ours.

    Raises:
        FihristError: it can't be built or started; the message says why and what to do.
    """
    root = _root(settings)
    with _one_at_a_time(root, progress):
        last = remembered(root)
        was_secure = bool(last and last.instance.secure)
        safe = was_secure if settings.es_security is None else settings.es_security
        if last and running_pid(last.instance):
            if last.build == source_hash() and was_secure == safe:
                return _wait(last.instance, progress)
            progress(
                f"Elasticsearch is to run with{'' if safe else 'out'} security: starting it anew"
                if was_secure != safe
                else "Elasticsearch was built from other sources than there are now: starting it anew"
            )
            stop(last.instance)
        machine = prepare_machine(settings, progress)
        ports = choose_ports(settings.es_port, last.instance.port if last else None)
        instance = Instance(root, ports, settings.es_heap, {**(SECURITY if safe else {}), **(extra or {})})
        if safe:
            secure(instance, machine, settings.security_folder, progress)
        remember(State(instance, source_hash()))
        server, _ = start(instance, machine, progress, lasting=True)
        return server


def stop_server(settings: Settings, progress: Progress = silent) -> bool:
    """Stop the embedded server and return whether there was one. Its data stay.

    Raises:
        FihristError: it belongs to another user.
    """
    root = _root(settings)
    with _one_at_a_time(root, progress):
        last = remembered(root)
        return stop(last.instance) if last else False


def server_status(settings: Settings) -> RunningServer | None:
    """Return the embedded server if it runs and answers. Nothing is started, built or waited for."""
    last = remembered(_root(settings))
    return running(last.instance) if last else None


def _wait(instance: Instance, progress: Progress) -> RunningServer:
    """Wait for a server that another command started, and perhaps was killed over."""

    def ended() -> str | None:
        return None if running_pid(instance) else "ended while this command waited for it"

    return wait_until_ready(instance, progress, ended)


def _root(settings: Settings) -> Path:
    return base_folder(settings, unprivileged_account()) / "elasticsearch"


def _one_at_a_time(root: Path, progress: Progress) -> AbstractContextManager[None]:
    return locked(
        root.with_suffix(".lock"), lambda: progress("waiting for another command that starts or stops Elasticsearch")
    )
