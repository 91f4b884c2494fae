#include "synthetic/authority_files.hpp"
#include "synthetic/dataset_collector.hpp"
#include "synthetic/generator.hpp"
#include "synthetic/output_folder.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace goldenthread {

namespace {

using namespace exampleshire;

class row_counter {
public:
    void take(const row_store& rows) {
        std::size_t i = 0;
        for_each_table(rows, [&](std::string_view, const auto& table_rows) {
            counts_[i++] += static_cast<std::int64_t>(table_rows.size());
        });
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> named() const {
        std::vector<std::pair<std::string, std::int64_t>> result;
        const row_store names;
        std::size_t i = 0;
        for_each_table(names, [&](std::string_view name, const auto&) { result.emplace_back(name, counts_[i++]); });
        return result;
    }

private:
    std::array<std::int64_t, table_count> counts_{};
};

std::string authority_folder(std::int64_t number) {
    std::string name = "authority_";
    append_number(name, number, 4);
    return name;
}

/// Deals families out to authorities, and writes each authority whole.
class writing_run {
public:
    writing_run(const exampleshire_settings& settings, const output_folder& out, const exampleshire_formats& formats,
                const std::function<bool()>& go_on)
        : settings_(settings), out_(out), formats_(formats), go_on_(go_on), people_(settings) {}

    exampleshire_summary write() {
        row_store rows;
        while (people_.children() < settings_.children) write_authority(rows);
        summary_.children = people_.children();
        summary_.families = people_.families();
        summary_.child_population = people_.child_population();
        summary_.rows = counter_.named();
        return summary_;
    }

private:
    void write_authority(row_store& rows) {
        const std::int64_t most = settings_.children_per_authority;
        const bool alone = most == 0 || most >= settings_.children;
        authority_files files(alone ? out_.path() : out_.path() / authority_folder(++authorities_), people_.days(),
                              formats_);
        const std::int64_t before = people_.children();
        while ((alone || people_.children() - before < most) && people_.next_family(rows)) {
            if (go_on_ && !go_on_()) throw exampleshire_stopped();
            counter_.take(rows);
            files.take(rows);
            spoil(files);
        }
        people_.area(rows);
        counter_.take(rows);
        files.finish(rows);
        summary_.truths = files.truths();
    }

    /// Wrong records are spread evenly over the families.
    void spoil(authority_files& files) {
        constexpr std::int64_t every_child = 10'000;
        if (!formats_.tables) return;
        while (summary_.defects < people_.children() * settings_.defects_per_10000 / every_child) {
            const defect wrong = make_defect(summary_.defects++, people_.days());
            counter_.take(wrong.rows);
            files.take(wrong);
        }
    }

    const exampleshire_settings& settings_;
    const output_folder& out_;
    const exampleshire_formats& formats_;
    const std::function<bool()>& go_on_;
    generator people_;
    row_counter counter_;
    std::int64_t authorities_ = 0;
    exampleshire_summary summary_;
};

}  // namespace

dataset generate_exampleshire(const exampleshire_settings& settings) {
    check_settings(settings);
    if (settings.defects_per_10000 != 0 || settings.children_per_authority != 0) {
        throw definition_error(
            "Exampleshire in memory is one authority without wrong records: write_exampleshire makes others");
    }
    generator people(settings);
    dataset_collector tables;
    row_store rows;
    while (people.next_family(rows)) tables.take(rows);
    people.area(rows);
    tables.take(rows);
    return tables.finish();
}

exampleshire_summary write_exampleshire(const exampleshire_settings& settings, const std::string& folder,
                                        const exampleshire_formats& formats, const std::function<bool()>& go_on) {
    check_settings(settings);
    output_folder out(folder);
    exampleshire_summary summary = writing_run(settings, out, formats, go_on).write();
    summary.files = out.files();
    out.publish();
    return summary;
}

}  // namespace goldenthread
