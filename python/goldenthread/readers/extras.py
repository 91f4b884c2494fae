"""Libraries that only some files need: imported when such a file comes, with an error that names the remedy."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from goldenthread._core import DataError


def needed(module: str, purpose: str) -> Any:
    """Import a library of the extra `data`.

    Raises DataError naming what it is needed for and how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module.partition(".")[0]:
            raise
        raise DataError(f"{purpose} needs {missing.name}: pip install 'goldenthread[data]'") from None
