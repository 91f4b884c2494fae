"""Tables and columns of the Standard Safeguarding Dataset, and the canonical columns they fill."""

from __future__ import annotations

# Canonical table: the table of the dataset it comes from, and its columns.
PLAIN: dict[str, tuple[str, dict[str, str]]] = {
    "person": (
        "ssd_person",
        {
            "child_id": "pers_person_id",
            "date_of_birth": "pers_dob",
            "expected_date_of_birth": "pers_expected_dob",
            "date_of_death": "pers_death_date",
            "sex": "pers_sex",
            "gender": "pers_gender",
            "ethnicity": "pers_ethnicity",
        },
    ),
    "person_disability": ("ssd_disability", {"child_id": "disa_person_id", "disability": "disa_disability_code"}),
    "contact": (
        "ssd_contacts",
        {
            "contact_id": "cont_contact_id",
            "child_id": "cont_person_id",
            "contact_date": "cont_contact_date",
            "source": "cont_contact_source_code",
        },
    ),
    "referral": (
        "ssd_cin_episodes",
        {
            "referral_id": "cine_referral_id",
            "child_id": "cine_person_id",
            "referral_date": "cine_referral_date",
            "referral_source": "cine_referral_source_code",
            "primary_need": "cine_cin_primary_need_code",
            "referral_nfa": "cine_referral_nfa",
            "closure_date": "cine_close_date",
            "closure_reason": "cine_close_reason",
        },
    ),
    "assessment": (
        "ssd_cin_assessments",
        {
            "assessment_id": "cina_assessment_id",
            "referral_id": "cina_referral_id",
            "child_id": "cina_person_id",
            "start_date": "cina_assessment_start_date",
            "authorised_date": "cina_assessment_auth_date",
            "outcome_nfa": "cina_assessment_outcome_nfa",
        },
    ),
    "cin_plan": (
        "ssd_cin_plans",
        {
            "cin_plan_id": "cinp_cin_plan_id",
            "child_id": "cinp_person_id",
            "referral_id": "cinp_referral_id",
            "start_date": "cinp_cin_plan_start_date",
            "end_date": "cinp_cin_plan_end_date",
        },
    ),
    "section_47": (
        "ssd_s47_enquiry",
        {
            "section_47_id": "s47e_s47_enquiry_id",
            "child_id": "s47e_person_id",
            "referral_id": "s47e_referral_id",
            "start_date": "s47e_s47_start_date",
            "end_date": "s47e_s47_end_date",
        },
    ),
    "initial_conference": (
        "ssd_initial_cp_conference",
        {
            "conference_id": "icpc_icpc_id",
            "child_id": "icpc_person_id",
            "referral_id": "icpc_referral_id",
            "section_47_id": "icpc_s47_enquiry_id",
            "conference_date": "icpc_icpc_date",
            "outcome_cp_plan": "icpc_icpc_outcome_cp_flag",
            "transfer_in": "icpc_icpc_transfer_in",
        },
    ),
    "cp_plan": (
        "ssd_cp_plans",
        {
            "cp_plan_id": "cppl_cp_plan_id",
            "child_id": "cppl_person_id",
            "referral_id": "cppl_referral_id",
            "conference_id": "cppl_icpc_id",
            "start_date": "cppl_cp_plan_start_date",
            "end_date": "cppl_cp_plan_end_date",
            "initial_category": "cppl_cp_plan_initial_category",
            "latest_category": "cppl_cp_plan_latest_category",
            "other_authority": "cppl_cp_plan_ola",
        },
    ),
    "missing_episode": (
        "ssd_missing",
        {
            "missing_id": "miss_table_id",
            "child_id": "miss_person_id",
            "missing_type": "miss_missing_episode_type",
            "start_date": "miss_missing_episode_start_date",
            "end_date": "miss_missing_episode_end_date",
            "interview_offered": "miss_missing_rhi_offered",
            "interview_accepted": "miss_missing_rhi_accepted",
        },
    ),
    "early_help_episode": (
        "ssd_early_help_episodes",
        {
            "episode_id": "earl_episode_id",
            "child_id": "earl_person_id",
            "start_date": "earl_episode_start_date",
            "end_date": "earl_episode_end_date",
            "organisation": "earl_episode_organisation",
            "reason": "earl_episode_reason",
            "end_reason": "earl_episode_end_reason",
        },
    ),
}

# Tables that are read besides, and the columns that tell each.
OTHERS = {
    "ssd_assessment_factors": ("cinf_assessment_id", "cinf_assessment_factors_json"),
    "ssd_cp_reviews": ("cppr_cp_plan_id", "cppr_cp_review_date"),
    "ssd_cla_episodes": ("clae_cla_episode_id", "clae_person_id"),
    "ssd_cla_placement": ("clap_cla_placement_id", "clap_cla_placement_type"),
    "ssd_legal_status": ("lega_person_id", "lega_legal_status"),
}
TELLING = {
    **{source: tuple(columns.values())[:2] for source, columns in PLAIN.values()},
    **OTHERS,
}
