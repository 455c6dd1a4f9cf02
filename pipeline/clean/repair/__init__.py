"""Mend the text that stays: glued words, mojibake, presentation forms, invisible characters, stray entities."""

from pipeline.clean.repair.text import repair

__all__ = ["repair"]
