"""Who may do what in the cluster: roles, the API keys that hold them, and a check of what each key can do."""
