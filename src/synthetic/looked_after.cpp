#include "synthetic/journeys.hpp"

#include <algorithm>
#include <array>

namespace goldenthread::exampleshire {

namespace {

struct placement_kind {
    code_text type, provider;
};

placement_kind draw_placement(dice& d, code_text legal_status, int age) {
    using choice = weighted<placement_kind>;
    if (age >= 16) {
        constexpr std::array<choice, 6> choices = {{{{"H5", "PR4"}, 260},
                                                    {{"U6", "PR4"}, 240},
                                                    {{"U4", "PR1"}, 190},
                                                    {{"K2", "PR4"}, 160},
                                                    {{"U3", "PR1"}, 80},
                                                    {{"P2", "PR4"}, 70}}};
        return d.pick(choices);
    }
    if (age >= 10) {
        constexpr std::array<choice, 6> choices = {{{{"U6", "PR4"}, 290},
                                                    {{"U6", "PR1"}, 230},
                                                    {{"U4", "PR1"}, 200},
                                                    {{"K2", "PR4"}, 150},
                                                    {{"U3", "PR1"}, 110},
                                                    {{"S1", "PR4"}, 20}}};
        return d.pick(choices);
    }
    if (age == 0 && d.chance(60)) return {"R3", "PR4"};
    if (legal_status == "C2" && d.chance(90)) return {"P1", "PR0"};
    constexpr std::array<choice, 5> choices = {
        {{{"U6", "PR1"}, 360}, {{"U6", "PR4"}, 220}, {{"U4", "PR1"}, 160}, {{"U3", "PR1"}, 170}, {{"U1", "PR1"}, 90}}};
    return d.pick(choices);
}

code_text draw_first_status(const family& f, dice& d) {
    constexpr std::array<weighted<code_text>, 5> statuses = {
        {{"V2", 510}, {"C1", 270}, {"L1", 110}, {"L2", 80}, {"J1", 30}}};
    return f.kind == journey::asylum ? code_text("V2") : d.pick(statuses);
}

/// Where a legal status leads; itself when it lasts.
code_text next_status(code_text status, dice& d) {
    if (status == "L1" || status == "L2") return d.chance(700) ? "C1" : "V2";
    if (status == "J1") return "V2";
    if (status == "C1") return "C2";
    if (status == "V2") return d.chance(250) ? "C1" : "V2";
    return status;
}

/// Days until something changes.
std::int32_t draw_spell(code_text status, dice& d) {
    constexpr deciles usual = {14, 80, 150, 220, 310, 420, 560, 740, 980, 1300, 2000};
    if (status == "L1") return d.between(1, 3);
    if (status == "L2") return d.between(4, 8);
    if (status == "J1") return d.between(10, 60);
    if (status == "C1") return d.between(90, 240);
    return d.draw(usual);
}

/// Writes one stay as a chain of episodes: each begins on the day the last one ended.
class care_writer {
public:
    care_writer(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows)
        : f_(f), c_(c), n_(n), e_(e), rows_(rows), d_(f.child_dice(c, topic::looked_after, n.round)) {}

    void write_stay(day start, day end, code_text end_reason) {
        const bool adoption = end_reason == "E11" || end_reason == "E12";
        const day placed = end - std::min(d_.between(150, 260), (end - start) / 2);
        const std::size_t first_row = rows_.looked_after_episode.size();
        status_ = draw_first_status(f_, d_);
        placement_ = draw_placement(d_, status_, c_.age_at(start));
        begin(start, "S");
        for (;;) {
            const day next = here_.start + draw_spell(status_, d_);
            if (adoption && next >= placed - 40) break;
            if (next >= end - 3) break;
            change(next);
        }
        if (adoption) place_for_adoption(placed);
        finish(end, end_reason);
        keep_known(first_row);
    }

    /// One stay of a series of short breaks.
    void write_short_break(day start, day end, code_text status) {
        const std::size_t first_row = rows_.looked_after_episode.size();
        status_ = status;
        placement_ = {status == "V3" ? "K2" : "U6", "PR1"};
        begin(start, "S");
        finish(end, "E8");
        keep_known(first_row);
    }

private:
    void begin(day start, code_text reason) {
        here_ = {};
        here_.id = c_.row('L', ++c_.care_episodes);
        here_.child = c_.id();
        here_.start = start;
        here_.reason_new = reason;
        here_.legal_status = status_;
        here_.need = n_.need == "N0" ? code_text("N1") : n_.need;
        here_.placement = placement_.type;
        here_.provider = placement_.provider;
        if (reason == "S") period_ = c_.row('O', ++c_.care_periods);
        if (reason != "L") place_ = c_.row('Q', ++c_.placements);
        here_.placement_id = place_;
        here_.period_of_care = period_;
    }

    void finish(day end, code_text reason) {
        here_.end = end;
        here_.reason_ceased = reason;
        rows_.looked_after_episode.push_back(here_);
    }

    void change(day on) {
        const code_text status = next_status(status_, d_);
        const bool new_status = status != status_;
        const bool new_placement = !new_status || d_.chance(200);
        finish(on, "X1");
        status_ = status;
        if (new_placement) placement_ = draw_placement(d_, status_, c_.age_at(on));
        begin(on, new_status && new_placement ? "B" : new_status ? "L" : "P");
    }

    void place_for_adoption(day on) {
        if (on <= here_.start) return;
        finish(on, "X1");
        const bool new_status = status_ != "E1";
        status_ = "E1";
        placement_ = {d_.chance(250) ? "A5" : "A6", "PR1"};
        begin(on, new_status ? "B" : "P");
    }

    /// Takes back what the extract cannot know yet.
    void keep_known(std::size_t first_row) {
        auto& all = rows_.looked_after_episode;
        while (all.size() > first_row && all.back().start > e_.last) all.pop_back();
        if (all.size() == first_row || all.back().end <= optional_day(e_.last)) return;
        all.back().end.reset();
        all.back().reason_ceased = {};
    }

    const family& f_;
    child& c_;
    const episode_of_need& n_;
    const extract& e_;
    row_store& rows_;
    dice d_;
    code_text status_;
    placement_kind placement_;
    looked_after_row here_;
    identifier place_, period_;
};

/// A few children go missing often, most never.
void go_missing(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows) {
    constexpr std::array<weighted<int>, 5> counts = {{{1, 360}, {2, 220}, {5, 200}, {10, 140}, {20, 80}}};
    dice d = f.child_dice(c, topic::missing, n.round);
    if (!d.chance(c.exploited ? 650 : 300)) return;
    const int count = d.pick(counts);
    day from = std::max(*n.care_start + 7, birthday(c.born, 11));
    for (int i = 0; i < count; ++i) {
        const day start = from + d.between(2, 90);
        const day end = start + (d.chance(550) ? 0 : d.chance(800) ? 1 : d.between(2, 12));
        const bool missing = d.chance(800);
        const bool offered = d.chance(870), accepted = offered && d.chance(620);
        const day interview = end + (d.chance(780) ? d.between(0, 3) : d.between(4, 20));
        if (end >= std::min(*n.care_end, c.limit)) return;
        from = end;
        if (start > e.last || end < e.first) continue;
        missing_row m;
        m.id = c.row('M', ++c.missing);
        m.child = c.id();
        m.type = missing ? "M" : "A";
        m.start = start;
        m.end = e.known(end);
        if (missing && m.end) {
            m.interview_offered = offered;
            if (offered) m.interview_accepted = accepted;
            if (accepted) m.interview = e.known(interview);
        }
        rows.missing_episode.push_back(m);
    }
}

/// Weekends away about once a month, each an episode of its own.
void take_weekend_breaks(care_writer& writer, const child& c, const episode_of_need& n, const extract& e, dice d) {
    day start = n.authorised + d.between(5, 30);
    while (start + 3 < std::min(n.closed, c.adult) && start <= e.last) {
        if (start >= e.first) writer.write_short_break(start, start + 2, "V3");
        start += d.between(26, 38);
    }
}

}  // namespace

void live_in_care(const family& f, child& c, const episode_of_need& n, const extract& e, row_store& rows) {
    care_writer writer(f, c, n, e, rows);
    if (n.care_start && *n.care_start <= e.last) {
        writer.write_stay(*n.care_start, *n.care_end, n.care_end_reason);
        go_missing(f, c, n, e, rows);
    }
    const bool born = n.authorised > c.born;
    if (!n.short_breaks || !born || n.authorised > e.last) return;
    dice d = f.child_dice(c, topic::looked_after, 128U + n.round);
    const day end = std::min(n.closed, c.adult);
    if (d.chance(400)) {
        take_weekend_breaks(writer, c, n, e, d);
    } else if (n.authorised + 30 < end) {
        writer.write_short_break(n.authorised + 14, end, "V4");
    }
}

}  // namespace goldenthread::exampleshire
