// Tables in memory, without a detour through files.
#pragma once

#include "synthetic/row_store.hpp"

#include <goldenthread/data/dataset.hpp>

#include <vector>

namespace goldenthread::exampleshire {

class dataset_collector {
public:
    dataset_collector();
    void take(const row_store& rows);
    [[nodiscard]] dataset finish();

private:
    std::vector<std::vector<column_builder>> builders_;  ///< of each table
};

}  // namespace goldenthread::exampleshire
