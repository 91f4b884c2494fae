"""Which share of partners' person identifiers the council knows. Counts alone."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread._core import Dataset
from goldenthread.readers import schema


@dataclass(frozen=True)
class MatchRate:
    """How many of the identifiers in a column lead to a person of the council."""

    source: str  # the table, or the partner whose numbers the crosswalk lists
    column: str
    rows: int  # rows of the table
    rows_without: int  # rows that name nobody
    identifiers: int  # different ones
    known: int  # of these, those that a person of the council has

    @property
    def share(self) -> float | None:
        """Known identifiers of all; nothing where there is none."""
        return self.known / self.identifiers if self.identifiers else None


def _rate(source: str, column: str, pairs: list[tuple[object, object]], people: frozenset[str]) -> MatchRate:
    """Count pairs of an identifier and the child it leads to."""
    leads_to: dict[str, bool] = {}
    for identifier, child in pairs:
        if identifier is not None:
            leads_to[str(identifier)] = leads_to.get(str(identifier), False) or str(child) in people
    without = sum(identifier is None for identifier, _ in pairs)
    return MatchRate(source, column, len(pairs), without, len(leads_to), sum(leads_to.values()))


def _crosswalks(data: Dataset, people: frozenset[str]) -> list[MatchRate]:
    if "person_link" not in data:
        return []
    table = data["person_link"]
    children = table["child_id"].to_list() if "child_id" in table else [None] * len(table)
    by_partner: dict[str, list[tuple[object, object]]] = {}
    for partner, number, child in zip(table["partner"], table["partner_person_id"], children, strict=True):
        by_partner.setdefault(str(partner), []).append((number, child))
    return [_rate(partner, "partner_person_id", pairs, people) for partner, pairs in sorted(by_partner.items())]


def match_rates(data: Dataset) -> list[MatchRate]:
    """Give a rate for each partner in the crosswalk person_link, and for each table that names children.

    Without a table person nobody is known, and there is nothing to compare with: the list is empty.
    """
    if "person" not in data:
        return []
    people = frozenset(str(child) for child in data["person"]["child_id"] if child is not None)
    result = _crosswalks(data, people)
    for name, table in data.tables.items():
        if name in ("person", "person_link") or name not in schema.tables() or "child_id" not in table:
            continue
        result.append(_rate(name, "child_id", [(child, child) for child in table["child_id"]], people))
    return result
