"""The SSDA903 return of looked-after children as one XML file."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread._core import read_ssda903_xml
from goldenthread.readers.found import Found, Options, Part, Reader
from goldenthread.readers.glimpse import Glimpse


def _recognise(seen: Glimpse, options: Options) -> Found | None:
    if seen.root != "EXPSSDA903":
        return None
    return Found(seen.path, READER.name, "SSDA903 return of looked-after children (XML)")


def _read(files: Sequence[Found], options: Options) -> list[Part]:
    return [Part(read_ssda903_xml(file.path, options.year), (file,)) for file in files]


READER = Reader(
    name="ssda903_xml",
    title="an SSDA903 return (XML)",
    tables=("person", "looked_after_episode", "missing_episode"),
    keys="natural",
    recognise=_recognise,
    read=_read,
)
