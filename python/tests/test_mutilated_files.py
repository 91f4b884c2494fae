"""Files as they ought not to be: cut off, of the wrong encoding, shuffled, hostile. Refused in words, or read with no row lost."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import goldenthread as gt
import pytest

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"

CENSUS = """<?xml version="1.0" encoding="utf-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2022</Year>
<ReferenceDate>2022-03-31</ReferenceDate></CollectionDetails></Header><Children>
{children}</Children></Message>"""
CHILD = """<Child><ChildIdentifiers><LAchildID>A{n}</LAchildID><PersonBirthDate>2010-02-28</PersonBirthDate>
<GenderCurrent>1</GenderCurrent></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2021-05-01</CINreferralDate><PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>2021-05-02</AssessmentActualStartDate></Assessments>
<ChildProtectionPlans><CPPstartDate>2021-06-01</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
</ChildProtectionPlans></CINdetails></Child>
"""
RETURN = """<EXPSSDA903>{children}</EXPSSDA903>"""
RETURN_CHILD = """<CHILD><HEADER><CHILDID>7{n}</CHILDID><DOB>01/02/2010</DOB></HEADER>
<EPISODE><DECOM>01/05/2018</DECOM><RNE>S</RNE><LS>C1</LS><DEC>01/09/2018</DEC></EPISODE></CHILD>
"""
GENERATED = {
    "census.xml": CENSUS.format(children="".join(CHILD.format(n=n) for n in range(12))),
    "return.xml": RETURN.format(children="".join(RETURN_CHILD.format(n=n) for n in range(12))),
    "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN\n" + "".join(f"7{n},1,01/02/2010,WBRI,\n" for n in range(12)),
    "episodes.csv": "CHILD,DECOM,RNE,LS,DEC,REC\n"
    + "".join(f"7{n},01/05/2018,S,C1,01/09/2018,E8\n" for n in range(12)),
    "missing.csv": "CHILD,MISSING,MIS_START,MIS_END\n" + "".join(f"7{n},M,01/05/2018,02/05/2018\n" for n in range(12)),
    "referral.csv": "referral_id,child_id,referral_date,closure_date\n"
    + "".join(f"R{n},A{n},2018-06-0{1 + n % 9},2019-01-31\n" for n in range(12)),
    "population.csv": "area,year,age,sex,count,vintage\n"
    + "".join(f"X,2019,{n},F,{100 + n},2020-06\n" for n in range(12)),
    "supplied_figure.csv": "indicator_id,period_label,value,supplied_by,supplied_on\n"
    + "".join(f"mental_health.crisis_starts,20{10 + n}-{11 + n},{n},Trust,2019-07-01\n" for n in range(9)),
    "ssd_person.csv": "pers_person_id,pers_dob,pers_sex\n" + "".join(f"A{n},2010-02-28,F\n" for n in range(12)),
    "police.csv": "Ref,Date,Born\n" + "".join(f"C{n},2018-05-01,1990-01-02\n" for n in range(12)),
}
MAPPING = (
    '{"format": "goldenthread/mapping@1", "files": "police.csv", "table": "domestic_abuse_incident", "columns": '
    '{"incident_id": "Ref", "incident_date": "Date", "victim_date_of_birth": "Born"}}'
)
SAMPLE_FILES = (
    "cin/fake_CIN_data.xml",
    "cin/CIN_Census_2021.xml",
    "cin/CIN2rows.xml",
    "looked_after/episodes.csv",
    "looked_after/header.csv",
    "looked_after/missing.csv",
)


csv.field_size_limit(100_000_000)  # of the other way to count rows


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * share)]


def every_row(change: Callable[[int, list[str]], list[str]]) -> Callable[[bytes], bytes]:
    return lambda content: _csv([change(i, row) for i, row in enumerate(_rows(content))])


MUTILATIONS: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda content: content,
    "nothing left": lambda _: b"",
    "cut at a tenth": cut(0.1),
    "cut at a half": cut(0.5),
    "cut near the end": cut(0.99),
    "the last byte lost": lambda content: content.rstrip()[:-1],
    "utf-16": lambda content: content.decode().encode("utf-16"),
    "utf-16 without a mark": lambda content: content.decode().encode("utf-16-le"),
    "latin-1": lambda content: content.replace(b"A", b"\xc9"),
    "half a character": lambda content: content + b"\xe2\x82",
    "byte-order mark": lambda content: b"\xef\xbb\xbf" + content,
    "two byte-order marks": lambda content: b"\xef\xbb\xbf" * 2 + content,
    "NUL bytes": lambda content: content.replace(b"1", b"\0", 5),
    "CR line ends": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "CRLF line ends": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "twice": lambda content: content + content,
    "29 February 2019": lambda content: (
        content.replace(b"01/05/2018", b"29/02/2019", 5)
        .replace(b"2018-06-01", b"2019-02-29")
        .replace(b"2021-05-01", b"2019-02-29")
    ),
    "days by their month": lambda content: content.replace(b"01/05/2018", b"05-01-2018").replace(b"2018-06-0", b"06/0"),
    "serial days": lambda content: content.replace(b"01/05/2018", b"43221").replace(b"2018-06-01", b"43252"),
    "quotes never closed": lambda content: content.replace(b"\n", b'\n"', 1),
    "no-break spaces": lambda content: content.replace(b"A1", b"\xc2\xa0"),
}
OF_TABLES: dict[str, Callable[[bytes], bytes]] = {
    "swapped columns": every_row(lambda _, row: row[::-1]),
    "swapped cells": every_row(lambda i, row: row if i == 0 else row[::-1]),
    "a heading twice": every_row(lambda i, row: [*row, row[-1]] if row else row),
    "a heading in capitals twice": every_row(lambda i, row: [*row, row[0].upper()] if i == 0 else [*row, "x"]),
    "no headings": lambda content: content.split(b"\n", 1)[1],
    "headings alone": lambda content: content.split(b"\n", 1)[0] + b"\n",
    "ragged": every_row(lambda i, row: row[: 1 + i % len(row)] if row and i else row),
    "wider than its headings": every_row(lambda i, row: row if i == 0 else [*row, "more", "and more"]),
    "every row twice": lambda content: content + content.split(b"\n", 1)[1],
    "mixed days": every_row(
        lambda i, row: [
            cell.replace("2018-06-0", "0").replace("01/05/2018", ["2018-05-01", "1 May 2018", "01.05.2018"][i % 3])
            for cell in row
        ]
    ),
    "semicolons": lambda content: content.replace(b",", b";"),
    "a million columns": lambda content: b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n" + content,
    "a million cells": lambda content: content + b"," * 1_000_000 + b"\n",
    "an endless field": lambda content: content + b"x" * 2_000_000 + b"\n",
}
OF_XML: dict[str, Callable[[bytes], bytes]] = {
    "entity bomb": lambda content: (
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        + b"".join(b'<!ENTITY c%d "&b;&b;&b;&b;&b;&b;&b;&b;">' % i for i in range(9))
        + b"]>"
        + content.replace(b'<?xml version="1.0" encoding="utf-8"?>', b"").replace(b">A1<", b">&c8;<")
    ),
    "entity of a file": lambda content: (
        b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + content.replace(b'<?xml version="1.0" encoding="utf-8"?>', b"").replace(b"WBRI", b"&f;")
    ),
    "says another encoding": lambda content: content.replace(b"utf-8", b"utf-7"),
    "nested without end": lambda content: content.replace(b"<CINdetails>", b"<CINdetails>" * 20_000),
    "children in children": lambda content: content.replace(b"</Child>", b"<Child/></Child>"),
    "another outermost element": lambda content: content.replace(b"Message", b"Massage").replace(b"EXPSSDA903", b"EXP"),
    "empty blocks": lambda content: content.replace(b"</CINdetails>", b"</CINdetails><CINdetails/>"),
    "a block twice": lambda content: content.replace(b"</Children>", CHILD.format(n=1).encode() * 2 + b"</Children>"),
}


def rows_in(content: bytes) -> tuple[int, int]:
    """Count rows with a text, and rows that are no blank line, in another way than the readers do."""
    rows = _rows(content)[1:]
    with_text = sum(1 for row in rows if any(cell.strip("\u00a0 \t") for cell in row))
    return with_text, sum(1 for row in rows if len(row) > 1 or any(cell.strip("\u00a0 \t") for cell in row))


def read_or_refused(*paths: Path) -> tuple[gt.Dataset | None, str]:
    try:
        return gt.read(paths), ""
    except gt.Error as problem:
        return None, str(problem)


def accounted_for(path: Path) -> str:
    """Read a file: the message it is refused with, or nothing when every row is accounted for."""
    content = path.read_bytes()
    seen = gt.inspect(path)
    assert len(seen.files) == 1
    data, said = read_or_refused(path, *path.parent.glob("*.mapping.json"))
    if data is None:
        assert path.name in said or str(path.parent) in said
        return said
    sources = [file for file in data.files if file.name == path.name and not file.kind.endswith("not read")]
    for file in sources:
        assert file.rows_read == file.rows_kept + file.rows_set_aside
    kept = sum(len(table) for name, table in data.tables.items() if name not in ("coverage", "cp_plan_category"))
    assert kept == sum(file.rows_kept for file in sources)
    aside = sum(n for n, a in zip(data.findings["count"], data.findings["action"], strict=True) if a == "set_aside")  # type: ignore[misc]
    assert aside >= sum(file.rows_set_aside for file in sources)
    if path.suffix == ".csv" and sources:
        least, most = rows_in(content)
        assert least <= sources[0].rows_read <= most
    return ""


def _kinds_of(name: str) -> dict[str, Callable[[bytes], bytes]]:
    return MUTILATIONS | (OF_XML if name.endswith(".xml") else OF_TABLES)


@pytest.mark.parametrize("name", GENERATED)
def test_no_mutilation_of_a_file_crashes_or_loses_a_row(tmp_path: Path, name: str) -> None:
    (tmp_path / "police.mapping.json").write_text(MAPPING, encoding="utf-8")
    said = {}
    for kind, mutilate in _kinds_of(name).items():
        path = tmp_path / name
        path.write_bytes(mutilate(GENERATED[name].encode()))
        said[kind] = accounted_for(path)
    assert said["whole"] == ""
    # What is broken as a whole is refused; what is broken in places is read, and says so.
    for kind in ("nothing left", "utf-16", "utf-16 without a mark", "half a character", "NUL bytes"):
        assert said[kind], kind
    for kind in ("byte-order mark", "CRLF line ends", "29 February 2019"):
        assert said[kind] == "", kind
    if name.endswith(".xml"):
        assert said["cut at a half"]
        assert said["cut near the end"]
    else:
        assert said["a million columns"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not there")
@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_no_mutilation_of_a_sample_file_crashes_or_loses_a_row(tmp_path: Path, name: str) -> None:
    whole = (SAMPLES / name).read_bytes()
    path = tmp_path / Path(name).name
    said = {}
    for kind, mutilate in _kinds_of(name).items():
        if kind in ("swapped columns", "nested without end"):
            continue  # the first only makes another kind of file of it, the second is the same for any file
        path.write_bytes(mutilate(whole))
        said[kind] = accounted_for(path)
    assert said["whole"] == ""
    assert said["utf-16"]
    assert said["byte-order mark"] == ""


def test_a_day_that_does_not_exist_is_a_finding_and_no_other_day(tmp_path: Path) -> None:
    path = tmp_path / "referral.csv"
    path.write_bytes(MUTILATIONS["29 February 2019"](GENERATED["referral.csv"].encode()))
    data = gt.read(path)
    found = dict(zip(data.findings["rule"], data.findings["count"], strict=True))
    spoilt = GENERATED["referral.csv"].count("2018-06-01")
    assert found["date_not_real"] == spoilt
    assert data["referral"]["referral_date"].to_list().count(None) == spoilt


def workbook_of(path: Path, cells: str, shared: str = "") -> None:
    """Write the least that is a workbook, by hand, so that its parts may be wrong."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="List 1" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{shared}<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def row_of(number: int, *values: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in values)
    return f'<row r="{number}">{cells}</row>'


WORKBOOKS = {
    "whole": (
        row_of(1, "Child Unique ID", "Date of Contact", "Contact Source") + row_of(2, "A1", "01/05/2018", "9"),
        "",
    ),
    "formula cells": (
        row_of(1, "Child Unique ID", "Date of Contact", "Contact Source")
        + '<row r="2"><c t="inlineStr"><is><t>A1</t></is></c><c><f>TODAY()</f></c><c><f>1/0</f><v>9</v></c></row>',
        "",
    ),
    "a row that cannot be": (row_of(1, "Child Unique ID", "Date of Contact") + row_of(99_999_999, "A1"), ""),
    "a cell far off": (
        row_of(1, "Child Unique ID", "Date of Contact") + '<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        "",
    ),
    "a heading twice": (
        row_of(1, "Child Unique ID", "Date of Contact", "Date of Contact") + row_of(2, "A", "x", "y"),
        "",
    ),
    "entities": (
        row_of(1, "Child Unique ID", "Date of Contact") + row_of(2, "&a;", "01/05/2018"),
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
    ),
}


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_no_mutilated_workbook_crashes_or_loses_a_row(tmp_path: Path, kind: str) -> None:
    pytest.importorskip("python_calamine")
    path = tmp_path / "lists.xlsx"
    workbook_of(path, *WORKBOOKS[kind])
    whole = path.read_bytes()
    for content in (whole, whole[: len(whole) // 2], whole[:-30], whole[:40] + b"\0" * 40 + whole[80:], b"PK\x03\x04"):
        path.write_bytes(content)
        gt.inspect(path)
        data, said = read_or_refused(path)
        if data is None:
            assert "lists.xlsx" in said
            assert content is not whole or kind != "whole"
            assert content is not whole or kind != "a cell far off" or "reaches to row" in said
            continue
        assert content is not whole or kind not in ("a cell far off", "a row that cannot be")
        for file in data.files:
            assert file.rows_read == file.rows_kept + file.rows_set_aside
