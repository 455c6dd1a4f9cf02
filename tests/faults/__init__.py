"""Faults that are injected for real; index and ledger are then compared with those of an undisturbed run."""
