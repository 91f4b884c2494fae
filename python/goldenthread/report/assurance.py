"""What the board's records show about an activity or a qualitative line, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.report import words
from goldenthread.report.tables import Table, TableCell, TableRow

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Assurance:
    """The records of one element: a sentence of state, short facts, the agencies, and texts that were approved."""

    state: str
    facts: list[tuple[str, str]]
    lacking: list[str]
    agencies: Table | None
    documents: list[str]
    texts: list[tuple[str, str]]


def read_assurance(element: Json) -> Assurance | None:
    """Turn what a release says of the records of an element into words; None where none are asked for."""
    shown = element["assurance"]
    if shown is None:
        return None
    activity = element["kind"] == "assurance_activity"
    state = shown["status_reason"] if activity else ""
    return Assurance(
        state=state,
        facts=[*_dates(shown), *_records(shown), *_silence(shown)]
        if activity
        else [*_records(shown), *_silence(shown)],
        lacking=[each for each in shown["lacking"] if each not in state],
        agencies=_agencies(element["id"], shown),
        documents=list(shown["documents"]),
        texts=[
            (each["text"], f"approved by {each['approved_by']} on {words.date_words(each['approved_on'])}")
            for each in shown["texts"]
        ],
    )


def _dates(shown: Json) -> list[tuple[str, str]]:
    facts = []
    if shown["starts"]:
        facts.append(("Begins", words.date_words(shown["starts"])))
    facts.append(("Due", words.date_words(shown["due"]) if shown["due"] else "undated: it cannot be overdue"))
    if shown["responsible"]:
        facts.append(("Responsible", shown["responsible"]))
    facts.append(("Repeats", "judged anew in each period" if shown["repeats"] == "each period" else "once is enough"))
    return facts


def _records(shown: Json) -> list[tuple[str, str]]:
    if not shown["records"]:
        return [("Records", "none")]
    facts = [("Records", f"{shown['records']}, the latest of {words.date_words(shown['latest'])}")]
    if shown["strengths"] or shown["weaknesses"]:
        facts.append(("Findings", f"{shown['strengths']} of strength, {shown['weaknesses']} of weakness"))
    if shown["decisions"]:
        facts.append(("Decisions", str(shown["decisions"])))
    if shown["actions"]:
        facts.append(("Actions", f"{shown['actions_done']} of {shown['actions']} done"))
    return facts


def _silence(shown: Json) -> list[tuple[str, str]]:
    if shown["agencies_not_named"]:
        return [("Agencies", f"{shown['agencies_not_named']}, not named to these readers")]
    if not shown["expected_known"]:
        return [("Expected agencies", "not known: the members of the board were not supplied")]
    silent = shown["not_heard_from"]
    expected = [each for each in shown["agencies"] if each["expected"]]
    if not expected:
        return [("Expected agencies", "none: the board has no members on this day")]
    return [("Expected and not heard from", words.join_words(silent) if silent else "none")]


def _agencies(identity: str, shown: Json) -> Table | None:
    heard = [each for each in shown["agencies"] if each["heard_from"]]
    if not heard:
        return None
    trained = any(each["attended"] is not None for each in heard)
    headings = ["Agency", "Records", "Latest", "Last judgement", "Strengths", "Weaknesses"]
    rows = []
    for each in heard:
        judged = words.judgement_words(each["judgement"])
        if each["judged_on"]:
            judged += f", {words.date_words(each['judged_on'])}"
        cells = [
            TableCell(str(each["records"]), "number"),
            TableCell(words.date_words(each["latest"]) if each["latest"] else "none"),
            TableCell(judged),
            TableCell(str(each["strengths"]), "number"),
            TableCell(str(each["weaknesses"]), "number"),
        ]
        if trained:
            cells.append(TableCell(_attendance(each), "number"))
        rows.append(TableRow(each["agency"] or "agency not named", cells))
    return Table(
        "Agencies heard from (numbers of records and staff, not of children)",
        [*headings, "Attended of invited"] if trained else headings,
        rows,
        identity=f"{identity}.agencies",
    )


def _attendance(agency: Json) -> str:
    if agency["attended"] is None:
        return "not recorded"
    return f"{agency['attended']:,}" + (f" of {agency['invited']:,}" if agency["invited"] is not None else "")
