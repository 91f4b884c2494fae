"""From a release to a file."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.report.words import sentence_case

if TYPE_CHECKING:
    from jinja2 import Environment

FORMAT = "goldenthread/release@1"

_TEMPLATES = Path(__file__).parent / "templates"


def render_report(release: Mapping[str, Any]) -> str:
    """Give the board report as one HTML page that needs nothing else: no network, no other file.

    release: the JSON document of a release, as the library writes it (schemas/release.schema.json). The same release
    gives the same bytes.

    Raises ValueError when it is not a release, ImportError when jinja2 is not installed.
    """
    found = release.get("format") if isinstance(release, Mapping) else type(release).__name__
    if found != FORMAT:
        raise ValueError(f"the report is made from a release ({FORMAT!r}), not from {found!r}: call protect() first")
    environment = _environment()
    # Only here: these need the extra too.
    from markupsafe import Markup

    from goldenthread.report.page import PageReader

    page = PageReader(release).read()
    style = _text("report.css").replace("RUNNING_MARK", _css_text(f"{page.mark} · {page.running_mark}"))
    script = _text("report.js")
    return environment.get_template("report.html.jinja").render(
        page=page,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash_source(style),
        script_hash=_hash_source(script),
    )


def write_report(release: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """Write the board report whole or not at all: a failure leaves the previous file as it was.

    Raises OSError when the folder cannot be written, and what render_report raises.
    """
    target = Path(path)
    text = render_report(release)
    # Beside the target: a rename is one step only within a file system.
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)  # noqa: PTH105 - the name says what matters: replaced in one step
    finally:
        part.unlink(missing_ok=True)


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise ImportError("the report needs jinja2: pip install 'goldenthread[report]'") from error
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["sentence"] = sentence_case
    return environment


def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _css_text(text: str) -> str:
    """Write a CSS string in which nothing can end it: all but letters, digits and blanks as code points.

    A blank ends each code point and is not part of the text.
    """
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text) + '"'


def _hash_source(text: str) -> str:
    """Name an inline style or script in the page's content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
