"""What the lines of a log are about: run, batch, file.

Modules log by the standard library, one line an event, and never an article's text at INFO. What :func:`about` names
goes with each line as fields of its own: Airflow's logs are structured (structlog), in its files as JSON, one object a
line, and in its user interface behind the message.
"""

from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars


def about(**facts: str | None) -> AbstractContextManager[None]:
    """Give these facts to every line that is logged inside the block; such as are None are left out."""
    return bound_contextvars(**{name: fact for name, fact in facts.items() if fact is not None})
