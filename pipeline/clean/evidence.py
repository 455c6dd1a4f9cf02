"""What one block shows, alone and among its neighbours: all that the decision may rest on."""

from dataclasses import dataclass

from pipeline.clean.block import Block
from pipeline.clean.byline import Byline
from pipeline.clean.dates import DateSpan
from pipeline.clean.line import Line
from pipeline.clean.repetition.repeated import Share


@dataclass(slots=True)
class Evidence:
    """The evidence on one block."""

    block: Block
    line: Line
    stems: frozenset[str]
    """Its content words (:func:`~pipeline.clean.words.stems`)."""
    key: int | None
    """Its hash (:func:`~pipeline.clean.repetition.keys.line_key`)."""
    date: DateSpan | None = None
    """A date in a short line, whether or not it is the whole line."""
    byline: Byline | None = None
    is_name: bool = False
    """Nothing but one or more personal names."""
    may_be_name: bool = False
    """Shaped like one name, no given name known; its place must agree."""
    repeats: int = 1
    """How often the line stands in the file."""
    share: Share | None = None
    """How many files of its source have the line, where that makes it furniture."""
    unmarked: bool = False
    """The file's long lines mostly end without a mark, so that a missing mark says nothing."""
    short_run: int = 0
    """Short lines in a row around it, itself included."""
    after_colon: bool = False
    """An item of a list that a line ending in a colon opened."""
    after_related: bool = False
    """Below a heading of related links, with no running text in between."""
    after_comments: bool = False
    """Below a comment section's heading."""

    opens_comments: bool = False
    """The first of several lines below the article that hold a name and a date: readers sign so."""
    between_dates: bool = False
    """Between two lines that are dates, a few lines apart."""
    theme: float = 0.0
    """Share of its content words that other running text of the file has too."""

    is_furniture: bool = False
    """Whether a phrase says so; one word at a sentence's beginning (ادعموا التعليم …) does not."""
    is_dateline: bool = False
    """Whether the line is a date, with little around it."""
    is_sentence: bool = False
    """Whether it reads as running text: long enough and ended like a sentence, or very long."""

    @property
    def doubt(self) -> Share | None:
        """How many files of its source have the line, where that speaks against its being the article's text.

        It does not of datelines and bylines, which have rules of their own, of what opens a quotation or list (a colon
        at the end), and of a list's items unless very many files have them: articles of one series list the same.
        """
        share = self.share
        if share is None or self.is_dateline or self.is_name or self.byline is not None or self.line.ends == "colon":
            return None
        return None if self.after_colon and not share.is_strong else share

    def settle(self) -> None:
        """Work out what other evidence rests on."""
        self.is_sentence = self._reads_as_sentence()
        self.is_dateline = self.date is not None and self.date.whole
        phrase = self.line.phrase
        self.is_furniture = (
            phrase is not None
            and phrase.role != "hint"
            and not (phrase.match == "prefix" and len(phrase.words) == 1 and self.is_sentence)
        )

    def _reads_as_sentence(self) -> bool:
        line = self.line
        if (
            line.count >= 40
            or (line.count >= 9 and line.ends == "sentence")
            or (line.count >= 7 and line.sentences > 0)
        ):
            return True
        if not self.unmarked or line.ends == "colon":
            return False
        verb = line.opener >= 1 or (bool(line.words) and len(line.words[0]) >= 4 and line.words[0].endswith("ت"))
        return line.count >= 18 or (line.count >= 9 and (line.commas > 0 or verb))
