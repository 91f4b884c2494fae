"""The engine: rows in any number of batches, figures whenever asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from goldenthread import _core
from goldenthread.evaluation import Periods, _breakdowns, _periods, _wanted
from goldenthread.measures import Measure
from goldenthread.results import Results


class EngineHow:
    """How an engine works: str() of it is for reading, its attributes are for programs.

    indicators: for each its path, which of its rows are kept and why, by which columns they may be divided, what it reads.
    work: what is made of the rows once, for which indicators.
    kept: table to columns that are kept until the figures are asked for.
    plan_hash: engines of one hash can be joined, and load each other's states.
    """

    def __init__(self, how: Mapping[str, Any]) -> None:
        """Hold what the engine told."""
        self.indicators: tuple[dict[str, Any], ...] = tuple(how["indicators"])
        self.work: tuple[dict[str, Any], ...] = tuple(how["work"])
        self.kept: dict[str, list[str]] = how["kept"]
        self.plan_hash: str = how["plan_hash"]
        self._text: str = how["text"]

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<EngineHow of {len(self.indicators)} indicators; str() tells all>"


class Engine:
    """Compute indicators from rows that come in batches: the figures are those of evaluate() for all rows together.

    update() takes rows in any order and division; `+=` joins two engines of one definition, `-=` takes one away again.
    Rows that stand alone are counted when they come, of others the columns that are needed are kept: explain_how() tells.
    """

    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(
        self,
        plan_or_indicators: _core.Plan | Measure | _core.Indicator | str | Iterable[str | _core.Indicator],
        periods: Periods,
        breakdowns: str | Iterable[str | Iterable[str]] | None = None,
        parameters: Mapping[str, Any] | None = None,
        *,
        indicators: _core.IndicatorSet | None = None,
        pseudonym_key: bytes = b"",
        memory_limit: int = 0,
        threads: int = 1,
    ) -> None:
        """Check all definitions; the arguments are those of evaluate().

        pseudonym_key: secret bytes, 16 at least. Identifiers are replaced by HMAC-SHA-256 pseudonyms as they come, and
        the engine may be saved. Make one with secrets.token_bytes(32) and keep it apart from what is saved.
        memory_limit: bytes for kept rows and for counting; what needs more is refused before it begins. 0 = no limit.
        threads: on how many threads update() and finish() count.

        Raises DefinitionError for a wrong definition, parameter, id or period, and, with a key, for a definition that
        looks at what an identifier says.
        """
        definitions, ids = _wanted(plan_or_indicators, indicators)
        self._make(
            definitions,
            {
                "source": _source(plan_or_indicators, indicators),
                "ids": ids,
                "periods": _periods(periods),
                "breakdowns": _breakdowns(breakdowns),
                "parameters": None if parameters is None else dict(parameters),
                "memory_limit": memory_limit,
                "threads": threads,
            },
            pseudonym_key,
        )

    def _make(self, definitions: _core.IndicatorSet, asked: dict[str, Any], pseudonym_key: bytes) -> None:
        self._definitions = definitions
        self._asked = asked
        self._run: dict[str, int] = {name: asked[name] for name in ("threads", "memory_limit")}
        self._raw = _core.RawEngine(
            definitions,
            asked["ids"],
            periods=asked["periods"],
            breakdowns=asked["breakdowns"],
            parameters=asked["parameters"],
            pseudonym_key=pseudonym_key,
        )

    def update(self, dataset: _core.Dataset) -> Self:
        """Take in more rows; coverage and population may come with every batch, equal rows of theirs count once.

        Raises DataError for rows of another area or columns of other types, CalculationError when more memory is needed
        than memory_limit. Ctrl-C stops it and leaves the engine as it was.
        """
        self._raw.update(dataset, **self._run)
        return self

    def finish(self) -> Results:
        """Give the figures of all rows so far; the engine goes on.

        The results know no rows: explain() and what_moved() need those of evaluate().
        """
        raw = self._raw.finish(**self._run)
        return Results(raw, self._definitions, None, None, self._asked["parameters"])

    def explain_how(self) -> EngineHow:
        """Tell how it works: paths, partition keys, what is kept, which work is shared."""
        return EngineHow(self._raw.explain_how())

    def save(self) -> bytes:
        """Give the state as bytes: pseudonyms in the place of identifiers. Still personal data.

        Raises DisclosureError for an engine that was made without a pseudonym_key.
        """
        return self._raw.save()

    def load(self, saved: bytes) -> Self:
        """Take up a state saved by an engine of the same definitions, in the place of its own.

        Without the pseudonym_key the engine can compute and join such states, but take no more rows.
        Raises DataError for bytes that are no such state, are damaged, newer, or of another key.
        """
        self._raw.load(saved)
        return self

    def copy(self) -> Engine:
        """Give an engine of the same state that goes its own way."""
        other = Engine.__new__(Engine)
        other.__dict__.update(self.__dict__)
        other._raw = self._raw.copy()
        return other

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Engine:
        return self.copy()

    def __iadd__(self, other: Engine) -> Self:
        """Add the rows of another engine; DataError where both hold rows of one child that a measure needs together."""
        self._raw.join(other._raw)
        return self

    def __isub__(self, other: Engine) -> Self:
        """Take the rows of another engine away; DataError where some are not here."""
        self._raw.take_away(other._raw)
        return self

    def __add__(self, other: Engine) -> Engine:
        both = self.copy()
        both += other
        return both

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Engine) and self._raw.same_as(other._raw)

    def __repr__(self) -> str:
        how = self.explain_how()
        return f"<Engine of {len(how.indicators)} indicators, plan {how.plan_hash[:12]}>"

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the saved state, never the key: the copy computes and joins, and takes no more rows."""
        if self._asked["source"][0] == "own":
            raise TypeError("an engine with indicators= of its own is not pickled: save() it, and load() it elsewhere")
        return {"asked": self._asked, "saved": self.save()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        asked = state["asked"]
        self._make(_definitions_of(asked["source"]), asked, b"")
        self._raw.load(state["saved"])


def _source(wanted: object, indicators: _core.IndicatorSet | None) -> tuple[str, str]:
    """Say where the definitions come from, so that another process can find them."""
    if indicators is not None:
        return ("own", "")
    if isinstance(wanted, _core.Plan):
        return ("plan", wanted.to_json())
    if isinstance(wanted, Measure):
        return ("measure", wanted.to_json())
    return ("shipped", "")


def _definitions_of(source: tuple[str, str]) -> _core.IndicatorSet:
    kind, text = source
    shipped = _core.shipped_indicators()
    if kind == "plan":
        return _core.indicators_of_plan(_core.Plan.from_json(text), shipped)[0]
    if kind == "measure":
        return shipped.with_file(text, "measure of a pickled engine")
    return shipped
