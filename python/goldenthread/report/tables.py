"""Tables as the templates print them: words only, every cell ready."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TableCell:
    """One cell: its text, and whether it is a number, a hidden number or words."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class TableRow:
    """A row under its heading."""

    heading: str
    cells: list[TableCell]
    href: str = ""
    is_period: bool = False


@dataclass(frozen=True)
class Table:
    """A table with caption and headings; `notes` stand beneath it and explain its symbols."""

    caption: str
    headings: list[str]
    rows: list[TableRow]
    notes: list[str] = field(default_factory=list)
    identity: str = ""

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Headings after the first, each with the kind of its column: numbers stand to the right."""
        return [
            (heading, "number" if any(row.cells[place].kind != "words" for row in self.rows) else "words")
            for place, heading in enumerate(self.headings[1:])
        ]
