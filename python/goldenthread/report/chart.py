"""Small trend charts as inline SVG.

A chart is drawn from shown numbers alone: a hidden or absent point leaves a gap, takes no part in the scale and has no
coordinate. The baseline is zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

MOST_POINTS = 24
SMALL_COUNT = 20  # counts that never go above this are dots: a line between them would suggest a trend

_WIDTH, _HEIGHT = 360, 132
_LEFT, _RIGHT, _TOP, _BASE = 46, 340, 20, 106


@dataclass(frozen=True)
class Point:
    """A period of a trend. `value` is None when it is hidden or absent; `text` is the number as printed."""

    period: str
    value: Decimal | None = None
    text: str = ""
    hidden: bool = False
    partial: bool = False
    special: bool = False  # beyond usual variation
    target: Decimal | None = None


@dataclass(frozen=True)
class Limits:
    """Control limits as they were reckoned: what lies beyond the chart is cut off there, and said."""

    centre: Decimal
    lower: Decimal
    upper: Decimal


def trend(
    points: Sequence[Point],
    identity: str,
    title: str,
    *,
    whole_numbers: bool,
    unit: str = "",
    limits: Limits | None = None,
) -> Markup | None:
    """Draw the last 24 periods; None when fewer than two of them show a number.

    identity: unique on the page, for the ids of title and description.
    whole_numbers: the values are counts: small ones become dots without a line.
    unit: after the numbers of the axis, " %".
    limits: drawn as a band; points beyond usual variation are diamonds. Targets of the points are a dashed line.
    """
    points = points[-MOST_POINTS:]
    values = [p.value for p in points if p.value is not None]
    if len(values) < 2:
        return None
    ends = [limits.upper] if limits is not None else []
    if unit.strip() == "%":
        ends = [min(end, Decimal(100)) for end in ends]
    ends += [p.target for p in points if p.target is not None]
    top = round_top(max([*values, *ends]))
    dots_only = whole_numbers and max(values) <= SMALL_COUNT
    places = _places([p.value for p in points], top)
    parts = [
        f'<svg class="trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{escape(identity)}.title {escape(identity)}.desc">',
        f'<title id="{escape(identity)}.title">{escape(title)}</title>',
        f'<desc id="{escape(identity)}.desc">{escape(_describe(points, dots_only, limits, top, unit))}</desc>',
        *_band(limits, top),
        *_axis(points, top, unit),
        *_target(points, top),
    ]
    if not dots_only:
        parts += _lines(places)
    parts += _dots(points, places)
    parts += _newest(points, places, unit)
    parts.append("</svg>")
    return Markup("".join(parts))


def round_top(largest: Decimal) -> Decimal:
    """Give the smallest round number that is not below the largest number shown."""
    if largest <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(largest.adjusted())
    for step in map(Decimal, ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")):
        whole = step == step.to_integral_value() or power >= 10
        if step * power >= largest and whole:
            return step * power
    return 10 * power


def _height_of(value: Decimal, top: Decimal) -> float:
    return round(_BASE - float(value / top) * (_BASE - _TOP), 1)


def _places(values: Sequence[Decimal | None], top: Decimal) -> list[tuple[float, float] | None]:
    """Place values across the chart, the first at its left edge and the last at its right."""
    across = (_RIGHT - _LEFT) / (len(values) - 1)
    return [
        None if value is None else (round(_LEFT + i * across, 1), _height_of(value, top))
        for i, value in enumerate(values)
    ]


def _describe(points: Sequence[Point], dots_only: bool, limits: Limits | None, top: Decimal, unit: str) -> str:
    shown = [p for p in points if p.value is not None]
    words = [
        f"{'Dots' if dots_only else 'Line'} over {len(points)} periods, {points[0].period} to {points[-1].period}, "
        f"from a baseline of zero. First shown: {shown[0].period}, {shown[0].text}. "
        f"Last shown: {shown[-1].period}, {shown[-1].text}."
    ]
    hidden = sum(p.hidden for p in points)
    absent = len(points) - len(shown) - hidden
    if hidden:
        words.append(f"Gaps where the number is hidden: {hidden}.")
    if absent:
        words.append(f"Gaps without a number: {absent}.")
    if any(p.partial for p in shown):
        words.append("Hollow dots: the data cover part of the days.")
    if limits is not None:
        words.append(
            f"Band: usual variation, {limits.lower}{unit} to {limits.upper}{unit}, centre {limits.centre}{unit}."
        )
        if limits.lower < 0 or limits.upper > top:
            words.append("The band is cut off at the edge of the chart.")
        beyond = [p.period for p in shown if p.special]
        words.append(
            f"Diamonds, beyond usual variation: {', '.join(beyond)}." if beyond else "No point lies beyond it."
        )
    if any(p.target is not None for p in points):
        words.append("Dashed line: the target.")
    words.append("The table of all periods holds the same numbers.")
    return " ".join(words)


def _band(limits: Limits | None, top: Decimal) -> list[str]:
    """Draw usual variation, cut off at the edges of the chart."""
    if limits is None:
        return []
    high = _height_of(min(limits.upper, top), top)
    low = _height_of(max(limits.lower, Decimal(0)), top)
    centre = _height_of(min(max(limits.centre, Decimal(0)), top), top)
    return [
        f'<rect class="usual" x="{_LEFT}" y="{high}" width="{_RIGHT - _LEFT}" height="{round(low - high, 1)}"/>',
        f'<path class="centre" d="M{_LEFT} {centre}H{_RIGHT}"/>',
    ]


def _target(points: Sequence[Point], top: Decimal) -> list[str]:
    """Draw the target of each period, with its name."""
    places = _places([p.target for p in points], top)
    drawn = [place for place in places if place is not None]
    if not drawn:
        return []
    x, y = drawn[0]
    lines = _lines(places, "target")
    if not lines:
        lines = [f'<path class="target" d="M{x - 6} {y}H{x + 6}"/>']
    return [*lines, f'<text class="target-label" x="{x}" y="{round(y - 4, 1)}">target</text>']


def _axis(points: Sequence[Point], top: Decimal, unit: str) -> list[str]:
    top_text = f"{top.normalize():,f}{unit}"
    return [
        f'<path class="grid" d="M{_LEFT} {_TOP}H{_RIGHT}"/>',
        f'<path class="base" d="M{_LEFT} {_BASE}H{_RIGHT}"/>',
        f'<text class="tick" x="{_LEFT - 6}" y="{_TOP + 4}" text-anchor="end">{escape(top_text)}</text>',
        f'<text class="tick" x="{_LEFT - 6}" y="{_BASE + 4}" text-anchor="end">0</text>',
        f'<text class="tick" x="{_LEFT}" y="{_HEIGHT - 6}">{escape(points[0].period)}</text>',
        f'<text class="tick" x="{_RIGHT}" y="{_HEIGHT - 6}" text-anchor="end">{escape(points[-1].period)}</text>',
    ]


def _lines(places: Sequence[tuple[float, float] | None], style: str = "line") -> list[str]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [f'<path class="{style}" d="M{"L".join(f"{x} {y}" for x, y in run)}"/>' for run in runs if len(run) > 1]


def _dots(points: Sequence[Point], places: Sequence[tuple[float, float] | None]) -> list[str]:
    return [
        f'<path class="special" d="M{place[0]} {place[1] - 6}l6 6l-6 6l-6 -6z"/>'
        if point.special
        else f'<circle class="{"hollow" if point.partial else "dot"}" cx="{place[0]}" cy="{place[1]}" r="3"/>'
        for point, place in zip(points, places, strict=True)
        if place is not None
    ]


def _newest(points: Sequence[Point], places: Sequence[tuple[float, float] | None], unit: str) -> list[str]:
    """Label the newest point, directly; nothing when its number is not shown."""
    point, place = points[-1], places[-1]
    if place is None:
        return []
    return [
        f'<text class="label" x="{_RIGHT + 4}" y="{round(place[1] - 8, 1)}" text-anchor="end">'
        f"{escape(point.text)}{escape(unit)}</text>"
    ]
