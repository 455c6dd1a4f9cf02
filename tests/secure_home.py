"""The home of a secure Elasticsearch, made by settings alone, as a user makes it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.embedded.elasticsearch import stop_server
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.settings import Settings


@contextmanager
def secure_home(heap: str) -> Iterator[Settings]:
    """Settings of an installation of its own; its server is stopped after the block, and its folder deleted."""
    distribution = prepare_machine(Settings(), print).distribution
    # Not below pytest's own folder: that is closed to the user as whom root's server runs.
    home = Path(tempfile.mkdtemp(prefix="secure-", dir=distribution.parent))
    home.chmod(0o755)
    (home / distribution.name).symlink_to(distribution)
    settings = Settings(home=home, es_heap=heap, es_port=0, es_security=True)
    try:
        yield settings
    finally:
        stop_server(settings)
        shutil.rmtree(home)
