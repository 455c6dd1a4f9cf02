"""What all tests share: one real Elasticsearch for the session, started when a test first asks for it."""

import email
import json
import os
from collections.abc import Callable, Iterator
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from elasticsearch import Elasticsearch

from pipeline.embedded.airflow.port import free_port
from pipeline.embedded.elasticsearch import temporary_server
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[str]:
    """Address of an empty server with security off.

    ``FIHRIST_TEST_ES_URL`` names one that runs already, so that a developer need not wait for the start each time;
    then tests must not take it for empty.
    """
    given = os.environ.get("FIHRIST_TEST_ES_URL")
    if given:
        yield given
        return
    with temporary_server(Settings(), lambda message: print(message, flush=True)) as server:
        yield server.url


@pytest.fixture(scope="session")
def client(elasticsearch_server: str) -> Iterator[Elasticsearch]:
    """A client of the session's server."""
    with Elasticsearch(elasticsearch_server, request_timeout=30) as connected:
        yield connected


@pytest.fixture(scope="session")
def remove_indices(client: Elasticsearch) -> Callable[[str], None]:
    """Deletes the indices of an installation, given its prefix."""

    def remove(prefix: str) -> None:
        names = client.indices.get(index=f"{prefix}*", features="aliases")
        if names:
            client.indices.delete(index=",".join(names))

    return remove


class MailServer(MessageHandler):
    """A real SMTP server on this machine, and the mails that it took."""

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port(0)
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=default))

    @property
    def connection(self) -> str:
        """Airflow's connection to it, for AIRFLOW_CONN_SMTP_DEFAULT."""
        plain = {"disable_ssl": True, "disable_tls": True}
        return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": self.port, "extra": plain})

    def html(self, number: int = -1) -> str:
        return str(self.mails[number].get_body(("html",)).get_content())


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()
