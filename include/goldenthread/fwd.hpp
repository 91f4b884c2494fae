// goldenthread: names of the main types, for headers that only mention them.
#pragma once

namespace goldenthread {

// core
struct conventions;
struct period;
class error;
class calculation_error;
class data_error;
class definition_error;
class disclosure_error;

// plan
struct plan;
struct plan_element;
struct objective;
struct theme;
struct priority;
struct outcome_statement;
struct assurance_activity;
struct evidence_line;
struct golden_thread;
struct governance_item;

// definitions
class expression;
struct indicator;
struct indicator_set;
struct measure;
struct schema;

// data
class column;
class dataset;
class table;
struct finding;

// engine
struct cell;
struct evaluation_request;
struct indicator_result;
struct results;

// disclosure
struct disclosure_policy;
struct figure_judgement;
struct rag;
struct release_draft;
class release;

// synthetic
struct exampleshire_settings;

// scorecard
struct plan_package;
struct scorecard;
struct target;

}  // namespace goldenthread
