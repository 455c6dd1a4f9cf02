"""Start one server and wait until it is ready, or say why it is not."""

import os
import subprocess
from pathlib import Path

from pipeline.embedded.elasticsearch.account import give
from pipeline.embedded.elasticsearch.config import write_config
from pipeline.embedded.elasticsearch.instance import VERSION, Instance, Progress, RunningServer
from pipeline.embedded.elasticsearch.machine import Machine
from pipeline.embedded.elasticsearch.memory import check_memory
from pipeline.embedded.elasticsearch.process import die_with_parent, interruptible, kill_group
from pipeline.embedded.elasticsearch.running import running_pid, wait_until_ready
from pipeline.errors import FihristError

QUICK_JAVA = "-XX:TieredStopAtLevel=1"
"""Without the optimising compiler: a start takes less than half the processor time, long work more."""


def start(
    instance: Instance, machine: Machine, progress: Progress, *, lasting: bool
) -> tuple[RunningServer, "subprocess.Popen[bytes]"]:
    """Start the instance and return it when it is ready, with the process that launched it.

    If this process is interrupted meanwhile, both are ended. A lasting server's launcher has ended on return, another's
    ends with its server and must be waited for then.

    Args:
        instance: folders, port and settings.
        machine: what to run it with.
        progress: told every few seconds.
        lasting: True: it lives on after this process; False: it dies with this process, however that ends.

    Raises:
        FihristError: not enough memory, or the server ended or was not ready in time; with the end of its log.
    """
    check_memory(instance.heap)
    progress(f"starting Elasticsearch {VERSION}")
    with interruptible():
        process = _spawn(instance, machine, lasting=lasting)

        def ended() -> str | None:
            code = process.poll()
            # A lasting server's launcher ends with 0 and leaves the server; any other end is a failure.
            failed = code is not None and (code != 0 or running_pid(instance) is None)
            return f"ended with exit code {code}" if failed else None

        try:
            server = wait_until_ready(instance, progress, ended)
            if lasting:
                process.wait()  # it leaves the server to itself once that says that it is up
            return server, process
        except BaseException:
            kill_group(process)
            raise


def _spawn(instance: Instance, machine: Machine, *, lasting: bool) -> "subprocess.Popen[bytes]":
    account = machine.account
    try:
        config = write_config(instance, machine.distribution)
        if instance.log.exists():  # so that the reason of a failure is looked for in this start's lines
            instance.log.replace(instance.log.with_suffix(".previous.log"))
        for stale in (instance.pid_file, instance.ports_file):
            stale.unlink(missing_ok=True)
        output = instance.console.open("wb")
        if account:
            give(instance.root, account)
    except OSError as error:
        raise FihristError(f"Can't prepare Elasticsearch's folder: {error}. It must belong to you.") from error
    command = [
        str(machine.distribution / "bin/elasticsearch"),
        "--daemonize" if lasting else "--quiet",  # either way, its console falls silent once it is up
        "--pidfile",
        str(instance.pid_file),
    ]
    with output:
        try:
            return subprocess.Popen(
                command,
                env=server_environment(instance, machine, config),
                cwd=instance.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us to pass on, not for the server to hear
                preexec_fn=None if lasting else die_with_parent(),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        except (OSError, subprocess.SubprocessError) as error:
            who = f" as the user {account.name}" if account else ""
            raise FihristError(f"Can't run Elasticsearch{who}: {error}.") from error


def server_environment(instance: Instance, machine: Machine, config: Path) -> dict[str, str]:
    """Return all that the server and its tools see of the environment: nothing is inherited by accident."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "HOME": str(instance.root),
        "ES_JAVA_HOME": str(machine.jdk.home),
        "ES_PATH_CONF": str(config),
        "ES_TMPDIR": str(instance.root / "tmp"),
        "CLI_JAVA_OPTS": QUICK_JAVA,  # the launcher's own Java
        # The heap is taken when needed: on a laptop the whole of it from the first second is too much.
        "ES_JAVA_OPTS": " ".join(
            [f"-Xms{instance.heap}", f"-Xmx{instance.heap}", "-XX:-AlwaysPreTouch", *instance.java_options]
        ),
    }
