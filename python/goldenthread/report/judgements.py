"""What a release says of its shown numbers, in words and shapes: targets, limits, changes, charts, groups.

Nothing is judged here: every verdict is the release's own. A colour never stands without its word and shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from goldenthread.report import words
from goldenthread.report.chart import Limits
from goldenthread.report.tables import TableCell
from goldenthread.report.words import NO_BREAK, Tag

Json = Mapping[str, Any]

_TARGET_TAGS = {
    "green": ("✔", "Green: target met"),
    "amber": ("▲", "Amber: within tolerance"),
    "red": ("✖", "Red: target not met"),
    "no_target": ("–", "No target"),
    "figure_hidden": ("▨", "No colour: hidden"),
    "figure_missing": ("□", "No colour: no figure"),
    "figure_partial": ("◐", "No colour: part of the days"),
    "figure_undefined": ("–", "No colour: undefined"),
    "polarity_neutral": ("◇", "No colour: neither way is better"),
    "polarity_unspecified": ("◇", "No colour: better way not said"),
}
_METHODS = {
    "wilson": "Wilson",
    "exact_poisson": "exact Poisson",
    "byar": "Byar",
}
_GROUP_WORDS = {
    "higher": "higher than all others together",
    "lower": "lower than all others together",
    "no_clear_difference": "no clear difference from all others",
    "not_compared": "nobody counted there: not compared",
}
_SPECIAL = ("improvement", "concern", "neutral_high", "neutral_low", "pattern")


@dataclass(frozen=True)
class TargetJudgement:
    """A figure against one target: tag, sentence, rule."""

    tag: Tag
    sentence: str
    rule: str

    @property
    def told(self) -> str:
        """The sentence without the word of its state, for where the tag stands beside it."""
        return self.sentence.partition(": ")[2]


def target_tag(state: str, glossary: Json) -> Tag:
    """Give the state of a figure against its target."""
    shape, label = _TARGET_TAGS[state]
    return Tag(state, shape, label, glossary["target_states"].get(state, ""))


def target_judgements(cell: Json, glossary: Json) -> list[TargetJudgement]:
    """Give what is said of a total against its targets."""
    found = []
    several = len(cell["targets"]) > 1
    for each in cell["targets"]:
        rule = f"{words.sentence_case(each['rule'])}. Target: {each['source']}." if each["rule"] else ""
        tag = target_tag(each["state"], glossary)
        if several:
            tag = Tag(tag.kind, tag.shape, f"{tag.label} ({each['kind']})", tag.meaning)
        found.append(TargetJudgement(tag, words.sentence_case(each["sentence"]), rule))
    return found


def has_targets(cells: Sequence[Json]) -> bool:
    """Say whether a target is in force for one of these cells."""
    return any(each["state"] != "no_target" for cell in cells for each in cell["targets"])


def target_cell(cell: Json, glossary: Json) -> TableCell:
    """Give the states of a cell against its targets, for a table."""
    tags = [target_tag(each["state"], glossary) for each in cell["targets"]]
    return TableCell("; ".join(f"{tag.shape} {tag.label}" for tag in tags) or "–")


def interval_words(cell: Json) -> str:
    """Say the limits of a share or rate, with method and confidence; empty where there are none."""
    interval = cell["interval"]
    if interval is None:
        return ""
    method = _METHODS.get(interval["method"], interval["method"])
    percent = Decimal(str(interval["confidence"])) * 100
    return f"{percent.normalize():f}{NO_BREAK}% limits {_limits(interval)} ({method})"


def interval_cell(cell: Json) -> TableCell:
    """Give the limits of a share or rate, for a table."""
    return TableCell("–" if cell["interval"] is None else _limits(cell["interval"]))


def _limits(interval: Json) -> str:
    return f"{words.number_text(interval['lower'])} to {words.number_text(interval['upper'])}"


def group_cell(cell: Json) -> TableCell:
    """Give how a group stands beside all others, for a table."""
    group = cell["group"]
    if group is None:
        return TableCell("–")
    said = _GROUP_WORDS.get(group["verdict"], words.spaced(group["verdict"]))
    ratio = "" if group["ratio"] is None else f"{words.number_text(group['ratio'])} times"
    ends = [words.number_text(group[end]) for end in ("lower", "upper") if group[end] is not None]
    limits = f" ({' to '.join(ends)})" if len(ends) == 2 else ""
    return TableCell(f"{ratio}{limits}: {said}" if ratio else said)


def group_notes(figure: Json, dimensions: Sequence[str], shown: int, labels: Sequence[str]) -> list[str]:
    """Say how the groups of a breakdown were compared, and whether the total hides them.

    shown: the period of the table, which has a column of comparisons; those of other periods are sentences.
    """
    notes = []
    for groups in figure["groups"]:
        if [groups["dimension"]] != list(dimensions):
            continue
        label = labels[groups["period"]]
        notes.append(f"Groups in {label}: {groups['sentence']}.")
        if groups["compared"] and groups["period"] != shown:
            told = [
                f"{words.category_words(name, category)} {group_cell(cell).text}"
                for cell in figure["cells"]
                if cell["period"] == groups["period"] and cell["group"] is not None
                for name, category in cell["key"].items()
                if name == groups["dimension"]
            ]
            notes.append(f"{label}: {'; '.join(told)}.")
        notes.append(f"Masking in {label}: {groups['masking_sentence']}.")
    return notes


def masking_words(figure: Json) -> list[str]:
    """Give a sentence for each breakdown whose movements the total hides."""
    return [
        f"by {words.spaced(groups['dimension'])}: {groups['masking_sentence']}"
        for groups in figure["groups"]
        if groups["masking"] in ("opposite_movements", "reversed_total")
    ]


def series_of(figure: Json, cell: Json) -> Json | None:
    """Give what is said of the series that a cell is in."""
    for series in figure["series"]:
        if any(figure["cells"][place] is cell for place in series["cells"]):
            return series  # type: ignore[no-any-return]
    return None


def verdict_words(figure: Json, cell: Json) -> list[str]:
    """Give the sentences about a figure's newest cell: changes, variation, assurance, trend, seasons."""
    told = [each["sentence"] for each in cell["changes"] if each["difference"] is not None]
    series = series_of(figure, cell)
    if series is not None:
        if series["has_limits"]:
            told += [series["variation_sentence"], series["assurance_sentence"]]
        else:
            told.append(f"no control limits: {series['limits_reason']}")
        if series["trend"] in ("rising", "falling", "no_clear_trend"):
            told.append(series["trend_sentence"])
        if series["seasonality"] in ("likely", "none_found"):
            told.append(series["seasonality_sentence"])
    return [f"{words.sentence_case(_minus(each))}." for each in told if each]


def _minus(text: str) -> str:
    """Give negative numbers their own sign instead of a hyphen."""
    return re.sub(r"(?<![\w-])-(?=\d)", "−", text)


def special_words(figure: Json, cell: Json) -> str:
    """Give the sentence about a newest point beyond usual variation; empty for any other."""
    series = series_of(figure, cell)
    if series is None or not series["has_limits"] or series["variation"] not in _SPECIAL:
        return ""
    return str(series["variation_sentence"])


def chart_limits(cells: Sequence[Json]) -> Limits | None:
    """Give the limits of a series for its chart; they are the same at every point."""
    for cell in reversed(cells):
        if cell["chart"] is not None:
            centre, lower, upper = (Decimal(str(cell["chart"][end])) for end in ("centre", "lower", "upper"))
            return Limits(centre, lower, upper)
    return None


def is_special_point(cell: Json) -> bool:
    """Say whether a point of a chart breaks a rule."""
    return cell["chart"] is not None and cell["chart"]["verdict"] in _SPECIAL


def target_amount(cell: Json) -> Decimal | None:
    """Give the first target that is a line on a chart."""
    for each in cell["targets"]:
        found = (
            re.match(r"\d+(\.\d+)?", each["target"]) if each["kind"] in ("local", "trajectory", "national") else None
        )
        if found:
            return Decimal(found.group())
    return None
