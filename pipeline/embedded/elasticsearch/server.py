"""The user's one embedded server: started once, kept between commands, stopped on request."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.embedded.elasticsearch.account import unprivileged_account
from pipeline.embedded.elasticsearch.instance import Instance, Progress, RunningServer, base_folder
from pipeline.embedded.elasticsearch.lock import locked
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.embedded.elasticsearch.port import choose_ports
from pipeline.embedded.elasticsearch.running import running, running_pid, stop, wait_until_ready
from pipeline.embedded.elasticsearch.start import start
from pipeline.errors import FihristError
from pipeline.settings import Settings


def silent(message: str) -> None:
    """Tell nobody."""


def ensure_server(
    settings: Settings, progress: Progress = silent, *, extra: Mapping[str, str] | None = None
) -> RunningServer:
    """Return the embedded server, ready; start it if it does not run, and build it before if need be.

    It stays up after this process, for the next command, until :func:`stop_server`. If this process is interrupted
    while it starts, it is ended. Two processes that call this at once get the same server.

    Args:
        settings: home, port and heap.
        progress: told while the user waits.
        extra: lines for ``elasticsearch.yml`` of a server that is started now; they win over ours.

    Raises:
        FihristError: it can't be built or started; the message says why and what to do.
    """
    root = _root(settings)
    with _one_at_a_time(root, progress):
        last = _remembered(root)
        if last and running_pid(last):
            return wait_until_ready(
                last, progress, lambda: None if running_pid(last) else "ended while this command waited for it"
            )
        machine = prepare_machine(settings, progress)
        ports = choose_ports(settings.es_port, last.port if last else None)
        instance = Instance(root, ports, settings.es_heap, dict(extra or {}))
        _remember(instance)
        server, _ = start(instance, machine, progress, lasting=True)
        return server


def stop_server(settings: Settings, progress: Progress = silent) -> bool:
    """Stop the embedded server and return whether there was one. Its data stay.

    Raises:
        FihristError: it belongs to another user.
    """
    root = _root(settings)
    with _one_at_a_time(root, progress):
        last = _remembered(root)
        return stop(last) if last else False


def server_status(settings: Settings) -> RunningServer | None:
    """Return the embedded server if it runs and answers. Nothing is started, built or waited for."""
    last = _remembered(_root(settings))
    return running(last) if last else None


def _root(settings: Settings) -> Path:
    return base_folder(settings, unprivileged_account()) / "elasticsearch"


def _one_at_a_time(root: Path, progress: Progress) -> AbstractContextManager[None]:
    return locked(
        root.with_suffix(".lock"), lambda: progress("waiting for another command that starts or stops Elasticsearch")
    )


def _remember(instance: Instance) -> None:
    instance.root.mkdir(exist_ok=True)
    state = {"ports": instance.ports, "heap": instance.heap, "extra": dict(instance.extra)}
    _state_file(instance.root).write_text(json.dumps(state), encoding="utf-8")


def _remembered(root: Path) -> Instance | None:
    """Return the instance that was started last, whether it still runs or not."""
    file = _state_file(root)
    if not file.is_file():
        return None
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
        return Instance(root, str(state["ports"]), str(state["heap"]), dict(state["extra"]))
    except (ValueError, KeyError, TypeError) as error:
        raise FihristError(f"{file} is not what Fihrist wrote there ({error}): delete it.") from error


def _state_file(root: Path) -> Path:
    return root / "server.json"
