// The engine, compiled once for all programs that link the library.
#include <goldenthread/engine/run.hpp>

#include <utility>

namespace goldenthread {

results evaluate(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids, const dataset& data, const evaluation_request& request,
                 const run_options& options) {
    return inlined::evaluate(tables, set, ids, data, request, options);
}

results evaluate(const indicator_set& set, const std::vector<std::string>& ids, const dataset& data, const evaluation_request& request,
                 const run_options& options) {
    return inlined::evaluate(canonical_schema(), set, ids, data, request, options);
}

results evaluate(const schema& tables, const indicator& own, const dataset& data, const evaluation_request& request, const indicator_set& shared) {
    return inlined::evaluate(tables, own, data, request, shared);
}

std::vector<explained_row> explain(const schema& tables, const indicator_set& set, const std::string& id, const dataset& data, const period& when,
                                   const std::vector<breakdown_value>& key, const std::vector<parameter_value>& parameters) {
    return inlined::explain(tables, set, id, data, when, key, parameters);
}

movement what_moved(const schema& tables, const figure_question& before, const figure_question& after, bool with_units) {
    return inlined::what_moved(tables, before, after, with_units);
}

tabulated tabulate(const schema& tables, const indicator_set& shared, const expression& e, const dataset& data, const tabulate_request& request) {
    return inlined::tabulate(tables, shared, e, data, request);
}

engine::engine(const schema& tables, const indicator_set& set, const std::vector<std::string>& ids, const evaluation_request& request, engine_options options)
    : whole_(std::make_unique<inlined::engine>(tables, set, ids, request, std::move(options))) {}
engine::engine(const indicator_set& set, const std::vector<std::string>& ids, const evaluation_request& request, engine_options options)
    : engine(canonical_schema(), set, ids, request, std::move(options)) {}
engine::engine(const std::vector<indicator>& own, const std::vector<period>& periods, engine_options options)
    : whole_(std::make_unique<inlined::engine>(own, periods, std::move(options))) {}
engine::engine(const engine& other) : whole_(std::make_unique<inlined::engine>(*other.whole_)) {}
engine::engine(engine&& other) noexcept = default;
engine& engine::operator=(const engine& other) {
    engine copy(other);
    return *this = std::move(copy);
}
engine& engine::operator=(engine&& other) noexcept = default;
engine::~engine() = default;

engine_how engine::explain_how() const { return whole_->explain_how(); }
engine& engine::update(const dataset& batch, const run_options& options) {
    whole_->update(batch, options);
    return *this;
}
results engine::finish(const run_options& options) const { return whole_->finish(options); }
engine& engine::operator+=(const engine& other) {
    *whole_ += *other.whole_;
    return *this;
}
engine& engine::operator-=(const engine& other) {
    *whole_ -= *other.whole_;
    return *this;
}
bool engine::equals(const engine& other) const { return *whole_ == *other.whole_; }
std::string engine::save() const { return whole_->save(); }
engine& engine::load(std::string_view saved) {
    whole_->load(saved);
    return *this;
}

}  // namespace goldenthread
