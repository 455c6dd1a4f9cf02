"""The search page: staff search and read, ops see runs, all from the index and with read-only rights."""
