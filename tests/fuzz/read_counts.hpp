// What every reader promises of its rows: none is lost.
#pragma once

#include "fuzz_target.hpp"

#include <goldenthread/data/dataset.hpp>

#include <string>
#include <vector>

namespace fuzz {

using namespace goldenthread;

/// Rows in = rows kept + rows set aside, and each row set aside is a finding.
inline void require_no_row_lost(const source_file& file, const std::vector<finding>& findings) {
    require(file.rows_read == file.rows_kept + file.rows_set_aside, "rows read = kept + set aside", file.kind);
    std::size_t reported = 0;
    for (const finding& found : findings) {
        if (found.action == finding_action::set_aside) ++reported;
    }
    require(reported >= file.rows_set_aside, "every row set aside is a finding", file.kind);
}

}  // namespace fuzz
