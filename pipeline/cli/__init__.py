"""The command ``fihrist``."""
