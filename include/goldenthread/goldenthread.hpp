// goldenthread: everything most programs need.
//
// Left out because they are slow to compile: the engine's own headers. A program that wants to run the engine inside
// its own translation unit, without linking goldenthread::goldenthread, includes <goldenthread/engine/evaluate.hpp>
// too.
#pragma once

#include <goldenthread/core/calendar.hpp>
#include <goldenthread/core/conventions.hpp>
#include <goldenthread/core/date.hpp>
#include <goldenthread/core/date_conventions.hpp>
#include <goldenthread/core/decimal.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/file.hpp>
#include <goldenthread/core/hash.hpp>
#include <goldenthread/core/period.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/core/working_calendar.hpp>
#include <goldenthread/data/arrow.hpp>
#include <goldenthread/data/arrow_abi.hpp>
#include <goldenthread/data/column.hpp>
#include <goldenthread/data/dataset.hpp>
#include <goldenthread/data/finding.hpp>
#include <goldenthread/data/merge_datasets.hpp>
#include <goldenthread/data/read_cin_census.hpp>
#include <goldenthread/data/read_csv.hpp>
#include <goldenthread/data/read_rows.hpp>
#include <goldenthread/data/read_ssda903.hpp>
#include <goldenthread/data/read_tables.hpp>
#include <goldenthread/data/select_rows.hpp>
#include <goldenthread/definitions/build.hpp>
#include <goldenthread/definitions/build_measure.hpp>
#include <goldenthread/definitions/build_rows.hpp>
#include <goldenthread/definitions/case.hpp>
#include <goldenthread/definitions/expression.hpp>
#include <goldenthread/definitions/indicator.hpp>
#include <goldenthread/definitions/language.hpp>
#include <goldenthread/definitions/quantile.hpp>
#include <goldenthread/definitions/schema.hpp>
#include <goldenthread/disclosure/draft.hpp>
#include <goldenthread/disclosure/outline.hpp>
#include <goldenthread/disclosure/policy.hpp>
#include <goldenthread/disclosure/release.hpp>
#include <goldenthread/engine/cell.hpp>
#include <goldenthread/engine/request.hpp>
#include <goldenthread/plan/find_element.hpp>
#include <goldenthread/plan/plan.hpp>
#include <goldenthread/plan/plan_counts.hpp>
#include <goldenthread/plan/plan_element.hpp>
#include <goldenthread/plan/plan_links.hpp>
#include <goldenthread/plan/read_plan.hpp>
#include <goldenthread/plan/stated_value.hpp>
#include <goldenthread/scorecard/build_release.hpp>
#include <goldenthread/scorecard/plan_package.hpp>
#include <goldenthread/scorecard/scorecard.hpp>
#include <goldenthread/scorecard/write_release.hpp>
#include <goldenthread/synthetic/exampleshire.hpp>
#include <goldenthread/version.hpp>
