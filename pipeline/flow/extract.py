"""Clean and enrich one file without any server: what ``fihrist extract`` and ``inspect`` do."""

from pathlib import Path

from pipeline.clean.cleaner import clean
from pipeline.enrich.article import Article, Document
from pipeline.enrich.enrich import enrich
from pipeline.errors import BadInputError
from pipeline.sources.listing import list_files
from pipeline.sources.reading import read_file


def extract_file(file: Path) -> Document:
    """Return the document of one file, named after its folder.

    Raises:
        BadInputError: the file can't become an article.
    """
    if not file.is_file():
        what = "is a folder; give the files in it" if file.is_dir() else "does not exist; give a text or HTML file"
        raise BadInputError("not-a-file", what)
    (listed,) = list_files(str(file))
    raw = read_file(listed)
    cleaned = clean(raw)
    return Article(raw.provenance, cleaned, enrich(cleaned)).document(run_id=None)
