"""The way back: the index before the last rebuild is searched again, without losing what has come since."""

import logging
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from pipeline.errors import FihristError
from pipeline.flow.linking import link_entries
from pipeline.index import aliases
from pipeline.index.carry import carry_over, mark
from pipeline.index.duplicates import StoredArticles
from pipeline.index.names import IndexNames
from pipeline.ledger.files import mark_failed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What a rollback did."""

    index: str
    """The index that is live now."""
    carried: int
    """Articles that came since it was live last, and were taken over."""
    refused: int
    """Such articles that its mapping does not take; the ledger has them as failed, so the next run does them again."""


def rollback(client: Elasticsearch, names: IndexNames) -> RolledBack:
    """Let the previous index go live again; doing it twice goes forward again.

    Raises:
        FihristError: there is no previous index.
    """
    current, target = aliases.live(client, names), aliases.previous(client, names)
    if current is None or target is None:
        raise FihristError("There is no previous index to go back to: none was kept, or no rebuild has been made.")
    reached = mark(client, current)
    before = carry_over(client, current, target)
    client.indices.refresh(index=target)
    aliases.swap(client, names, target)
    log.info("%s is live again", target)
    after = carry_over(client, current, target, since=reached)  # what was written to the other until the swap
    stored = StoredArticles(client, target)
    ids = [*before.ids, *after.ids]
    if ids:
        link_entries(list(stored.get(ids)), stored)
    refused = before.refused | after.refused
    mark_failed(client, names.files, reason="rolled-back", messages=refused)
    return RolledBack(target, len(ids), len(refused))
