"""The command ``fihrist``."""

import sys

from pipeline.errors import FihristError, NeedsPersonError


def main() -> None:
    """Run the command line; an expected error becomes one sentence on standard error.

    Its exit code is 1, or 2 where trying again is in vain until a person has mended something, as for wrong usage.
    """
    from pipeline.cli.app import app
    from pipeline.index.client import clear_errors

    try:
        with clear_errors():
            app()
    except FihristError as error:
        print(f"fihrist: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, NeedsPersonError) else 1)
