"""The command ``fihrist``."""

import sys

from pipeline.errors import FihristError


def main() -> None:
    """Run the command line; an expected error becomes one sentence on standard error and exit code 1."""
    from pipeline.cli.app import app

    try:
        app()
    except FihristError as error:
        print(f"fihrist: {error}", file=sys.stderr)
        sys.exit(1)
