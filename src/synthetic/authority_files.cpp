#include "synthetic/authority_files.hpp"

#include <utility>

namespace goldenthread::exampleshire {

authority_files::authority_files(std::filesystem::path folder, const extract& e, const exampleshire_formats& formats)
    : folder_(std::move(folder)) {
    if (formats.tables) tables_.emplace(folder_ / "tables");
    if (formats.cin_census) census_.emplace(folder_ / "cin_census", e);
    if (formats.ssda903) care_.emplace(folder_ / "ssda903", e);
    if (formats.answer_key) counter_.emplace(e);
}

void authority_files::take(const row_store& rows) {
    if (tables_) tables_->take(rows);
    if (census_) census_->take(rows);
    if (care_) care_->take(rows);
    if (counter_) counter_->take(rows);
}

void authority_files::take(const defect& wrong) {
    if (tables_) tables_->take(wrong, defects_);
}

void authority_files::finish(const row_store& area) {
    if (tables_) {
        tables_->take(area);
        tables_->finish();
    }
    if (census_) census_->finish();
    if (care_) care_->finish();
    if (!counter_) return;
    planted_ = counter_->finish(area);
    const std::filesystem::path key = folder_ / "answer_key";
    std::filesystem::create_directories(key);
    write_whole(key / "truths.csv", truths_csv(planted_));
    if (!defects_.empty())
        write_whole(key / "defects.csv", "area,child_id,defect,rule,table,column,line\r\n" + defects_);
}

}  // namespace goldenthread::exampleshire
