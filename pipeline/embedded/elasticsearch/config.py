"""The server's configuration folder: written anew at each start, so that settings of ours never go stale."""

import shutil
from pathlib import Path

from pipeline.embedded.elasticsearch.instance import HOST, NAME, Instance

SETTINGS = {
    "cluster.name": NAME,
    "node.name": NAME,
    "network.host": HOST,
    "transport.port": "0",
    "discovery.type": "single-node",
    "xpack.security.enabled": "false",
    # The defaults are shares of the disk: a laptop's disk that is 95 % full would make every index read-only, with
    # twenty free gigabytes.
    "cluster.routing.allocation.disk.watermark.low": "2gb",
    "cluster.routing.allocation.disk.watermark.high": "1gb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "512mb",
}
"""What differs from Elasticsearch's own defaults for one node on a machine that has other work to do."""


def write_config(instance: Instance, distribution: Path) -> Path:
    """Write the configuration of the instance and return its folder.

    The keystore, certificates and whatever else the user put there stay.
    """
    folder = instance.root / "config"
    for needed in (folder, instance.root / "data", instance.root / "tmp", instance.logs):
        needed.mkdir(parents=True, exist_ok=True)
    for name in ("jvm.options", "log4j2.properties"):
        shutil.copyfile(distribution / "config" / name, folder / name)
    lines = {
        **SETTINGS,
        "http.port": instance.ports,
        "node.portsfile": "true",
        "path.data": str(instance.root / "data"),
        "path.logs": str(instance.logs),
        **instance.extra,
    }
    text = "".join(f"{key}: {_quoted(value)}\n" for key, value in lines.items())
    (folder / "elasticsearch.yml").write_text(f"# Written by Fihrist at each start.\n{text}", encoding="utf-8")
    return folder


def _quoted(value: str) -> str:
    """Return the value as YAML: lists as they are, all else as a quoted string (paths may hold anything)."""
    if value.startswith("["):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
