"""``fihrist search``: a newsroom's query, in the terminal."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import isolate, out, print_json
from pipeline.errors import FihristError
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.index.search import Fragment, Hit


def search(
    query: Annotated[str, typer.Argument(help='Words; "…" for a phrase, -word to exclude.')],
    outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    language: Annotated[str | None, typer.Option(help="Only this language (ISO 639 code).")] = None,
    person: Annotated[str | None, typer.Option(help="Only articles that name this person.")] = None,
    place: Annotated[str | None, typer.Option(help="Only articles that name this place.")] = None,
    organization: Annotated[str | None, typer.Option(help="Only articles that name this organisation.")] = None,
    since: Annotated[str | None, typer.Option(help="First day, e.g. 2018-01-09.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    size: Annotated[int, typer.Option(min=1, max=1000, help="Hits to show.")] = 10,
    newest: Annotated[bool, typer.Option(help="Newer articles before better ones.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Search the articles: every spelling, with or without vowels, hamza or the article ال.

    Example: fihrist search 'الولايات المتحدة' --place درعا
    """
    from pipeline.index.names import IndexNames
    from pipeline.index.search import search as find

    config = settings()
    client, index = running_cluster(config), IndexNames(config.index_prefix).articles
    if not client.indices.exists_alias(name=index):
        raise FihristError("there are no articles yet; 'fihrist run FOLDER' indexes some")
    found = find(
        client,
        query,
        index=index,
        outlet=outlet,
        language=language,
        person=person,
        place=place,
        organization=organization,
        since=since,
        until=until,
        size=size,
        recent_first=newest,
    )
    if as_json:
        print_json(asdict(found))
        return
    for number, hit in enumerate(found.hits, start=1):
        _print_hit(number, hit)
    out.print(f"{found.total} articles in {found.took_ms} ms", highlight=False)
    for facet, values in found.facets.items():
        if values:
            shown = "، ".join(f"{isolate(name)} {count}" for name, count in values[:6])
            out.print(Text(f"{facet}: {shown}", style="dim"))


def _print_hit(number: int, hit: "Hit") -> None:
    head = Text(f"{number}. ", style="bold")
    head.append_text(_marked(hit.title_fragment, "bold") if hit.title_fragment else Text(isolate("(بلا عنوان)")))
    out.print(head)
    facts = (hit.published_at or hit.timestamp[:10], hit.outlet, hit.language, hit.uri)
    out.print(Text("   " + " · ".join(isolate(fact) for fact in facts if fact), style="dim"))
    for fragment in hit.fragments:
        out.print(Text("   ").append_text(_marked(fragment)))
    if hit.copies:
        out.print(Text(f"   also in {len(hit.copies)} more", style="dim"))
    out.print()


def _marked(fragment: "Fragment", style: str = "") -> Text:
    text = Text("\u2068", style=style)
    for part, is_hit in fragment:
        text.append(part.replace("\n", " "), style="reverse" if is_hit else "")
    return text.append("\u2069")
