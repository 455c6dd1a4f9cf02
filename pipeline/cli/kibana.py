"""``fihrist kibana``: what staff and ops see in Kibana, checked and pushed."""

from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer
from elasticsearch import Elasticsearch
from rich.table import Table
from rich.text import Text

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import err, isolate, out, print_json
from pipeline.errors import FihristError
from pipeline.settings import Settings, settings

app = typer.Typer(no_args_is_help=True, help="Dashboards, sessions and maps for Kibana: check, push.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@app.command()
def push(
    space: Annotated[str, typer.Option(help="Kibana's space; made if it does not exist.")] = "fihrist",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait until Kibana is ready.")] = 180.0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one request may take.")] = 30.0,
    as_json: AsJson = False,
) -> None:
    """Load all objects into Kibana; doing it again changes nothing. Exit code 1 if one failed.

    Example: FIHRIST_KIBANA_URL=https://kibana:5601 FIHRIST_KIBANA_CA=ca.pem fihrist kibana push
    """
    from pipeline.kibana.check import faults
    from pipeline.kibana.client import Kibana
    from pipeline.kibana.objects import load_objects, load_space, reading_roles
    from pipeline.kibana.push import push as bring

    if not space.replace("-", "").replace("_", "").isalnum() or not space.islower() or not space.isascii():
        raise typer.BadParameter("a space's id holds a-z, 0-9, _ and - only", param_hint="--space")
    objects = load_objects()
    if found := faults(objects):
        raise FihristError(
            f"{len(found)} faults in docker/kibana, nothing was pushed; 'fihrist kibana check' lists them."
        )
    counts: Counter[str] = Counter()
    with Kibana(settings(), space, timeout=timeout) as kibana:
        kibana.wait_until_ready(wait, lambda message: err.print(f"· {message}", style="dim", markup=False))
        for outcome in bring(kibana, objects, load_space(), reading_roles(), dry_run=dry_run):
            counts[outcome.state] += 1
            if as_json:
                print_json(asdict(outcome))
                continue
            line = Text(f"{outcome.state:>12}  {outcome.kind} {outcome.id}  {isolate(outcome.title)}")
            out.print(line.append(f"  {outcome.reason}" if outcome.reason else ""), soft_wrap=True)
    if not as_json:
        out.print(", ".join(f"{number} {state}" for state, number in counts.items()), highlight=False)
    if counts["failed"]:
        raise FihristError(
            f"{counts['failed']} of {counts.total()} could not be pushed; mend the cause and push again."
        )


@app.command()
def check(
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server.")] = False, as_json: AsJson = False
) -> None:
    """Check the objects against Kibana's API and the mappings, and ask Elasticsearch what each panel would ask it.

    Without an Elasticsearch that runs, or with --offline, only the objects are checked. Exit code 1 if something is
    wrong; a panel that has nothing to show yet is none.

    Example: fihrist kibana check
    """
    from pipeline.kibana.ask import ask
    from pipeline.kibana.check import faults
    from pipeline.kibana.objects import load_objects

    objects = load_objects()
    found = faults(objects)
    answers = []
    config = settings()
    if not found and not offline and (client := _cluster(config)):
        answers = list(ask(client, objects, config.index_prefix))
        found = [f"{answer.where}: {answer.fault}" for answer in answers if answer.fault]
    if as_json:
        print_json({"objects": len(objects), "faults": found, "answers": [asdict(answer) for answer in answers]})
    else:
        table = Table("panel, session or layer", "index", "documents", "shows data")
        for answer in answers:
            table.add_row(answer.where, answer.index, str(answer.documents), "yes" if answer.filled else "not yet")
        if answers:
            out.print(table)
        for fault in found:
            err.print(fault, markup=False, soft_wrap=True)
        out.print(f"{len(objects)} objects, {len(answers)} requests asked, {len(found)} faults")
    if found:
        raise typer.Exit(1)


def _cluster(config: Settings) -> Elasticsearch | None:
    """A client of the cluster that is set, or of the embedded one if it runs."""
    from pipeline.embedded.elasticsearch import server_status

    if config.es_url or server_status(config):
        return running_cluster(config)
    err.print("· no Elasticsearch runs, so only the objects are checked", style="dim")
    return None
