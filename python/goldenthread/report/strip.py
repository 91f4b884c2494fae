"""A strip of places: one area with its interval, its neighbours, its region and the country on one line.

Only published numbers are drawn; a place without one has no mark. The scale begins at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from goldenthread.report.chart import round_top

_WIDTH, _HEIGHT = 360, 112
_LEFT, _RIGHT, _LINE = 12, 348, 50
_LETTER = 6.4  # about the width of a letter of 12 px


@dataclass(frozen=True)
class Mark:
    """A place on the strip. `role` is area, neighbour, region or country; `text` the number as printed."""

    role: str
    name: str
    value: Decimal
    text: str
    limits: tuple[Decimal, Decimal] | None = None


def strip(marks: Sequence[Mark], identity: str, title: str, unit: str) -> Markup | None:
    """Draw the places; None without the area, or without any other place."""
    own = [mark for mark in marks if mark.role == "area"]
    if not own or len(marks) < 2:
        return None
    ends = [mark.value for mark in marks] + [mark.limits[1] for mark in own if mark.limits]
    top = round_top(max(ends))

    def across(value: Decimal) -> float:
        return round(_LEFT + float(value / top) * (_RIGHT - _LEFT), 1)

    parts = [
        f'<svg class="strip" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{escape(identity)}.title {escape(identity)}.desc">',
        f'<title id="{escape(identity)}.title">{escape(title)}</title>',
        f'<desc id="{escape(identity)}.desc">{escape(_describe(marks, unit))}</desc>',
        f'<line class="base" x1="{_LEFT}" y1="{_LINE}" x2="{_RIGHT}" y2="{_LINE}"/>',
        f'<text class="scale" x="{_LEFT}" y="{_LINE + 20}">0</text>',
        f'<text class="scale" x="{_RIGHT}" y="{_LINE + 20}" text-anchor="end">{top.normalize():,f}{escape(unit)}</text>',
    ]
    labels = []
    for row, mark in enumerate(each for each in marks if each.role in ("region", "country")):
        x, foot = across(mark.value), _LINE + 38 + row * 16
        parts.append(f'<line class="tick {mark.role}" x1="{x}" y1="{_LINE - 12}" x2="{x}" y2="{foot - 11}"/>')
        labels.append(_label(mark, x, foot, "label", unit))
    parts += [
        f'<circle class="other" cx="{across(mark.value)}" cy="{_LINE}" r="4.5"/>'
        for mark in marks
        if mark.role == "neighbour"
    ]
    for mark in own:
        x = across(mark.value)
        if mark.limits:
            low, high = across(mark.limits[0]), across(mark.limits[1])
            parts.append(f'<line class="interval" x1="{low}" y1="{_LINE}" x2="{high}" y2="{_LINE}"/>')
        parts.append(f'<circle class="own" cx="{x}" cy="{_LINE}" r="6.5"/>')
        labels.append(_label(mark, x, _LINE - 20, "label own-label", unit))
    # Words last, with a halo of the ground's colour: a line may pass beneath them.
    return Markup("".join([*parts, *labels, "</svg>"]))


def _label(mark: Mark, x: float, y: float, kind: str, unit: str) -> str:
    """Write a name and number under or over its mark, moved inwards at the edges."""
    text = f"{mark.name} {mark.text}{unit}"
    half = len(text) * _LETTER / 2
    anchor, place = "middle", x
    if x - half < 0:
        anchor, place = "start", 2.0
    elif x + half > _WIDTH:
        anchor, place = "end", _WIDTH - 2.0
    return f'<text class="{kind}" x="{place}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _describe(marks: Sequence[Mark], unit: str) -> str:
    texts = [f"{mark.name} {mark.text}{unit}" for mark in marks]
    return "; ".join(texts) + "."
