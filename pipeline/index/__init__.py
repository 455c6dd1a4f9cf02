"""Load articles into Elasticsearch and search them: templates, bulk loading, aliases, rebuild and rollback."""
