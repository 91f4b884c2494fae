"""Every line of the plan alive: activities, qualitative evidence, threads, doubts, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import goldenthread as gt
import pytest
from goldenthread import plans

ROOT = Path(__file__).resolve().parents[2]
INVENTORY = ROOT.parent / "shared" / "design" / "leicester_plan.md"

RECORDS = (
    "record_id,plan_item,kind,agency,record_date,judgement,summary,document_id,text_approved_by,text_approved_date\n"
)
BOARD = {
    "dataset": "area,synthetic\nExampleshire (synthetic),true\n",
    "body": "body_id,name,kind,parent_body_id,chair,from_date,to_date\nb1,LSCB,BOARD,,,,\n",
    "body_member": "body_id,agency,role,from_date,to_date\nb1,Police,member,,\nb1,Health,member,,\n",
    "assurance_record": RECORDS
    + "r1,P1.A1,PRACTICE_ASSURANCE,Police,2019-01-10,ASSURED,Calls are answered.,,A. Chair,2019-02-01\n"
    + "r2,P2.E1,STRATEGY_MONITORING,Health,2019-02-10,,Not approved for print.,,,\n",
}


def run(words: list[str]) -> int:
    pytest.importorskip("typer")
    from goldenthread.command_line import application

    return application.run(words)


def folder_of(tmp_path: Path, **more: str) -> Path:
    for name, text in {**BOARD, **more}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def released(tmp_path: Path, audience: str = "board", **more: str) -> dict[str, Any]:
    data = gt.read(folder_of(tmp_path, **more))
    release = gt.evaluate(plans.leicester_2018_2020(), data, "2018-19").protect(audience=audience)
    document: dict[str, Any] = json.loads(release.to_json())
    return document


def parts(document: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for priority in document["plan"]["priorities"] for each in priority[kind]}


@pytest.fixture(scope="module")
def with_figures() -> gt.Release:
    data = gt.generate_exampleshire(seed=1, children=600)
    return gt.evaluate(plans.leicester_2018_2020(), data, ["2018-19", "2019-20"]).protect()


def inventory_ids() -> list[str]:
    """Ids of the plan's inventory where it is at hand, else those of the plan file."""
    if INVENTORY.exists():
        rows = re.findall(r"^\| (P\d\.[AE]\d+) \|", INVENTORY.read_text(encoding="utf-8"), re.MULTILINE)
        return list(dict.fromkeys(rows))
    document = json.loads((ROOT / "plans" / "leicester_2018_2020" / "plan.json").read_text(encoding="utf-8"))
    return [
        each["id"]
        for priority in document["priorities"]
        for kind in ("assurance_activities", "evidence_lines")
        for each in priority[kind]
    ]


@pytest.mark.parametrize("data", [True, False])
def test_every_line_and_activity_has_a_figure_or_says_what_is_missing(with_figures: gt.Release, data: bool) -> None:
    release = with_figures if data else gt.evaluate(plans.leicester_2018_2020(), gt.Dataset(), "2018-19").protect()
    document = json.loads(release.to_json())
    lines, activities = parts(document, "evidence_lines"), parts(document, "assurance_activities")
    figures = {each["indicator"]: each for each in document["figures"]}
    ids = inventory_ids()
    assert len(ids) == 92
    assert {*lines, *activities} == set(ids)
    for identity in ids:
        element = lines.get(identity) or activities[identity]
        assert element["state"], identity
        if identity in activities:
            assert element["assurance"]["status"] in document["glossary"]["statuses"]
            assert element["assurance"]["status_reason"]
            continue
        for indicator in element["indicators"]:
            assert figures[indicator]["definition"]["meaning"]
            assert figures[indicator]["definition"]["cases"]
        has_number = any(cell["value"] is not None for each in element["indicators"] for cell in figures[each]["cells"])
        if not has_number:
            assert element["state_reason"], identity
            recorded = element["nature"] != "quantitative" and element["assurance"]["status"] == "recorded"
            assert element["needs"] or recorded, identity
        if element["nature"] != "quantitative":
            assert element["assurance"]["status"] in ("recorded", "missing")


def test_the_report_shows_every_element_with_its_words_and_every_figure_with_its_meaning_and_cases(
    with_figures: gt.Release,
) -> None:
    pytest.importorskip("jinja2")
    from html import unescape

    from goldenthread.report import render_report

    document = json.loads(with_figures.to_json())
    page = render_report(document)
    text = unescape(page)
    for identity in inventory_ids():
        assert page.count(f'id="{identity}"') == 1, identity
    for part in ("evidence_lines", "assurance_activities"):
        for element in parts(document, part).values():
            assert element["text"] in text
    for figure in document["figures"]:
        assert figure["definition"]["meaning"] in text
        assert figure["definition"]["cases"][0] in text


def test_definitions_say_why_from_where_and_what_to_beware_of() -> None:
    count = 0
    for file in sorted((ROOT / "indicators").glob("*.indicators.json")):
        for definition in json.loads(file.read_text(encoding="utf-8")).get("indicators", []):
            count += 1
            for field in ("title", "definition", "rationale", "source", "unit"):
                assert definition[field].strip(), (definition["id"], field)
            # Whoever counts nationally or by statute says in which year or table; a local count says that it is local.
            local = "local" in definition["source"].lower() or "Annex A" in definition["source"]
            assert local or re.search(r"\b(1[89]|20)\d\d\b|table [A-Z]\d|NI \d+", definition["source"]), definition[
                "id"
            ]
            assert definition["pitfalls"]
            assert len(definition["cases"]) >= 2
            # Contacts are counts of work that councils count differently: no class of their own.
            classes = set(definition.get("disclosure", []))
            assert classes <= set("ABCD"), definition["id"]
            assert classes or definition["id"] == "standard.contacts"
            assert definition["polarity"]["value"]
            assert definition["polarity"]["provenance"]
            for parameter in definition.get("parameters", {}).values():
                assert parameter["title"]
                assert "default" in parameter
    assert count == 59


def test_activities_carry_agencies_judgements_and_what_they_lack(tmp_path: Path) -> None:
    data = gt.read(folder_of(tmp_path))
    results = gt.evaluate(plans.leicester_2018_2020(), data, "2018-19")
    (practice,) = results.assurance("P1.A1")
    assert (practice["status"], practice["records"], practice["dated"]) == ("ON_TRACK", 1, False)
    assert practice["lacking"] == ["a judgement of Health"]
    assert practice["not_heard_from"] == ["Health"]
    police = next(each for each in practice["agencies"] if each["agency"] == "Police")
    assert (police["judgement"], police["judged_on"]) == ("ASSURED", date(2019, 1, 10))
    assert len(results.assurance()) == 49 + 9  # activities, qualitative lines, and the line that is both
    with pytest.raises(gt.DefinitionError, match=r"'P1.E3' has no assurance records"):
        results.assurance("P1.E3")


def test_only_an_approved_text_leaves_and_the_public_learns_no_agency(tmp_path: Path) -> None:
    board, public = released(tmp_path), released(tmp_path, "public")
    assert "Calls are answered." in json.dumps(board)
    assert "Not approved for print." not in json.dumps(board)
    assert "Police" in json.dumps(board["plan"])
    assert "Police" not in json.dumps(public["plan"])
    assert "Health" not in json.dumps(parts(public, "assurance_activities")["P1.A1"])
    assert parts(public, "assurance_activities")["P1.A1"]["assurance"]["agencies_not_named"] == 2
    withdrawn = "work_plan_id,body_id,title,plan_item,status\nw1,b1,Campaign,P6.A6,WITHDRAWN\n"
    told = parts(released(tmp_path, "public", work_plan=withdrawn), "assurance_activities")["P6.A6"]["assurance"]
    assert (told["status"], told["status_reason"]) == ("WITHDRAWN", "withdrawn by a work plan")


def test_assurance_as_csv_has_a_row_an_agency_and_every_element(tmp_path: Path) -> None:
    data = gt.read(folder_of(tmp_path))
    text = gt.evaluate(plans.leicester_2018_2020(), data, "2018-19").protect().to_assurance_csv()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len({row["element"] for row in rows}) == 49 + 9
    (police,) = [row for row in rows if row["element"] == "P1.A1" and row["agency"] == "Police"]
    assert (police["judgement"], police["status"], police["heard_from"]) == ("ASSURED", "ON_TRACK", "true")


@pytest.mark.parametrize(
    ("tables", "table", "rule"),
    [
        ({"assurance_record": BOARD["assurance_record"] + "r1,P1.A2,SINGLE_AGENCY_AUDIT,Police,2019-01-11,,,,,\n"},
         "assurance_record", "duplicate_key"),
        ({"finding": "finding_id,record_id,strength,text,plan_item\nf1,r9,true,Good,\n"}, "finding", "reference_dangling"),
        ({"work_plan": "work_plan_id,body_id,period_label,title,plan_item,due_date,status,document_id\n"
                       "w1,b9,,Campaign,P6.A6,2019-01-01,ON_TRACK,\n"}, "work_plan", "reference_dangling"),
        ({"assurance_record": RECORDS + "r1,P1.A99,PRACTICE_ASSURANCE,Police,2019-01-10,,,,,\n"},
         "assurance_record", "unknown_plan_item"),
        ({"action": "action_id,plan_item,record_id,decision_id,title,owner_group,due_date,completed_date,status,status_date\n"
                    "a1,P1.A1,r1,,Do it,,,2019-01-09,DONE,2019-01-12\n"}, "action", "done_before_begun"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_are_one_finding_each(
    tmp_path: Path, tables: dict[str, str], table: str, rule: str
) -> None:
    found = released(tmp_path, **tables)["data_quality"]["findings"]
    assert [each["rule"] for each in found if each["table"] == table] == [rule]


def test_a_text_that_names_a_child_is_refused_at_import_and_never_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = "child_id,date_of_birth\nKX90417,2012-05-01\n"
    named = BOARD["assurance_record"] + "r3,P1.A6,LIVED_EXPERIENCE,,2019-02-10,,Spoke with KX90417.,,,\n"
    folder = folder_of(tmp_path, person=person, assurance_record=named)
    with pytest.raises(gt.DataError, match="column summary, row 4: the text holds an identifier of a child"):
        gt.read(folder)
    with pytest.raises(gt.DataError, match="holds an identifier"):
        gt.evaluate(plans.leicester_2018_2020(), gt.read_tables(folder), "2018-19")
    assert run(["evaluate", "--data", str(folder), "--period", "2018-19"]) == 3
    said = capsys.readouterr()
    assert "KX90417" not in said.out + said.err


def test_a_case_that_holds_rows_of_the_data_is_refused(tmp_path: Path) -> None:
    definitions = json.loads((ROOT / "indicators" / "neglect.indicators.json").read_text(encoding="utf-8"))
    case = next(
        (each["tables"][name], name)
        for definition in definitions["indicators"]
        for each in definition["cases"]
        for name in each["tables"]
        if {"child_id", "start_date"} <= set(each["tables"][name]["columns"])
    )
    rows, name = case
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = rows["columns"]
    extra = [] if f"{name}_id" in columns else [f"{name}_id"]
    writer.writerow([*extra, *columns])
    for place, row in enumerate(rows["rows"]):
        cells = ["" if each is None else str(each).lower() if isinstance(each, bool) else each for each in row]
        writer.writerow([*(f"k{place}" for _ in extra), *cells])
    folder = folder_of(tmp_path, **{name: text.getvalue()})
    with pytest.raises(gt.DataError, match="has a row of table cp_plan that is among the rows loaded"):
        gt.evaluate(plans.leicester_2018_2020(), gt.read(folder), "2018-19")


def test_follow_says_what_shows_a_thread_and_its_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["follow", "O4", "--tables", str(folder_of(tmp_path)), "--period", "2018-19"]) == 0
    said = capsys.readouterr().out
    assert "P1.A1 Practice Assurance L29 on track" in said
    assert "inferred" in said
    assert "early_help.assessment_quality" in said
    assert run(["follow", "O4", "--stated-only"]) == 0
    assert "P1.A1" not in capsys.readouterr().out
    assert run(["follow", "O44"]) == 2
    assert "did you mean 'O4'?" in capsys.readouterr().err


def test_a_thread_is_followed_in_both_directions_and_an_inferred_link_can_be_taken_out() -> None:
    plan = plans.leicester_2018_2020()
    thread = plan.follow("P4.E4")
    assert {"P4", "O3", "G2"} <= {each.element for each in thread.serves}
    assert "P4.E4" in [each.element for each in plan.follow("G2").evidence]
    without = plan.without_link("P4.E4", "G2")
    assert "P4.E4" not in [each.element for each in without.follow("G2").evidence]
    assert without.follow("G2").measures == ()
    assert all(each.provenance == "stated" for each in plan.without_inferred_links().links)
    with pytest.raises(gt.DefinitionError, match="is the plan's own"):
        plan.without_link("P1.A4", "B3")


def test_lint_prints_the_gaps_with_the_plans_lines_and_says_so_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lint"]) == 1
    said = capsys.readouterr().out
    assert "O5 L11: no line of evidence with a figure shows it" in said
    assert "P3.S3" in said
    assert "Activities without a date: 49" in said
    assert "standard.contacts: no line of the plan asks for it; shown beside the plan" in said
    assert run(["lint", "--tables", str(folder_of(tmp_path)), "--period", "2018-19"]) == 1
    assert "P1.E3 L41: missing: table domestic_abuse_incident was not supplied" in capsys.readouterr().out


def test_lint_names_an_indicator_that_does_not_exist_and_is_silent_on_a_plan_without_gaps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(plans.leicester_2018_2020().to_json())
    line = document["priorities"][5]["evidence_lines"][3]
    line["indicators"] = ["neglect.toolkit_completed"]
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert run(["lint", "--plan", str(tmp_path)]) == 1
    assert "P6.E4 L155: there is no indicator 'neglect.toolkit_completed'; did you mean" in capsys.readouterr().out
    document["links"] += [
        {"from": "O1", "to": "G1", "provenance": "stated"},
        {"from": "G1", "to": "O1", "provenance": "stated"},
    ]
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert run(["lint", "--plan", str(tmp_path)]) == 2
    assert "the links run in a circle: O1 → G1 → O1" in capsys.readouterr().err


def test_rates_of_two_populations_are_caught_as_printed_and_as_supplied(tmp_path: Path) -> None:
    (contacts, referrals) = gt.check_rates([("contacts", 9645, 232.9, 10000), ("referrals", 1580, 381.5, 10000)])
    assert contacts["rule"] == referrals["rule"] == "impossible_population"
    assert "414,126" in contacts["numbers"]
    assert "41,415" in contacts["numbers"]
    assert gt.check_rates([("contacts", 9645, 2329.0, 10000), ("referrals", 1580, 381.5, 10000)]) == []
    supplied = "indicator_id,period_label,breakdown,value,numerator,denominator,unknown,definition_note,supplied_by,supplied_on\n"
    supplied += "standard.looked_after_per_10000,2018-19,,381.5,1580,41415,,,Council,2019-05-01\n"
    supplied += "early_help.assessments_per_10000,2018-19,,232.9,9645,414126,,,Police,2019-05-01\n"
    folder = folder_of(tmp_path, supplied_figure=supplied)
    results = gt.evaluate(plans.leicester_2018_2020(), gt.read(folder), "2018-19")
    doubts = {each["indicator"]: each["rule"] for each in results.doubts()}
    assert doubts["early_help.assessments_per_10000"] == "impossible_population"
    document = json.loads(results.protect().to_json())
    (shown,) = [each for each in document["figures"] if each["indicator"] == "early_help.assessments_per_10000"]
    assert [each["rule"] for each in shown["doubts"]] == ["impossible_population"]


def test_figures_computed_from_rows_are_of_one_population_and_add_up() -> None:
    data = gt.generate_exampleshire(seed=1, children=600)
    results = gt.evaluate(plans.leicester_2018_2020(), data, gt.quarters_between("2018-04-01", "2019-03-31"))
    with pytest.raises(gt.DefinitionError, match="is not among these results"):
        results.doubts([("private_fostering.opened", "private_fostering.began", "private_fostering.ended")])
    assert not [each for each in results.doubts() if each["rule"] in ("parts_do_not_add", "impossible_population")]
