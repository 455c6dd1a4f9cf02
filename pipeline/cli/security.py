"""``fihrist security``: roles and API keys, made and checked."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.cluster import as_admin, cluster_settings
from pipeline.cli.console import err, out, print_json
from pipeline.errors import FihristError, NeedsPersonError
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.security.check import Finding
    from pipeline.security.keys import Key

app = typer.Typer(no_args_is_help=True, help="Who may do what: roles and API keys of the cluster.")


class Who(StrEnum):
    """Those who get a role and a key."""

    PIPELINE = "pipeline"
    STAFF = "staff"
    OPS = "ops"


Ones = Annotated[list[Who] | None, typer.Argument(help="Whose; default: all three.")]
Folder = Annotated[Path | None, typer.Option("--keys", help="Folder of the keys' files; default: .fihrist/security.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@app.command()
def setup(
    who: Ones = None,
    keys: Folder = None,
    expires: Annotated[str | None, typer.Option(help="How long new keys live, e.g. 90d; default: for ever.")] = None,
    rotate: Annotated[bool, typer.Option(help="New keys for old ones, which are withdrawn.")] = False,
    grace: Annotated[str | None, typer.Option(help="How long rotated keys go on working, e.g. 1h.")] = None,
    show: Annotated[bool, typer.Option("--print", help="New keys, on standard output and in no file.")] = False,
    space: Annotated[str, typer.Option(help="Kibana's space that staff and ops may read.")] = "fihrist",
    as_json: AsJson = False,
) -> None:
    """Put the roles into the cluster, and make an API key for each, in a file that only you can read.

    Needs the password of one who manages the cluster's security (FIHRIST_ES_USER, FIHRIST_ES_PASSWORD_FILE); on the
    embedded server, Fihrist has it. Doing it again keeps keys that work, and gives them the roles as they are now.

    Example: fihrist security setup --rotate --expires 90d
    """
    from pipeline.index.client import connect
    from pipeline.security.keys import Terms, key_file, set_up

    config = settings()
    if grace and not rotate:
        raise NeedsPersonError("--grace is about keys that are replaced: give --rotate too.")
    folder = None if show else (keys or config.security_folder)
    asked = [one.value for one in who or Who]
    try:
        with connect(as_admin(config)) as admin:
            made = set_up(
                admin, folder, prefix=config.index_prefix, space=space, who=asked, terms=Terms(expires, rotate, grace)
            )
    except OSError as error:
        raise FihristError(f"The keys can't be written to {folder}: {error.strerror}.") from error
    for key in made:
        if as_json:
            print_json(_as_json(key, folder, config.index_prefix))
        elif folder is None:
            print(f"{key.who} {key.secret}")
        else:
            file = key_file(folder, key.who, config.index_prefix)
            out.print(
                f"{key.who:<9} {'made' if key.made else 'kept'}  {file}  {_life(key.expires_at)}", highlight=False
            )
        if key.others and not rotate:
            err.print(f"· {key.who}: earlier keys that work too: {key.others}; --rotate withdraws them", style="dim")


@app.command()
def check(who: Ones = None, keys: Folder = None, as_json: AsJson = False) -> None:
    """Ask the cluster what each key may do: its work, and nothing else.

    Example: fihrist security check
    """
    from pipeline.index.client import connect
    from pipeline.security.check import check_key
    from pipeline.security.keys import key_file

    config = cluster_settings(settings())
    wrong = False
    for one in [one.value for one in who or Who]:
        file = key_file(keys or config.security_folder, one, config.index_prefix)
        with connect(config.model_copy(update={"es_api_key": None, "es_api_key_file": file})) as client:
            found = check_key(client, one, config.index_prefix)
        wrong |= not found.ok
        _print_finding(one, found, as_json=as_json)
    if wrong:
        raise typer.Exit(1)


def _print_finding(who: str, found: "Finding", *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "who": who, "name": found.name, "ok": found.ok, "expires_at": found.expires_at,
                "lacking": found.lacking, "beyond": found.beyond,
            }
        )  # fmt: skip
        return
    if found.ok:
        out.print(f"{who:<9} can do its work and nothing else; {_life(found.expires_at)}", highlight=False)
    for fault, rights in (("may not", found.lacking), ("may, and should not", found.beyond)):
        if rights:
            out.print(f"{who:<9} {fault}: {', '.join(rights)}", style="red", highlight=False, markup=False)


def _as_json(key: "Key", folder: Path | None, prefix: str) -> dict[str, object]:
    from pipeline.security.keys import key_file

    shown = {"file": str(key_file(folder, key.who, prefix))} if folder else {"key": key.secret}
    return {"who": key.who, "id": key.id, "made": key.made, "expires_at": key.expires_at, **shown}


def _life(expires_at: datetime | None) -> str:
    if expires_at is None:
        return "never expires"
    return f"expires {expires_at:%Y-%m-%d} (in {(expires_at - datetime.now(UTC)).days} days)"
