from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.failure import LINES, explain
from pipeline.embedded.elasticsearch.instance import Instance


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    (tmp_path / "logs").mkdir()
    return Instance(tmp_path, "9200", "1g")


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("There is insufficient memory for the Java Runtime Environment to continue.", "set FIHRIST_ES_HEAP"),
        ("java.lang.OutOfMemoryError: Java heap space", "set FIHRIST_ES_HEAP"),
        ("BindHttpException: Failed to bind to 127.0.0.1:9200", "set FIHRIST_ES_PORT"),
        ("failed to obtain node locks, tried [/x]", "another Elasticsearch works on the same data"),
        ("java.io.IOException: No space left on device", "the disk is full"),
        ("cannot downgrade a node from version [9.9.0] to version [9.5.3]", "another version of Elasticsearch"),
        ("unknown setting [a.b] please check", "it refuses one of its settings"),
        ("java.nio.file.AccessDeniedException: /x/data", "they must belong to the user who runs it"),
    ],
)
def test_known_cause_is_put_in_words(instance: Instance, said: str, cause: str) -> None:
    instance.log.write_text(f"starting\n{said}\n" + "\tat org.elasticsearch.Something(Some.java:1)\n" * 500)
    assert cause in explain(instance, "ended with exit code 1")


def test_arguments_that_the_log_repeats_are_no_cause(instance: Instance) -> None:
    instance.log.write_text("JVM arguments [-XX:+ExitOnOutOfMemoryError, -Xmx1g]\nunknown setting [x]")
    assert "it refuses one of its settings" in explain(instance, "ended")


def test_end_of_the_log_is_shown_without_stack_frames(instance: Instance) -> None:
    lines = [f"line {number}" for number in range(40)]
    instance.log.write_text("\n".join(lines) + "\n\tat a.B(C.java:1)\n\t... 12 more\n")
    shown = explain(instance, "ended").splitlines()[1:]
    assert shown == [f"  line {number}" for number in range(40 - LINES, 40)]


def test_console_is_shown_when_the_log_was_never_opened(instance: Instance) -> None:
    instance.console.write_text("Error: Could not create the Java Virtual Machine.\n")
    assert explain(instance, "ended with exit code 1").endswith("  Error: Could not create the Java Virtual Machine.")


def test_nothing_said_at_all_is_told_too(instance: Instance) -> None:
    message = explain(instance, "was not ready after 300 seconds")
    assert message.startswith("Elasticsearch was not ready after 300 seconds. ")
    assert message.endswith("  (nothing)")
