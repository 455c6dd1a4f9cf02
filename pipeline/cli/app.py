"""The commands and their groups."""

import typer

from pipeline.cli import indices, kibana, ledger, run, search, security, serve, stack, texts

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From raw Arabic news files to a clean, enriched, searchable Elasticsearch index.",
)

app.command()(run.run)
app.command()(texts.extract)
app.command()(texts.inspect)
app.command()(texts.entities)
app.command()(texts.language)
app.command()(search.search)
app.command()(serve.serve)
app.command()(stack.up)
app.command()(stack.down)
app.command()(stack.doctor)
app.command()(ledger.runs)
app.command()(ledger.files)
app.command()(run.retry)
app.add_typer(indices.app, name="index")
app.add_typer(security.app, name="security")
app.add_typer(kibana.app, name="kibana")
