"""The pages of tables, codes and quality rules say what the schema and the rules say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from goldenthread import quality
from goldenthread.readers import schema

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "generate_tables.py"


def test_every_table_column_code_and_rule_has_its_line(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("generate_tables", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = {path.stem: path.read_text(encoding="utf-8") for path in module.write(tmp_path)}
    for name in schema.tables():
        section = written["tables"].split(f"## {name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column}` |" in section for column in schema.columns(name))
    for name in schema.code_sets():
        section = written["codes"].split(f"## {name}\n")[1].split("\n## ")[0]
        assert all(f"| `{code}` |" in section for code in schema.codes(name))
    factors = written["codes"].split("## factor\n")[1]
    assert "| `24A` | " in factors
    assert "from 2022" in factors
    assert all(f"| `{rule}` |" in written["quality_rules"] for rule in quality.rules())
