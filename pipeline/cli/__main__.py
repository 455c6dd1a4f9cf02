"""``python -m pipeline.cli``: the command ``fihrist``."""

from pipeline.cli import main

main()
