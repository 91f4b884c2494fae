"""What partners were to send, what came of it, and how well their person numbers are known.

What is expected is a file (goldenthread/submissions@1); what came is read from the data: rows and what `coverage` says
of them, or supplied figures. Counts alone come out, no identifier.
"""

from goldenthread.submissions.expected import Expected, parse_expected, read_expected
from goldenthread.submissions.matching import MatchRate, match_rates
from goldenthread.submissions.received import Submission, SubmissionReport, check_submissions

__all__ = [
    "Expected",
    "MatchRate",
    "Submission",
    "SubmissionReport",
    "check_submissions",
    "match_rates",
    "parse_expected",
    "read_expected",
]
