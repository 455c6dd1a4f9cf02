"""What staff and ops see in Kibana, as code: loaded, checked against API and mappings, and pushed."""
