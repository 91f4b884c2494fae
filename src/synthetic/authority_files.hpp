// All files of one authority, in the forms asked for.
#pragma once

#include "synthetic/defects.hpp"
#include "synthetic/return_writers.hpp"
#include "synthetic/table_writer.hpp"
#include "synthetic/truths.hpp"

#include <goldenthread/synthetic/exampleshire.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace goldenthread::exampleshire {

class authority_files {
public:
    authority_files(std::filesystem::path folder, const extract& e, const exampleshire_formats& formats);

    /// A family's rows.
    void take(const row_store& rows);
    /// Wrong records: in the tables alone.
    void take(const defect& wrong);
    /// The area's rows, last.
    void finish(const row_store& area);
    [[nodiscard]] const std::vector<planted_truth>& truths() const noexcept { return planted_; }

private:
    std::filesystem::path folder_;
    std::optional<table_writer> tables_;
    std::optional<cin_census_writer> census_;
    std::optional<ssda903_writer> care_;
    std::optional<truth_counter> counter_;
    std::vector<planted_truth> planted_;
    std::string defects_;  ///< lines of the answer key
};

}  // namespace goldenthread::exampleshire
