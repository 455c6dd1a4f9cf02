"""The libraries that Fihrist's cleaning is measured against, each as a function from a page's HTML to its main text.

They are installed by ``uv sync --group bench`` (or ``pip install --group bench``); the pipeline needs none of them.
Each runs with its own defaults, or with what its documentation says is best for news.
"""

import logging
import re
from collections.abc import Callable

Extract = Callable[[str], str]

_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/h\d|/li|/tr|/td)\b[^>]*>")


def peers() -> dict[str, Extract]:
    """Return the peers by name, in the order of the table."""
    logging.disable(logging.ERROR)
    return {
        "trafilatura": _trafilatura(),
        "trafilatura, precision": _trafilatura(favor_precision=True),
        "trafilatura, fast": _trafilatura(fast=True),
        "readability-lxml": _readability(),
        "jusText": _justext(),
        "boilerpy3": _boilerpy3(),
        "resiliparse": _resiliparse(),
    }


def _trafilatura(**options: bool) -> Extract:
    import trafilatura

    return lambda html: trafilatura.extract(html, include_comments=False, **options) or ""


def _readability() -> Extract:
    from lxml.html import document_fromstring
    from readability import Document

    def extract(html: str) -> str:
        summary = Document(html).summary()
        return str(document_fromstring(_BREAK.sub(lambda tag: tag.group() + "\n", summary)).text_content())

    return extract


def _justext() -> Extract:
    import justext

    stoplist = justext.get_stoplist("Arabic")
    return lambda html: "\n".join(
        paragraph.text for paragraph in justext.justext(html, stoplist) if not paragraph.is_boilerplate
    )


def _boilerpy3() -> Extract:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda html: extractor.get_content(html) or ""


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True))
