"""The board report: one self-contained HTML page made from a release, never from raw results."""

from goldenthread.report.render import render_report, write_report

__all__ = ["render_report", "write_report"]
