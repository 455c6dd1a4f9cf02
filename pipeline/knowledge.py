"""Read knowledge (phrases, names, months, places) from data files, strictly.

A knowledge file is UTF-8 text with tab-separated columns. Lines that start with ``#`` and empty lines are skipped; the
first comment lines say what the file is, its source and its licence. The first other line names the columns. A row that
does not fit raises :class:`~pipeline.errors.KnowledgeError` with the file's name and the line's number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column name, and where it stands."""

    file: Path
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def many(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """Return the parts of a column that holds several values."""
        return tuple(part.strip() for part in self.values[column].split(separator) if part.strip())

    def error(self, message: str) -> KnowledgeError:
        """Return the error that refuses this row; the caller raises it."""
        return KnowledgeError(f"{self.file.name}, line {self.line}: {message}")


def read_rows(file: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a knowledge file.

    Trailing columns may be left out of a row; they are then empty. The first column must not be empty.

    Raises:
        KnowledgeError: the header differs from ``columns``, or a row has too many columns or no first value.
    """
    header: list[str] | None = None
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            line = line.rstrip("\r\n")
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.split("\t")]
            if header is None:
                header = cells
                if tuple(header) != columns:
                    raise KnowledgeError(
                        f"{file.name}, line {number}: the columns are {header}, expected {list(columns)}"
                    )
                continue
            if len(cells) > len(columns):
                raise KnowledgeError(f"{file.name}, line {number}: {len(cells)} columns, expected {len(columns)}")
            if not cells[0]:
                raise KnowledgeError(f"{file.name}, line {number}: the column '{columns[0]}' is empty")
            cells += [""] * (len(columns) - len(cells))
            yield Row(file, number, dict(zip(columns, cells, strict=True)))
    if header is None:
        raise KnowledgeError(f"{file.name}: no header line; it should name the columns {list(columns)}")
