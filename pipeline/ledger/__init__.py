"""What happened to each raw file, and to each run."""
