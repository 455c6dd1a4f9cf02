"""A server for one purpose, with data of its own, that ends with it: tests, benchmarks, trials of settings."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.embedded.elasticsearch.instance import Instance, Progress, RunningServer
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.embedded.elasticsearch.port import choose_ports
from pipeline.embedded.elasticsearch.running import stop
from pipeline.embedded.elasticsearch.server import silent
from pipeline.embedded.elasticsearch.start import QUICK_JAVA, start
from pipeline.settings import Settings


@contextmanager
def temporary_server(
    settings: Settings,
    progress: Progress = silent,
    *,
    root: Path | None = None,
    heap: str = "512m",
    port: int = 0,
    extra: Mapping[str, str] | None = None,
    quick: bool = True,
) -> Iterator[RunningServer]:
    """Start a server for the block; it also ends if this process dies in the block, whatever of.

    Args:
        settings: where the distribution is, or is built.
        progress: told while the server is built and started.
        root: folder of its data, which stays (root's server must be able to enter it); None: one that is deleted.
        heap: as Java writes it.
        port: port on 127.0.0.1; 0: a free one.
        extra: lines for ``elasticsearch.yml``; they win over ours. With security on, put certificates into
            ``root/config`` first.
        quick: start quickly rather than work fast; False for measurements.

    Raises:
        FihristError: it can't be built or started; the message says why and what to do.
    """
    machine = prepare_machine(settings, progress)
    folder = root or Path(tempfile.mkdtemp(prefix="elasticsearch-", dir=machine.distribution.parent))
    instance = Instance(folder.resolve(), choose_ports(port), heap, dict(extra or {}), (QUICK_JAVA,) if quick else ())
    try:
        server, launcher = start(instance, machine, progress, lasting=False)
        try:
            yield server
        finally:
            stop(instance)
            launcher.wait()
    finally:
        if root is None:
            shutil.rmtree(folder)
