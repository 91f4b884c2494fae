// goldenthread: works an expression out, for the translation unit that includes this: inlined::tabulate.
#pragma once

#include <goldenthread/engine/evaluate_inline.hpp>
#include <goldenthread/engine/tabulate.hpp>

#include <string>
#include <utility>
#include <vector>

namespace goldenthread::detail {

/// Resolves one expression of any type about the rows of a table.
class single_expression_resolver : private expression_resolver {
public:
    single_expression_resolver(const schema& tables, const indicator_set& set, const indicator& definition)
        : expression_resolver(tables, set, definition, {}) {}

    /// A measure whose `value` is the expression, whatever its type.
    [[nodiscard]] resolved_measure run(const expression& e, const std::string& of, const std::string& alias) {
        measure_.indicator = definition_.id;
        measure_.conventions = chosen_conventions(definition_.conventions);
        const scope nothing;
        const table_schema& table = table_of(of, nothing, nullptr);
        measure_.root.table = table.name;
        root_.table = &table;
        root_.table_name = table.name;
        root_.alias = alias;
        slot_expression_ = e;
        measure_.value = resolve(e, root_);
        if (measure_.value->type == static_type::duration)
            fail("a duration has no value of its own: add it to a date", &e);
        measure_.where = make_constant(truth_scalar(true), static_type::truth);
        measure_.tables.assign(tables_.begin(), tables_.end());
        measure_.slots = next_slot_;
        return std::move(measure_);
    }
};

[[nodiscard]] inline std::string scalar_text(const scalar& s, const resolved_node& n, const text_pool& texts) {
    const auto one = [&](std::int64_t v) -> std::string {
        if (s.kind == scalar::kind_type::date) return to_iso(static_cast<day>(v));
        return exact_number_text(v, n.denominator);
    };
    switch (s.kind) {
        case scalar::kind_type::null:
            return "unknown";
        case scalar::kind_type::truth:
            return s.low != 0 ? "true" : "false";
        case scalar::kind_type::text:
            return texts.text(s.low);
        case scalar::kind_type::number:
        case scalar::kind_type::date:
            return s.is_exact() ? one(s.low) : one(s.low) + " to " + one(s.high);
        case scalar::kind_type::duration:
            return std::to_string(s.low) + " " + std::string(to_text(s.unit));
    }
    return {};
}

}  // namespace goldenthread::detail


namespace goldenthread::inlined {

/// \copydoc goldenthread::tabulate
[[nodiscard]] inline tabulated tabulate(const schema& tables, const indicator_set& shared, const expression& e,
                                        const dataset& data, const tabulate_request& request) {
    if (request.periods.empty()) throw definition_error("no period was asked for");
    if (detail::axes_of(request.periods).size() != 1) throw definition_error("the periods of a table go forward only");
    indicator definition;
    definition.id = "expression";
    definition.parameters = request.parameters;
    definition.conventions = request.conventions;
    const detail::resolved_measure m =
        detail::single_expression_resolver(tables, shared, definition).run(e, request.of, request.alias);
    const detail::resolved_node& root = *m.value;
    tabulated result;
    result.type = to_text(root.type);
    detail::english_writer english(tables, m.root.table);
    result.english = root.type == detail::static_type::truth ? english.condition(m.value) : english.quantity(m.value);
    const bool by_intervals = !request.force_reference && detail::has_steps(m.value);
    result.path = by_intervals ? "interval" : "reference";
    detail::prepared_dataset prepared(data, tables);
    const detail::bound_measure bound(m, prepared);
    std::vector<detail::time_point> axis;
    for (const period& p : request.periods) axis.push_back(detail::point_of(p));
    detail::interval_evaluator steps(bound, axis);
    detail::frames f(m.slots);
    const std::size_t rows = bound.root() == nullptr ? 0 : bound.root()->row_count();
    for (std::size_t row = 0; row < rows; ++row) {
        f.assign(m.slots, {});
        f[0].row = static_cast<std::int64_t>(row);
        std::vector<std::string>& values = result.values.emplace_back();
        const detail::steps stepped = by_intervals ? steps.evaluate(m.value, f) : detail::steps{};
        for (std::size_t i = 0; i < axis.size(); ++i) {
            const scalar v = by_intervals ? detail::step_at(stepped, static_cast<std::uint32_t>(i))
                                          : steps.nodes().evaluate(m.value, f, axis[i]);
            values.push_back(detail::scalar_text(v, root, prepared.texts()));
        }
    }
    return result;
}

}  // namespace goldenthread::inlined
