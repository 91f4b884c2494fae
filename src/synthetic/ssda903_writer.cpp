#include "synthetic/day_text.hpp"
#include "synthetic/return_writers.hpp"

#include <string>

namespace goldenthread::exampleshire {

namespace {

namespace fs = std::filesystem;

void append_day_cell(std::string& text, optional_day d) {
    text.push_back(',');
    if (d) append_british_day(text, *d);
}

void append_cell(std::string& text, std::string_view value) {
    text.push_back(',');
    text += value;
}

/// Columns CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB.
void append_header_row(std::string& text, const person_row& p) {
    append_identifier(text, p.child);
    append_cell(text, p.sex == "M" ? "1" : "2");
    append_day_cell(text, p.born);
    append_cell(text, p.ethnicity);
    text.push_back(',');
    if (p.upn != 0) append_upn(text, p.upn);
    text += ",,\r\n";
}

/// Columns CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN.
void append_episode_row(std::string& text, const looked_after_row& r, const return_year& y) {
    const optional_day ended = y.known(r.end);
    append_identifier(text, r.child);
    append_day_cell(text, r.start);
    append_cell(text, r.reason_new);
    append_cell(text, r.legal_status);
    append_cell(text, r.need);
    append_cell(text, r.placement);
    append_cell(text, r.provider);
    append_day_cell(text, ended);
    append_cell(text, ended ? r.reason_ceased : code_text());
    text += ",,,,\r\n";
}

/// Columns CHILD DOB MISSING MIS_START MIS_END.
void append_missing_row(std::string& text, const missing_row& r, const person_row& p, const return_year& y) {
    append_identifier(text, r.child);
    append_day_cell(text, p.born);
    append_cell(text, r.type);
    append_day_cell(text, r.start);
    append_day_cell(text, y.known(r.end));
    text += "\r\n";
}

}  // namespace

ssda903_writer::ssda903_writer(const fs::path& folder, const extract& e) {
    for (const return_year& y : return_years(e)) {
        const fs::path of_year = folder / std::to_string(y.year);
        fs::create_directories(of_year);
        years_.push_back({y, output_file(of_year / "header.csv"), output_file(of_year / "episodes.csv"),
                          output_file(of_year / "missing.csv")});
        years_.back().header.text() = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\r\n";
        years_.back().episodes.text() =
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\r\n";
        years_.back().missing.text() = "CHILD,DOB,MISSING,MIS_START,MIS_END\r\n";
    }
}

void ssda903_writer::take(const row_store& rows) {
    if (rows.looked_after_episode.empty()) return;
    for (year_files& files : years_) {
        const return_year& y = files.year;
        for (const person_row& p : rows.person) {
            bool any = false;
            for (const looked_after_row& r : rows.looked_after_episode) {
                if (r.child != p.child || !y.holds_stay(r.start, r.end)) continue;
                any = true;
                append_episode_row(files.episodes.text(), r, y);
            }
            if (!any) continue;
            append_header_row(files.header.text(), p);
            for (const missing_row& r : rows.missing_episode) {
                if (r.child == p.child && y.holds_stay(r.start, r.end))
                    append_missing_row(files.missing.text(), r, p, y);
            }
        }
        files.header.flush_if_large();
        files.episodes.flush_if_large();
        files.missing.flush_if_large();
    }
}

void ssda903_writer::finish() {
    for (year_files& files : years_) {
        files.header.finish();
        files.episodes.finish();
        files.missing.finish();
    }
}

}  // namespace goldenthread::exampleshire
