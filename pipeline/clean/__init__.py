"""Take the furniture out and mend the text: ``RawFile`` → :class:`~pipeline.clean.article.CleanArticle`."""

from pipeline.clean.article import CleanArticle
from pipeline.sources.raw import RawFile


def clean(raw: RawFile) -> CleanArticle:
    """Clean a raw file (see :func:`pipeline.clean.cleaner.clean`), which is loaded when first called."""
    from pipeline.clean import cleaner

    return cleaner.clean(raw)
