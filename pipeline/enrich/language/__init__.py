"""The language of a text, and the languages of an article."""

from pipeline.enrich.language.detector import detect
from pipeline.enrich.language.paragraphs import languages, languages_of_all
from pipeline.enrich.language.result import UNDETERMINED, Language, Languages

__all__ = ["UNDETERMINED", "Language", "Languages", "detect", "languages", "languages_of_all"]
