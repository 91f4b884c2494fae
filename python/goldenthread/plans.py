"""The plans that come with the library, and plans of your own."""

from os import PathLike
from pathlib import Path

from goldenthread._core import Plan, load_plan, shipped_plan, shipped_plans

__all__ = ["leicester_2018_2020", "load", "named", "shipped"]


def leicester_2018_2020() -> Plan:
    """The Leicester LSCB Business Plan 2018-2020; its words are the Board's own."""
    return shipped_plan("leicester_2018_2020")


def shipped() -> list[str]:
    """Ids of the plans that come with the library."""
    return list(shipped_plans())


def load(path: str | PathLike[str]) -> Plan:
    """Read a plan file, or the plan.json of a folder."""
    place = Path(path)
    return load_plan(place / "plan.json" if place.is_dir() else place)


def named(name: str) -> Plan:
    """Give a shipped plan by its id, or a plan file or folder by its path."""
    if name not in shipped_plans() and Path(name).exists():
        return load(name)
    return shipped_plan(name)
