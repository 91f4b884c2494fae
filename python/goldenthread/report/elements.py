"""The plan's elements as the report shows them: words, lines, states and links, nothing added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.report import words
from goldenthread.report.assurance import Assurance, read_assurance
from goldenthread.report.figures import Figure, anchor
from goldenthread.report.words import Tag

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """Another element, named so that a reader need not look it up."""

    id: str
    href: str
    text: str
    tags: list[Tag]
    via: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Links with the same reason, told apart by who made them: the plan (stated) or a reader (inferred)."""

    provenance: str
    reason: str
    weak: bool
    members: list[Reference]


@dataclass(frozen=True)
class Element:
    """An element of the plan in the plan's words."""

    id: str
    text: str
    lines: str
    remarks: list[tuple[str, str]]
    nature: str
    tags: list[Tag]
    reason: str
    needs: list[str]
    record_kinds: list[str]
    undefined_terms: list[str]
    said: list[tuple[str, str, str]]
    unsaid: list[str]
    assurance: Assurance | None
    stated: list[LinkGroup]
    inferred: list[LinkGroup]


@dataclass(frozen=True)
class EvidenceLine:
    """An evidence line with its figures; a figure printed under an earlier line is only referred to."""

    element: Element
    figures: list[Figure]
    elsewhere: list[Figure]
    not_in_run: list[str]


@dataclass(frozen=True)
class Priority:
    """A priority page."""

    element: Element
    outcomes: list[Element]
    evidence: list[EvidenceLine]
    activities: list[Element]


@dataclass(frozen=True)
class View:
    """An objective, theme, golden thread or document with everything that points at it."""

    element: Element
    stated: list[LinkGroup]
    inferred: list[LinkGroup]
    through: list[LinkGroup]

    @property
    def through_count(self) -> int:
        """How many elements reach it through another."""
        return sum(len(group.members) for group in self.through)


_PARTS = ("outcome_statements", "evidence_lines", "assurance_activities")


class PlanReader:
    """Reads the plan of one release."""

    def __init__(self, release: Json, figures: Mapping[str, Figure]) -> None:
        """figures: by indicator, in the release's order."""
        self._plan: Json = release["plan"]
        self._glossary: dict[str, Any] = release["glossary"]
        self._figures = figures
        self._elements = {element["id"]: element for element in self._walk()}
        self._order = {identity: place for place, identity in enumerate(self._elements)}

    def _walk(self) -> Iterator[Json]:
        plan = self._plan
        for group in ("objectives", "themes"):
            yield from plan[group]
        for priority in plan["priorities"]:
            yield priority
            for part in _PARTS:
                yield from priority[part]
        for group in ("golden_threads", "governance", "bodies"):
            yield from plan[group]

    def priorities(self) -> list[Priority]:
        """Give the priorities in the plan's own order."""
        printed: set[str] = set()
        return [self._priority(each, printed) for each in self._plan["priorities"]]

    def _priority(self, priority: Json, printed: set[str]) -> Priority:
        return Priority(
            element=self.element(priority),
            outcomes=[self.element(each) for each in priority["outcome_statements"]],
            evidence=[self._evidence_line(each, printed) for each in priority["evidence_lines"]],
            activities=[self.element(each) for each in priority["assurance_activities"]],
        )

    def _evidence_line(self, line: Json, printed: set[str]) -> EvidenceLine:
        named = [self._figures[each] for each in line["indicators"] if each in self._figures]
        new = [each for each in named if each.indicator not in printed]
        elsewhere = [each for each in named if each.indicator in printed]
        printed.update(each.indicator for each in new)
        not_in_run = [each for each in line["indicators"] if each not in self._figures]
        return EvidenceLine(self.element(line), new, elsewhere, not_in_run)

    def views(self, group: str) -> list[View]:
        """Give the elements of a group, each with what is linked to it, directly or through another element."""
        return [
            View(
                element=self.element(each),
                stated=self._groups(each["linked_from"], "stated"),
                inferred=self._groups(each["linked_from"], "inferred"),
                through=self._groups(self._reaching(each["id"])),
            )
            for each in self._plan[group]
        ]

    def _reaching(self, target: str) -> list[dict[str, Any]]:
        """Find the elements whose line of sight gets here through another element."""
        return [
            {**link, "element": element["id"], "kind": element["kind"]}
            for element in self._elements.values()
            for link in element["line_of_sight"]
            if link["element"] == target and link["via"]
        ]

    def element(self, element: Json) -> Element:
        """Turn an element into words."""
        particulars = element["particulars"]
        return Element(
            id=element["id"],
            text=element["text"],
            lines=words.lines_words(element["lines"]),
            remarks=_remarks(element),
            nature=words.spaced(element["nature"]),
            tags=self._tags(element),
            reason=element["state_reason"],
            needs=[need for need in element["needs"] if need != element["state_reason"]],
            record_kinds=[words.spaced(each).lower() for each in element["record_kinds"]],
            undefined_terms=list(element["undefined_terms"]),
            said=[
                (words.sentence_case(words.spaced(p["name"])), p["text"], _with_reason(p))
                for p in particulars
                if p["provenance"] != "unspecified"
            ],
            unsaid=[words.spaced(p["name"]) for p in particulars if p["provenance"] == "unspecified"],
            assurance=read_assurance(element),
            stated=self._groups(element["line_of_sight"], "stated"),
            inferred=self._groups(element["line_of_sight"], "inferred"),
        )

    def link_groups(self, links: Sequence[Json], provenance: str) -> list[LinkGroup]:
        """Group links by their reason; stated and inferred apart."""
        return self._groups(links, provenance)

    def reference(self, identity: str, via: str = "") -> Reference:
        """Name an element or a supporting indicator by its id."""
        element = self._elements.get(identity)
        if element is not None:
            return Reference(identity, f"#{identity}", element["text"], self._tags(element), via)
        figure = self._figures.get(identity)
        if figure is not None:
            return Reference(identity, f"#{anchor(identity)}", figure.title, [figure.tag], via)
        return Reference(identity, "", "", [], via)

    def _tags(self, element: Json) -> list[Tag]:
        if element["kind"] == "assurance_activity":
            return [
                words.record_tag(element["record_state"], self._glossary),
                *self._status(element),
                words.date_tag(element["state"], self._glossary),
            ]
        if element["kind"] == "evidence_line":
            return [words.line_tag(element["state"], self._glossary)]
        return []

    def _status(self, element: Json) -> list[Tag]:
        shown = element["assurance"]
        return [words.status_tag(shown["status"], self._glossary)] if shown else []

    def _groups(self, links: Sequence[Json], provenance: str | None = None) -> list[LinkGroup]:
        groups: dict[tuple[str, str, bool], list[Reference]] = {}
        last = len(self._order)
        for link in sorted(links, key=lambda each: self._order.get(each["element"], last)):
            if provenance in (None, link["provenance"]):
                members = groups.setdefault((link["provenance"], link["reason"], link["weak"]), [])
                members.append(self.reference(link["element"], link["via"] or ""))
        return [
            LinkGroup(how, reason or "no reason given", weak, found) for (how, reason, weak), found in groups.items()
        ]


def _remarks(element: Json) -> list[tuple[str, str]]:
    """What is said about the words themselves: how they are printed, what they probably mean, what was repaired."""
    named = (
        ("Printed", element["as_printed"]),
        ("Reads", element["reads"]),
        ("Repair", element["repair_note"]),
        ("Note, not the plan's", element["note"]),
    )
    return [(name, text) for name, text in named if text]


def _with_reason(particular: Json) -> str:
    reason = f": {particular['reason']}" if particular["reason"] else ""
    return f"{particular['provenance']}{reason}"
