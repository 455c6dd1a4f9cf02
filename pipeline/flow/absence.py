"""Files that are gone: known at a root, and not in its listing any more.

What was not looked at is not gone: other roots of the source, what a pattern left out, a folder that could not be read.
And when much is gone at once, the disk may just not be mounted: then nothing is believed without permission.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import NeedsPersonError
from pipeline.flow.manifest import Request
from pipeline.ledger.files import Known
from pipeline.sources.listing import matches

FEW = 10
"""So many files may always be gone."""


class ManyMissingError(NeedsPersonError):
    """So many files are gone that the folder may not be the one it was."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What is gone."""

    ids: tuple[str, ...] = ()
    warning: str | None = None
    """Why nothing was taken for gone although it is not there."""


def find_absent(
    present: Mapping[str, Known],
    listed: Collection[str],
    skipped: Sequence[str],
    request: Request,
    largest_share: float,
) -> Absence:
    """Return the files that are gone since a root was listed last.

    Args:
        present: what the ledger knows of the files that were there then, by article id.
        listed: ids of those that are there now.
        skipped: what could not be looked at: paths of files, and of folders with ``/`` at their end.
        request: what the run was asked.
        largest_share: of the files that may be gone at once, 0 to 1.

    Raises:
        ManyMissingError: more than that is gone, and nothing is left, or what is gone was to be removed.
    """
    folders = tuple(path for path in skipped if path.endswith("/") or not path)
    unseen = frozenset(skipped)
    gone = tuple(
        id_
        for id_, known in present.items()
        if id_ not in listed
        and known.path not in unseen
        and not known.path.startswith(folders)
        and matches(known.path, request.pattern)
    )
    if request.accept_missing or len(gone) <= max(FEW, largest_share * len(present)):
        return Absence(gone)
    what = f"{len(gone):,} of the {len(present):,} files that were below {request.path} are gone"
    if request.prune or not listed:
        raise ManyMissingError(
            f"{what}: is its disk mounted? Nothing was done. If this is right, run once with 'accept_missing' "
            "(fihrist run --accept-missing); FIHRIST_MISSING_SHARE says how much may go in a night"
        )
    return Absence(
        warning=f"{what}; their articles are left as they are, in case its disk is not mounted. If this is right, run "
        "once with 'accept_missing' (fihrist run --accept-missing)"
    )
