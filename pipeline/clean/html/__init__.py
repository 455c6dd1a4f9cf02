"""Read HTML pages: the main content by structure, what was cut and why, and what the page states of itself."""

from pipeline.clean.html.page import Metadata, Page
from pipeline.clean.html.read import read_page, reading

__all__ = ["Metadata", "Page", "read_page", "reading"]
