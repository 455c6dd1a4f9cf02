"""Fihrist: from raw Arabic news files to a clean, enriched, searchable Elasticsearch index.

The packages stand in the order in which data flows, and each imports only what stands before it:
``sources`` → ``clean`` → ``enrich`` → ``index`` → ``ledger`` → ``flow``.
"""

__version__ = "0.1.0"
