"""Times readers and measures their memory: children in need census beside lxml.iterparse, and canonical CSV.

.venv/bin/python benchmarks/read_files.py [--megabytes 100] [--rows 1000000] [--rounds 3]

Reading from disk is part of every time; seconds of the clock, and of the processor, which others' work does not lengthen
as much. Memory is the peak of a process of its own beyond what it held before, divided by the file (XML) or by what comes
of it (CSV): the columns as they are held, and as Arrow would count them.
"""

import argparse
import datetime
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import goldenthread
import pyarrow

_FIRST = datetime.date(2021, 4, 1)


def _day(shift: int) -> str:
    return (_FIRST + datetime.timedelta(days=shift % 365)).isoformat()


def _child(i: int) -> str:
    """Give a child with every block of the census, indented as systems write it: about 2.7 kB."""
    assessments = "".join(
        f"""      <Assessments>
        <AssessmentActualStartDate>{_day(i + k * 40)}</AssessmentActualStartDate>
        <AssessmentAuthorisationDate>{_day(i + k * 40 + 30)}</AssessmentAuthorisationDate>
        <FactorsIdentifiedAtAssessment>
          <AssessmentFactors>3B</AssessmentFactors>
          <AssessmentFactors>4B</AssessmentFactors>
          <AssessmentFactors>16A</AssessmentFactors>
          <AssessmentFactors>17A</AssessmentFactors>
        </FactorsIdentifiedAtAssessment>
      </Assessments>
"""
        for k in range(2)
    )
    return f"""    <Child>
      <ChildIdentifiers>
        <LAchildID>EX{1000000 + i}</LAchildID>
        <PersonBirthDate>{(_FIRST - datetime.timedelta(days=30 + i % 6000)).isoformat()}</PersonBirthDate>
        <GenderCurrent>{1 + i % 2}</GenderCurrent>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities>
          <Disability>NONE</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>{_day(i)}</CINreferralDate>
        <ReferralSource>2A</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        <ReferralNFA>false</ReferralNFA>
{assessments}        <CINPlanDates>
          <CINPlanStartDate>{_day(i + 30)}</CINPlanStartDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>{_day(i + 5)}</S47ActualStartDate>
          <InitialCPCtarget>{_day(i + 20)}</InitialCPCtarget>
          <DateOfInitialCPC>{_day(i + 19)}</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ChildProtectionPlans>
          <CPPstartDate>{_day(i + 19)}</CPPstartDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>{_day(i + 100)}</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>
"""


def write_census(path: Path, megabytes: int) -> None:
    """Write a return of about so many million bytes."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n  <Header>\n    <CollectionDetails>\n'
            "      <Collection>CIN</Collection>\n      <Year>2022</Year>\n"
            "      <ReferenceDate>2022-03-31</ReferenceDate>\n    </CollectionDetails>\n  </Header>\n  <Children>\n"
        )
        written = i = 0
        while written < megabytes * 1_000_000:
            written += stream.write(_child(i))
            i += 1
        stream.write("  </Children>\n</Message>\n")


def write_referrals(path: Path, rows: int) -> None:
    """Write a canonical table: 1.6 referrals for each child, a third still open."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            "referral_id,child_id,referral_date,referral_source,primary_need,referral_nfa,closure_date,closure_reason\n"
        )
        for i in range(rows):
            closed = f"{_day(i + 90)},RC8" if i % 3 else ","
            stream.write(f"R{i},EX{1000000 + i * 5 // 8},{_day(i * 7)},{1 + i % 3}A,N{i % 9 + 1},false,{closed}\n")


def read_by_iterparse(path: Path) -> int:
    """Read the same blocks as lists of texts with lxml.iterparse, no value checked: the work nobody can leave out."""
    from lxml import etree  # type: ignore[import-untyped]

    wanted = (
        "ChildIdentifiers", "CINdetails", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "Reviews",
        "FactorsIdentifiedAtAssessment")  # fmt: skip
    columns: dict[tuple[str, str], list[str | None]] = {}
    for _, child in etree.iterparse(str(path), tag="Child"):
        for block in child.iter(*wanted):
            for field in block:
                if len(field) == 0:
                    columns.setdefault((block.tag, field.tag), []).append(field.text)
        child.clear()
        while child.getprevious() is not None:
            del child.getparent()[0]
    return sum(len(column) for column in columns.values())


WORK: dict[str, Callable[[Path], object]] = {
    "census": goldenthread.read_cin_census,
    "iterparse": read_by_iterparse,
    "csv": goldenthread.read_tables,
}


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _held_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def measure(name: str, path: Path) -> None:
    """Do one piece of work in this process; print its seconds, its peak memory and the size of its columns."""
    if name == "iterparse":
        import lxml.etree  # noqa: F401  (what a library needs for itself is not counted)
    before = _peak_bytes()
    held = _held_bytes()
    start, busy = time.perf_counter(), time.process_time()
    result = WORK[name](path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak, held = _peak_bytes() - before, _held_bytes() - held
    columns = 0
    if isinstance(result, goldenthread.Dataset):
        columns = sum(pyarrow.table(table).nbytes for table in result.tables.values())
    print(json.dumps({"seconds": seconds, "busy": busy, "peak": peak, "held": held, "columns": columns}))


def measured(name: str, path: Path, rounds: int) -> dict[str, float]:
    """Give medians over several processes."""
    command = [sys.executable, __file__, "--measure", name, str(path)]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(rounds)]
    return {key: statistics.median(each[key] for each in found) for key in found[0]}


def main() -> None:
    """Print times and memory, each beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure[0], Path(options.measure[1]))
        return
    with tempfile.TemporaryDirectory() as place:
        census, tables = Path(place) / "census.xml", Path(place) / "tables"
        tables.mkdir()
        write_census(census, options.megabytes)
        write_referrals(tables / "referral.csv", options.rows)
        size = census.stat().st_size
        ours = measured("census", census, options.rounds)
        theirs = measured("iterparse", census, options.rounds)
        rows = measured("csv", tables, options.rounds)
        csv_size = (tables / "referral.csv").stat().st_size
    print(f"Medians of {options.rounds} processes each")
    for what, found in (("children in need census", ours), ("lxml.iterparse, values as text", theirs)):
        print(
            f"  {what:<31}{size / 1e6:>5.0f} MB {found['seconds']:>7.2f} s, {found['busy']:.2f} s busy, "
            f"{size / 1e6 / found['busy']:.0f} MB/s; peak memory {found['peak'] / size:.1f} times the file"
        )
    print(
        f"  canonical CSV, {options.rows:,} rows {csv_size / 1e6:>7.0f} MB {rows['seconds']:>7.2f} s, {rows['busy']:.2f} s busy; "
        f"peak memory {rows['peak'] / rows['held']:.1f} times the columns held ({rows['held'] / 1e6:.0f} MB), "
        f"{rows['peak'] / rows['columns']:.1f} times as Arrow counts them ({rows['columns'] / 1e6:.0f} MB)"
    )


if __name__ == "__main__":
    main()
