// Which conventions a definition depends on. Internal.
#pragma once

#include <goldenthread/engine/resolved.hpp>

#include <string>

namespace goldenthread::detail {

/// Whether a resolved definition reads time in a way that a convention decides.
class convention_reader {
public:
    explicit convention_reader(const resolved_measure& m) { add(m); }

    [[nodiscard]] bool depends_on(const std::string& convention) const {
        if (convention == "month_add") return months_;
        if (convention == "leap_birthday") return birthdays_;
        if (convention == "year_length") return years_;
        return convention == "working_days" && working_days_;
    }

private:
    void add_unit(duration_unit unit) {
        months_ = months_ || unit == duration_unit::months || unit == duration_unit::years;
        working_days_ = working_days_ || unit == duration_unit::working_days;
    }
    void add(const resolved_measure& m) {
        years_ = years_ || m.kind == measure_kind::incidence;
        add(m.root);
        for (const resolved* r : {&m.where, &m.exclude, &m.immature, &m.numerator, &m.value, &m.censored, &m.event})
            add(*r);
        for (const auto* windows : {&m.look_back, &m.follow_up}) {
            for (const resolved_measure::window& w : *windows) add_unit(w.unit);
        }
        if (m.lower) add(*m.lower);
        if (m.profile_measure) add(*m.profile_measure);
    }
    void add(const resolved& r) {
        if (!r) return;
        if (r->op == operation::duration) add_unit(r->unit);
        months_ = months_ || r->op == operation::months_between || r->op == operation::years_between;
        birthdays_ = birthdays_ || r->op == operation::age;
        working_days_ = working_days_ || r->op == operation::working_days_between;
        for (const resolved& child : r->children) add(child);
        if (!r->related) return;
        add(r->related->value);
        for (const resolved& o : r->related->over) add(o);
        add(r->related->source);
    }
    void add(const resolved_source& s) {
        add(s.where);
        for (const resolved_key& k : s.keys) add(k.ours);
        for (const resolved& o : s.order_by) add(o);
        add(s.from);
        add(s.until);
        if (s.inner) add(*s.inner);
    }

    bool months_ = false, birthdays_ = false, years_ = false, working_days_ = false;
};

}  // namespace goldenthread::detail
