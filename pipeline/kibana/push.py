"""Bring Kibana to what the objects say: each is read, written and read again, so that a second push changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.kibana import stored
from pipeline.kibana.client import Kibana
from pipeline.kibana.errors import KibanaError, RefusedError
from pipeline.kibana.objects import KibanaObject, Payload
from pipeline.kibana.render import Rendered, render

State = Literal["created", "updated", "unchanged", "failed", "skipped", "would create", "would write"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object."""

    kind: str
    id: str
    title: str
    state: State
    reason: str = ""
    """Why it failed or was skipped."""


def push(
    kibana: Kibana, objects: Sequence[KibanaObject], space: Payload, roles: Sequence[str], *, dry_run: bool = False
) -> Iterator[Outcome]:
    """Yield what became of each: the space first, then objects after those that they refer to, then who may look.

    One that is refused is ``failed``, and the others go on.

    Args:
        kibana: one that is ready.
        objects: what to push; they must have passed the checks.
        space: name and looks of the space, if it has to be made.
        roles: names of the roles that are to see the space.
        dry_run: only read.

    Raises:
        KibanaError: Kibana can't be used any more (away, credentials refused), or the space can't be made.
    """
    rendered = render(objects, kibana.target)
    if kibana.target.space != "default":
        outcome = _try("space", kibana.target.space, str(space["name"]), lambda: _space(kibana, space, dry_run))
        yield outcome
        if outcome.state == "failed":
            raise KibanaError(f"The space {outcome.id} can't be used: {outcome.reason}")
        if outcome.state == "would create":
            yield from (Outcome(_kind(item), item.id, item.title, "would create") for item in rendered)
            return
    usable = []
    for item in rendered:
        outcome = _object(kibana, item, dry_run)
        yield outcome
        usable += [item] if item.kind == "data-views" and outcome.state != "failed" else []
    if usable and not dry_run:
        yield _default(kibana, usable[0])
    yield from (_role(kibana, name, dry_run) for name in roles)


def _try(kind: str, id_: str, title: str, work: Callable[[], State]) -> Outcome:
    try:
        return Outcome(kind, id_, title, work())
    except RefusedError as error:
        return Outcome(kind, id_, title, "failed", str(error))


def _space(kibana: Kibana, space: Payload, dry_run: bool) -> State:
    if stored.read_space(kibana) is not None:
        return "unchanged"
    if dry_run:
        return "would create"
    stored.write_space(kibana, space)
    return "created"


def _object(kibana: Kibana, item: Rendered, dry_run: bool) -> Outcome:
    def work() -> State:
        before = stored.read(kibana, item)
        if dry_run:
            return "would create" if before is None else "would write"
        stored.write(kibana, item, before)
        if before is None:
            return "created"
        return "unchanged" if stored.read(kibana, item) == before else "updated"

    return _try(_kind(item), item.id, item.title, work)


def _kind(item: Rendered) -> str:
    return item.kind.removesuffix("s")


def _default(kibana: Kibana, item: Rendered) -> Outcome:
    def work() -> State:
        if stored.read_default(kibana):
            return "unchanged"
        stored.write_default(kibana, item.id)
        return "created"

    return _try("default data view", item.id, item.title, work)


def _role(kibana: Kibana, name: str, dry_run: bool) -> Outcome:
    """See to it that a role may look. Roles are made with Elasticsearch's security, not here, and by others than us."""
    try:
        role = stored.read_role(kibana, name)
        if role is None:
            return Outcome(
                "role", name, name, "skipped", "there is no such role yet: 'fihrist security setup' makes it"
            )
        if stored.may_look(role, kibana.target.space):
            return Outcome("role", name, name, "unchanged")
        if dry_run:
            return Outcome("role", name, name, "would write")
        stored.let_look(kibana, name, role)
    except RefusedError as error:
        return Outcome("role", name, name, "skipped", f"it could not be looked at or changed: {error}")
    return Outcome("role", name, name, "updated")
