"""Commands that need no server: ``extract``, ``inspect``, ``entities``, ``language``."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import err, isolate, out, print_json
from pipeline.errors import BadInputError

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Raw text or HTML files.")]
Lines = Annotated[Path | None, typer.Argument(metavar="[FILE|-]", help="One text a line; - or none: standard input.")]

_COLOURS = {"person": "magenta", "location": "green", "organization": "cyan"}


def extract(files: Files) -> None:
    """Clean and enrich files without any server; print one document a line, in the order given.

    Example: fihrist extract seeds/*.txt | jq .title
    """
    from pipeline.flow.extract import extract_file

    bad = 0
    for file in files:
        try:
            print_json(extract_file(file))
        except BadInputError as error:
            bad += 1
            err.print(f"fihrist: {isolate(str(file))}: {error} ({error.reason})", highlight=False, markup=False)
    if bad:
        raise typer.Exit(1)


def inspect(file: Annotated[Path, typer.Argument(help="A raw text or HTML file.")]) -> None:
    """Show what stays of a file, what goes and why, what was mended, and who and what is named.

    Example: fihrist inspect seeds/004_74dcb96717c844b5.txt
    """
    from pipeline.flow.extract import extract_file

    document = extract_file(file)
    facts = Table.grid(padding=(0, 2))
    for field in ("title", "published_at", "published_precision", "published_inferred", "authors", "outlet", "section",
                  "tags", "captions", "language", "language_confidence", "word_count"):  # fmt: skip
        value = document[field]
        shown = "، ".join(value) if isinstance(value, list) else "–" if value is None else str(value)
        facts.add_row(field, Text(isolate(shown), style="bold" if field == "title" else ""))
    out.print(facts)
    out.rule("stays")
    out.print(_marked(document["body"], [m for m in document["mentions"] if m["field"] == "body"]))
    _table("goes", ("kind", "why", "text"), [(r["kind"], r["reason"], r["text"]) for r in document["removed"]])
    _table("mended", ("kind", "before", "after"), [(r["kind"], r["before"], r["after"]) for r in document["repairs"]])
    named = {(m["type"], m["name"], m["wikidata"] or "") for m in document["mentions"]}
    _table("named", ("type", "name", "wikidata"), sorted(named))


def entities(file: Lines = None) -> None:
    """Recognise entities in texts, one a line; print one JSON object a line with character offsets.

    Example: echo "زار أنطونيو غوتيريش دمشق" | fihrist entities
    """
    from pipeline.enrich.entities.recognise import recognise

    for line in _lines(file):
        mentions = [asdict(mention) for mention in recognise(None, line)]
        for mention in mentions:
            del mention["field"]
        print_json({"mentions": mentions})


def language(file: Lines = None) -> None:
    """Tell the language of texts, one a line; print one JSON object a line.

    Example: echo "ئەمە کوردییە" | fihrist language
    """
    from pipeline.enrich.language import detect

    for line in _lines(file):
        found = detect(line)
        print_json({"language": found.code, "confidence": round(found.confidence, 4)})


def _lines(file: Path | None) -> Iterator[str]:
    given = file is not None and str(file) != "-"
    with file.open("rb") if given and file else nullcontext(sys.stdin.buffer) as lines:
        for line in lines:
            yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _marked(body: str, mentions: list[dict[str, object]]) -> Text:
    text = Text(body)
    for mention in mentions:
        text.stylize(_COLOURS[str(mention["type"])], int(str(mention["start"])), int(str(mention["end"])))
    return text


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    out.rule(f"{title}: {len(rows)}")
    if not rows:
        return
    table = Table(*columns, box=None, padding=(0, 2))
    for row in rows:
        table.add_row(*(Text(isolate(cell.strip().replace("\n", " ⏎ "))) for cell in row))
    out.print(table)
