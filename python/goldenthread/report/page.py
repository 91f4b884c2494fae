"""The whole page, put together in the order a board reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.report import judgements, words
from goldenthread.report.elements import Element, LinkGroup, PlanReader, Priority, Reference, View
from goldenthread.report.figures import Figure, FigureReader, parameters_words
from goldenthread.report.published import PublishedPart
from goldenthread.report.sentences import priority_sentence
from goldenthread.report.tables import Table, TableCell, TableRow
from goldenthread.report.words import Tag

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Waiting:
    """Elements that wait for the same thing."""

    reason: str
    elements: list[Reference]


@dataclass(frozen=True)
class Supporting:
    """An indicator shown beside the plan that is not a line of it."""

    figure: Figure
    note: str
    stated: list[LinkGroup]
    inferred: list[LinkGroup]


@dataclass(frozen=True)
class Front:
    """What stands on the first page."""

    plan_title: str
    plan_area: str
    document: str
    as_at: str
    facts: list[tuple[str, str]]
    sentences: list[tuple[Reference, str]]
    summary: Table
    has_targets: bool
    target_counts: list[tuple[Tag, int]]
    not_met: list[tuple[Reference, Tag, str]]
    special: list[tuple[Reference, str]]
    waiting_lines: list[Waiting]
    waiting_activities: list[Waiting]


@dataclass(frozen=True)
class Glossary:
    """How to read the report."""

    cell_states: list[Tag]
    element_states: list[tuple[str, str]]
    counts: list[tuple[str, str]]
    symbols: list[tuple[str, str]]
    target_states: list[Tag]
    acronyms: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Page:
    """Everything the templates print."""

    title: str
    mark: str
    running_mark: str
    synthetic: bool
    front: Front
    priorities: list[Priority]
    objectives: list[View]
    themes: list[View]
    golden_threads: list[View]
    governance: list[View]
    bodies: list[View]
    supporting: list[Supporting]
    not_in_run: list[str]
    unattached: list[Figure]
    waiting_lines: list[Element]
    waiting_activities: list[Waiting]
    gaps: list[tuple[Reference, str, list[Reference], str]]
    findings: Table | None
    files: Table | None
    file_notes: list[tuple[str, list[str]]]
    data_notes: list[str]
    definitions: Table
    conventions: list[tuple[str, list[Reference]]]
    glossary: Glossary
    rights: str
    published: PublishedPart | None


class PageReader:
    """Reads one release into a page."""

    def __init__(self, release: Json) -> None:
        """Check nothing here: the caller has made sure that it is a release."""
        self._release = release
        self._title: Json = release["title"]
        self._glossary: dict[str, Any] = release["glossary"]
        self._symbol: str = self._title["policy"]["symbol"]
        self._mark = area_mark(self._title)
        reader = FigureReader(release, self._mark)
        self._figures = {each["indicator"]: reader.read(each) for each in release["figures"]}
        self._plan = PlanReader(release, self._figures)
        self._published = reader.published.part()

    def read(self) -> Page:
        """Give the page."""
        priorities = self._plan.priorities()
        plan = self._release["plan"]
        beside = plan["supporting_indicators"]
        supporting = [self._supporting(each) for each in beside if each["indicator"] in self._figures]
        printed = {each.figure.indicator for each in supporting}
        printed |= {figure.indicator for p in priorities for line in p.evidence for figure in line.figures}
        as_at = words.date_words(self._title["as_at"]) or "a date that is not given"
        plan_title = self._title["plan"]["title"]
        return Page(
            title=f"{plan_title}: board report, {self._mark}, as at {as_at}",
            mark=self._mark,
            running_mark=f"{self._title['marking']} · {self._title['certificate']}",
            synthetic=self._title["synthetic"],
            front=self._front(priorities, as_at),
            priorities=priorities,
            objectives=self._plan.views("objectives"),
            themes=self._plan.views("themes"),
            golden_threads=self._plan.views("golden_threads"),
            governance=self._plan.views("governance"),
            bodies=self._plan.views("bodies"),
            supporting=supporting,
            not_in_run=[each["indicator"] for each in beside if each["indicator"] not in self._figures],
            unattached=[figure for name, figure in self._figures.items() if name not in printed],
            waiting_lines=[line.element for p in priorities for line in p.evidence if _waits(line.element)],
            waiting_activities=self._waiting([a for p in priorities for a in p.activities if _waits(a)]),
            gaps=[self._gap(each) for each in plan["gaps"]],
            findings=self._findings(),
            files=self._files(),
            file_notes=[(f["name"], list(f["notes"])) for f in self._release["data_quality"]["files"] if f["notes"]],
            data_notes=list(self._release["data_quality"]["notes"]),
            definitions=self._definitions(),
            conventions=self._conventions(),
            glossary=self._words(),
            rights=self._title["plan"]["rights"],
            published=self._published,
        )

    # Front page

    def _front(self, priorities: Sequence[Priority], as_at: str) -> Front:
        plan = self._title["plan"]
        lines = [line.element for p in priorities for line in p.evidence if _waits(line.element)]
        activities = [each for p in priorities for each in p.activities if _waits(each)]
        return Front(
            plan_title=plan["title"],
            plan_area=plan["area"],
            document=plan["document"],
            as_at=as_at,
            facts=self._facts(),
            sentences=[(self._plan.reference(p.element.id), priority_sentence(p, self._symbol)) for p in priorities],
            summary=self._summary(priorities),
            has_targets=any(judgements.has_targets(figure["cells"]) for figure in self._release["figures"]),
            target_counts=self._target_counts(),
            not_met=[
                (self._plan.reference(figure.indicator), each.tag, f"{figure.newest[0].period}: {each.told}")
                for figure in self._figures.values()
                for each in _newest_targets(figure)
                if each.tag.kind in ("red", "amber")
            ],
            special=[
                (self._plan.reference(figure.indicator), words.sentence_case(text))
                for figure in self._figures.values()
                for text in (figure.special, *figure.masking)
                if text
            ],
            waiting_lines=self._waiting(lines),
            waiting_activities=self._waiting(activities),
        )

    def _target_counts(self) -> list[tuple[Tag, int]]:
        """Count the newest totals by what is said of them against their targets: shown numbers have colours alone."""
        found = [each.tag.kind for figure in self._figures.values() for each in _newest_targets(figure)]
        tags = [judgements.target_tag(state, self._glossary) for state in self._glossary["target_states"]]
        return [(tag, found.count(tag.kind)) for tag in tags if tag.kind in found]

    def _facts(self) -> list[tuple[str, str]]:
        title = self._title
        policy = title["policy"]
        facts = [
            ("Periods", self._period_span()),
            ("Made from", self._made_from()),
            ("Data hash", title["data_hash"] or "not given"),
            ("For", f"{title['audience']}: {title['marking']}"),
            ("Certificate", title["certificate"]),
            ("Small numbers", f"rule {words.spaced(policy['name'])}: {self._symbol} is {policy['symbol_meaning']}"),
        ]
        if self._published is not None:
            facts.append(("Published by others", f"real figures about {self._published.area}, {self._published.years}"))
        return facts

    def _made_from(self) -> str:
        files = self._release["data_quality"]["files"]
        kinds = list(dict.fromkeys(each["kind"] for each in files))
        if not files:
            return "no files are listed"
        if len(kinds) <= 3:
            return words.join_words(kinds)
        return f"{len(files):,} files, listed under data quality"

    def _period_span(self) -> str:
        periods = self._release["periods"]
        if not periods:
            return "none"
        kinds: dict[str, list[str]] = {}
        for period in periods:
            kinds.setdefault(words.spaced(period["kind"]), []).append(period["label"])
        spans = [
            f"{kind} {labels[0]}" if len(labels) == 1 else f"{len(labels)} {kind}s, {labels[0]} to {labels[-1]}"
            for kind, labels in kinds.items()
        ]
        return "; ".join(spans)

    @staticmethod
    def _summary(priorities: Sequence[Priority]) -> Table:
        rows = []
        for priority in priorities:
            lines = [line.element.tags[0].kind for line in priority.evidence]
            records = [each.tags[0].kind for each in priority.activities]
            available = sum(state in ("value", "recorded") for state in lines)
            numbers = (
                available,
                lines.count("partial"),
                len(lines) - available - lines.count("partial"),
                records.count("recorded"),
                len(records) - records.count("recorded"),
            )
            heading = f"{priority.element.id} {priority.element.text}"
            rows.append(
                TableRow(heading, [TableCell(str(n), "number") for n in numbers], href=f"#{priority.element.id}")
            )
        return Table(
            "Lines of evidence and assurance activities, by priority (numbers of lines, not of children)",
            [
                "Priority",
                "Evidence available",
                "In part",
                "Not yet available",
                "Activities recorded",
                "Not yet recorded",
            ],
            rows,
            identity="summary",
        )

    def _waiting(self, elements: Sequence[Element]) -> list[Waiting]:
        groups: dict[str, list[Reference]] = {}
        for element in elements:
            groups.setdefault(element.reason or "no reason given", []).append(self._plan.reference(element.id))
        return [Waiting(reason, found) for reason, found in groups.items()]

    # Across the plan

    def _supporting(self, supporting: Json) -> Supporting:
        links = supporting["line_of_sight"]
        return Supporting(
            figure=self._figures[supporting["indicator"]],
            note=supporting["note"],
            stated=self._plan.link_groups(links, "stated"),
            inferred=self._plan.link_groups(links, "inferred"),
        )

    def _gap(self, gap: Json) -> tuple[Reference, str, list[Reference], str]:
        beside = [self._plan.reference(each) for each in gap["supporting_indicators"]]
        return self._plan.reference(gap["element"]), gap["words"], beside, gap["note"]

    # Back matter

    def _count(self, number: Any) -> TableCell:
        if number is None:
            return TableCell("not counted")
        if number == self._symbol:
            return TableCell(self._symbol, "hidden")
        return TableCell(words.number_text(number), "number")

    def _symbol_notes(self, rows: Sequence[TableRow]) -> list[str]:
        hidden = any(cell.kind == "hidden" for row in rows for cell in row.cells)
        return [f"{self._symbol}: {self._title['policy']['symbol_meaning']}."] if hidden else []

    def _findings(self) -> Table | None:
        rows = [
            TableRow(
                words.spaced(each["rule"]),
                [
                    TableCell(f"{each['table']}.{each['column']}" if each["column"] else each["table"] or "whole file"),
                    self._count(each["count"]),
                    TableCell(words.spaced(each["action"])),
                    TableCell(each["message"]),
                ],
            )
            for each in self._release["data_quality"]["findings"]
        ]
        if not rows:
            return None
        headings = ["Rule", "Table and column", "Findings", "What was done", "In words"]
        return Table(f"Findings by rule. {self._mark}", headings, rows, self._symbol_notes(rows), "findings")

    def _files(self) -> Table | None:
        rows = [
            TableRow(
                each["name"],
                [
                    TableCell(each["kind"]),
                    *(self._count(each[name]) for name in ("rows_read", "rows_kept", "rows_set_aside")),
                ],
            )
            for each in self._release["data_quality"]["files"]
        ]
        if not rows:
            return None
        headings = ["File", "Kind", "Rows read", "Kept", "Set aside"]
        return Table(f"Files read. {self._mark}", headings, rows, self._symbol_notes(rows), "files")

    def _definitions(self) -> Table:
        rows = []
        for figure in self._release["figures"]:
            definition = figure["definition"]
            known = definition["exists"]
            rows.append(
                TableRow(
                    figure["indicator"],
                    [
                        TableCell(", ".join(figure["evidence_lines"]) or "beside the plan"),
                        TableCell(definition["hash"] or "no definition yet"),
                        TableCell(definition["approval"]["text"] or "no definition yet"),
                        TableCell(definition["measure"] or "not said" if known else "no definition yet"),
                        TableCell(parameters_words(definition["parameters"])),
                    ],
                    href=f"#{self._figures[figure['indicator']].identity}",
                )
            )
        headings = ["Indicator", "Evidence line", "Definition hash", "Approval", "Measure", "Parameters"]
        return Table("Definitions used", headings, rows, identity="definition-list")

    def _conventions(self) -> list[tuple[str, list[Reference]]]:
        groups: dict[str, list[Reference]] = {}
        for figure in self._release["figures"]:
            if figure["definition"]["exists"]:
                text = parameters_words(
                    {k: words.spaced(str(v)) for k, v in figure["definition"]["conventions"].items()}
                )
                groups.setdefault(text, []).append(self._plan.reference(figure["indicator"]))
        return list(groups.items())

    def _words(self) -> Glossary:
        glossary = self._glossary
        return Glossary(
            cell_states=[words.cell_tag(state, self._symbol, glossary) for state in glossary["cell_states"]],
            element_states=[(words.spaced(name), meaning) for name, meaning in glossary["element_states"].items()],
            counts=[(words.spaced(name), meaning) for name, meaning in glossary["counts"].items()],
            symbols=list(glossary["symbols"].items()),
            target_states=[judgements.target_tag(state, glossary) for state in glossary["target_states"]],
            acronyms=[
                (
                    each["term"],
                    "not spelled out by the plan" if each["provenance"] == "unspecified" else each["meaning"],
                    each["provenance"],
                )
                for each in self._release["plan"]["acronyms"]
            ],
        )


def _newest_targets(figure: Figure) -> list[judgements.TargetJudgement]:
    return figure.newest[0].targets if figure.newest else []


def _waits(element: Element) -> bool:
    """Something the plan asks for is not there, or only in part."""
    return element.tags[0].kind in ("missing", "partial", "none")


def area_mark(title: Json) -> str:
    """What every section and figure says of its data: invented data always say so."""
    area = str(title["area"])
    if not title["synthetic"]:
        return area or "area not given"
    if not area:
        return "Synthetic data"
    return area if "synthetic" in area.lower() else f"{area} (synthetic)"
