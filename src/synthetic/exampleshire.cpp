#include "synthetic/dataset_collector.hpp"
#include "synthetic/generator.hpp"
#include "synthetic/output_folder.hpp"
#include "synthetic/return_writers.hpp"
#include "synthetic/table_writer.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <array>
#include <optional>

namespace goldenthread {

namespace {

using namespace exampleshire;

/// Gives every family's rows, then the area's, to `take`.
template <class Take>
void generate(generator& people, Take&& take) {
    row_store rows;
    while (people.next_family(rows)) take(rows);
    people.area(rows);
    take(rows);
}

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

}  // namespace

dataset generate_exampleshire(const exampleshire_settings& settings) {
    generator people(settings);
    dataset_collector tables;
    generate(people, [&](const row_store& rows) { tables.take(rows); });
    return tables.finish();
}

exampleshire_summary write_exampleshire(const exampleshire_settings& settings, const std::string& folder,
                                        const exampleshire_formats& formats) {
    generator people(settings);
    output_folder out(folder);
    row_counter counter;
    {
        std::optional<table_writer> tables;
        std::optional<cin_census_writer> census;
        std::optional<ssda903_writer> care;
        if (formats.tables) tables.emplace(out.path() / "tables");
        if (formats.cin_census) census.emplace(out.path() / "cin_census", people.days());
        if (formats.ssda903) care.emplace(out.path() / "ssda903", people.days());
        generate(people, [&](const row_store& rows) {
            counter.take(rows);
            if (tables) tables->take(rows);
            if (census) census->take(rows);
            if (care) care->take(rows);
        });
        if (tables) tables->finish();
        if (census) census->finish();
        if (care) care->finish();
    }
    exampleshire_summary summary;
    summary.children = people.children();
    summary.families = people.families();
    summary.child_population = people.child_population();
    summary.rows = counter.named();
    summary.files = out.files();
    out.publish();
    return summary;
}

}  // namespace goldenthread
