"""Servers that Fihrist starts itself where none is given: Elasticsearch and Airflow on 127.0.0.1."""
