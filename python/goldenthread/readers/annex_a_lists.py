"""The lists of Annex A: their headings, and the canonical rows that their lines become."""

from __future__ import annotations

from dataclasses import dataclass

CHILD = "child unique id"


@dataclass(frozen=True)
class Rows:
    """The rows of a canonical table that a list holds: one for each of its lines that has the day."""

    table: str
    identifier: str  # its key column
    day: str  # canonical column that, with the child, names the row
    columns: dict[str, str]  # canonical column to heading, folded
    numbered: bool = True  # two rows of one child and day are two; otherwise the day alone names the row
    opposite: frozenset[str] = frozenset()  # yes in the list is no in the table
    optional: bool = False  # a line without the day is no row


@dataclass(frozen=True)
class List:
    """One list: its number, the heading that only it has, and what its lines become."""

    number: int
    title: str
    telling: str
    rows: tuple[Rows, ...]
    flow: str = ""  # heading of the day that says from when the list is complete


PERSON = {
    "sex": "gender",
    "ethnicity": "ethnicity",
    "date_of_birth": "date of birth",
    "disabled": "does the child have a disability",
}

_NEED = "was the child assessed as requiring la children's social care support"
_STRATEGY = "strategy discussion initiating section 47 enquiry start date"
_RESULT = "did the initial child protection conference result in a child protection plan"

LISTS: tuple[List, ...] = (
    List(
        1,
        "contacts",
        "date of contact",
        (
            Rows(
                "contact", "contact_id", "contact_date", {"contact_date": "date of contact", "source": "contact source"}
            ),
        ),
        "date of contact",
    ),
    List(
        2,
        "early help assessments",
        "organisation completing assessment",
        (
            Rows(
                "early_help_assessment",
                "eha_id",
                "start_date",
                {
                    "start_date": "assessment start date",
                    "completed_date": "assessment completion date",
                    "source": "organisation completing assessment",
                },
            ),
        ),
        "assessment completion date",
    ),
    List(
        3,
        "referrals",
        "date of referral",
        (
            Rows(
                "referral",
                "referral_id",
                "referral_date",
                {
                    "referral_date": "date of referral",
                    "referral_source": "referral source",
                    "referral_nfa": "referral nfa",
                },
            ),
        ),
        "date of referral",
    ),
    List(
        4,
        "assessments",
        "continuous assessment start date",
        (
            Rows(
                "assessment",
                "assessment_id",
                "start_date",
                {
                    "start_date": "continuous assessment start date",
                    "authorised_date": "continuous assessment date of authorisation",
                    "outcome_nfa": _NEED,
                },
                opposite=frozenset({"outcome_nfa"}),
            ),
        ),
    ),
    List(
        5,
        "section 47 enquiries and initial conferences",
        _STRATEGY,
        (
            Rows(
                "section_47",
                "section_47_id",
                "start_date",
                {
                    "start_date": _STRATEGY,
                    "conference_not_required": "was an initial child protection conference deemed unnecessary",
                },
            ),
            Rows(
                "initial_conference",
                "conference_id",
                "conference_date",
                {"conference_date": "date of initial child protection conference", "outcome_cp_plan": _RESULT},
                optional=True,
            ),
        ),
    ),
    List(
        6,
        "children in need",
        "cin start date",
        (
            Rows(
                "referral",
                "referral_id",
                "referral_date",
                {
                    "referral_date": "cin start date",
                    "primary_need": "primary need code",
                    "closure_date": "cin closure date",
                    "closure_reason": "reason for closure",
                },
            ),
        ),
    ),
    List(
        7,
        "child protection plans",
        "child protection plan start date",
        (
            Rows(
                "cp_plan",
                "cp_plan_id",
                "start_date",
                {
                    "start_date": "child protection plan start date",
                    "end_date": "child protection plan end date",
                    "initial_category": "initial category of abuse",
                    "latest_category": "latest category of abuse",
                    "number_of_previous_plans": "number of previous child protection plans",
                },
                numbered=False,
            ),
        ),
    ),
    List(
        8,
        "looked-after children",
        "date started to be looked after",
        (
            Rows(
                "looked_after_episode",
                "episode_id",
                "start_date",
                {
                    "start_date": "date started to be looked after",
                    "legal_status": "child's legal status",
                    "category_of_need": "child's category of need",
                    "placement_type": "placement type",
                    "end_date": "date ceased to be looked after",
                    "reason_ceased": "reason ceased to be looked after",
                },
                numbered=False,
            ),
        ),
    ),
)

REVIEW = "date of latest review conference"  # only the last of each plan
