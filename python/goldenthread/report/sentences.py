"""One sentence for each priority, made from states alone: what there is and what is not there yet, never why."""

from __future__ import annotations

from goldenthread.report.elements import Element, EvidenceLine, Priority
from goldenthread.report.words import join_words, sentence_case, small_number


def priority_sentence(priority: Priority, symbol: str) -> str:
    """Say what evidence and which assurance records a priority has.

    symbol: what stands where a number is hidden.
    """
    parts = [_evidence(priority.evidence), _hidden(priority.evidence, symbol), _activities(priority.activities)]
    return sentence_case("; ".join(part for part in parts if part) + ".")


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _evidence(lines: list[EvidenceLine]) -> str:
    if not lines:
        return "the plan names no evidence"
    states = [line.element.tags[0].kind for line in lines]
    total = len(states)
    noun = f"{small_number(total)} evidence {_verb(total, 'line', 'lines')}"
    phrases = []
    for state, whole in (
        ("value", "figures for {}"),
        ("recorded", "records for {}"),
        ("partial", "evidence in part for {}"),
        ("missing", "evidence not yet available for {}"),
    ):
        count = states.count(state)
        if count:
            phrases.append(whole.format("all" if count == total > 1 else small_number(count)))
    others = sum(state not in ("value", "recorded", "partial", "missing") for state in states)
    if others:
        phrases.append(f"another state for {small_number(others)}")
    return f"{noun}: {join_words(phrases)}"


def _hidden(lines: list[EvidenceLine], symbol: str) -> str:
    count = sum(figure.newest_is_hidden for line in lines for figure in line.figures)
    if not count:
        return ""
    return f"the newest number of {small_number(count)} {_verb(count, 'figure', 'figures')} is hidden ({symbol})"


def _activities(activities: list[Element]) -> str:
    if not activities:
        return "the plan names no assurance activity"
    total = len(activities)
    recorded = sum(each.tags[0].kind == "recorded" for each in activities)
    partly = sum(each.tags[0].kind == "partial" for each in activities)
    undated = sum(each.tags[1].kind == "undated" for each in activities)
    noun = "assurance activity" if total == 1 else "assurance activities"
    if not recorded and not partly and undated == total:
        return f"none of {small_number(total)} {noun} has a record yet, or a date in the plan"
    if not recorded and not partly:
        words = f"none of {small_number(total)} {noun} has a record yet"
    else:
        words = f"{small_number(recorded)} of {small_number(total)} {noun} {_verb(recorded, 'has its', 'have their')} records"
        if partly:
            words += f", {small_number(partly)} in part"
    if undated:
        words += f"; the plan gives no date for {'any' if undated == total else small_number(undated)} of them"
    return words
