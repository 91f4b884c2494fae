"""Who approved which definition. An approval is of a meaning: when the definition changes, it lapses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date as calendar_date
from pathlib import Path
from typing import Any

from goldenthread import _core
from goldenthread._core import Approval
from goldenthread.documents import utf8_text

__all__ = ["Approval", "approve", "read_approvals"]


def read_approvals(file: str | os.PathLike[str]) -> list[Approval]:
    """Read a file of approvals (schemas/approvals.schema.json).

    Raises DefinitionError naming the place of what is wrong, DataError for a file that is no text.
    """
    path = Path(file)
    return _core.parse_approvals(utf8_text(path), str(path))


def approve(
    indicator: str,
    person: str,
    role: str,
    date: str | calendar_date,
    review_date: str | calendar_date | None = None,
    *,
    file: str | os.PathLike[str],
    indicators: _core.IndicatorSet | None = None,
    plan: _core.Plan | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Approval:
    """Approve a definition as it is now, and add that to a file, which is made if need be and written whole.

    What is approved is the definition's content hash: its conditions with the shared filters, the conventions of the
    plan, and the parameters given. Figures computed otherwise are not approved by it.

    Raises DefinitionError for an unknown indicator or a wrong day, and leaves the file as it was.
    """
    known = indicators if indicators is not None else _core.shipped_indicators()
    if plan is not None:
        known = known.under(plan)
    path = Path(file)
    before = read_approvals(path) if path.exists() else []
    made = Approval(indicator, _core.definition_hash(known, indicator, parameters), person, role, date, review_date)
    text = _core.approvals_to_json([*before, made])
    path.parent.mkdir(parents=True, exist_ok=True)
    _core.write_file_atomically(path, text)
    return made
