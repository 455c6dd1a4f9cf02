from pipeline.index.sizing import Sizing
from pipeline.index.templates import render_template
from pipeline.settings import Settings


def test_the_articles_index_is_laid_out_as_the_settings_say(monkeypatch):
    for name, value in {"SHARDS": "4", "REPLICAS": "1", "REFRESH_INTERVAL": "30s"}.items():
        monkeypatch.setenv(f"FIHRIST_{name}", value)
    layout = render_template(sizing=Sizing.of(Settings()))["settings"]["index"]
    assert (layout["number_of_shards"], layout["number_of_replicas"], layout["refresh_interval"]) == (4, 1, "30s")
    assert "default_field" in layout["query"], "the rest is the template's"


def test_the_ledger_has_the_replicas_only():
    before = render_template("ingest-runs")["settings"]["index"]
    after = render_template("ingest-runs", Sizing(4, 2, "30s"))["settings"]["index"]
    assert after == {**before, "number_of_replicas": 2}
