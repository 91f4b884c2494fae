#include "data/check_references.hpp"
#include "data/derive_columns.hpp"
#include "data/file_text.hpp"
#include "data/row_checker.hpp"
#include "data/ssda903_return.hpp"
#include "data/xml_text.hpp"

#include <goldenthread/data/read_ssda903.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

namespace goldenthread {

namespace {

using detail::local_name;
using detail::row_checker;
using pugi::xml_node;

constexpr std::size_t largest_file = std::size_t{4} << 30U;

/// An element and the column it fills.
struct field {
    std::string_view element;
    std::string_view column;
};

constexpr std::array<field, 4> header_fields = {
    {{"CHILDID", "child_id"}, {"UPN", "upn"}, {"DOB", "date_of_birth"}, {"ETHNIC", "ethnicity"}}};
constexpr std::array<field, 9> episode_fields = {{{"DECOM", "start_date"},
                                                  {"RNE", "reason_new_episode"},
                                                  {"LS", "legal_status"},
                                                  {"CIN", "category_of_need"},
                                                  {"PL", "placement_type"},
                                                  {"PLACE", "placement_type"},
                                                  {"PLACE_PROVIDER", "placement_provider"},
                                                  {"DEC", "end_date"},
                                                  {"REC", "reason_ceased"}}};
constexpr std::array<field, 3> missing_fields = {
    {{"MISSING", "missing_type"}, {"MIS_START", "start_date"}, {"MIS_END", "end_date"}}};

/// Elements of the return that no canonical table holds; blocks are counted, fields are left out without a word.
constexpr std::array<std::string_view, 6> unmapped_blocks = {"AREVIEW",    "OC2",       "OC3",
                                                             "PERMANENCE", "AD_PLACED", "SOCIALWORKER"};
constexpr std::array<std::string_view, 43> unmapped_fields = {"UASC",
                                                              "MOTHER",
                                                              "MC_DOB",
                                                              "DUC",
                                                              "IN_TOUCH",
                                                              "ACTIV",
                                                              "ACCOM",
                                                              "DATE_INT",
                                                              "DATE_MATCH",
                                                              "FOSTER_CARE",
                                                              "NB_ADOPTR",
                                                              "SEX_ADOPTR",
                                                              "LS_ADOPTR",
                                                              "SDQ_SCORE",
                                                              "SDQ_REASON",
                                                              "CONVICTED",
                                                              "HEALTH_CHECK",
                                                              "IMMUNISATIONS",
                                                              "TEETH_CHECK",
                                                              "HEALTH_ASSESSMENT",
                                                              "SUBSTANCE_MISUSE",
                                                              "INTERVENTION_RECEIVED",
                                                              "INTERVENTION_OFFERED",
                                                              "PREV_PERM",
                                                              "LA_PERM",
                                                              "DATE_PERM",
                                                              "REASON_PLACE_CHANGE",
                                                              "HOME_POST",
                                                              "PL_POST",
                                                              "URN",
                                                              "PL_LA",
                                                              "PL_LOCATION",
                                                              "PL_DISTANCE",
                                                              "REVIEW",
                                                              "REVIEW_CODE",
                                                              "DATE_PLACED",
                                                              "DATE_PLACED_CEASED",
                                                              "REASON_PLACED_CEASED",
                                                              "SW_ID",
                                                              "SW_DECOM",
                                                              "SW_DEC",
                                                              "SW_REASON",
                                                              "MC_SEX"};

template <std::size_t Size>
bool is_listed(const std::array<std::string_view, Size>& list, std::string_view name) noexcept {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// One kind of block: its rows, and what stood twice in the one being read.
class block {
public:
    block(const char* table_name, const field* first, std::size_t count, const detail::row_origin& origin,
          std::vector<finding>& findings)
        : rows(canonical_schema().table(table_name), canonical_schema(), origin, findings), name(table_name) {
        for (std::size_t i = 0; i < count; ++i) {
            fields_.emplace_back(first[i].element, rows.position(first[i].column));
        }
    }

    /// Reads a field of the row; false if the element is not one of this block's.
    bool read(std::string_view element, std::string_view text) {
        for (const auto& [known, column] : fields_) {
            if (known != element) continue;
            if (std::find(seen_.begin(), seen_.end(), column) != seen_.end()) {
                rows.report(column, "element_repeated",
                            "the element stands more than once in its block; the first is read", text);
                return true;
            }
            rows.read(column, text);
            content += element;
            content += '\t';
            content += trimmed(text);
            content += '\n';
            seen_.push_back(column);
            return true;
        }
        return false;
    }
    void commit(std::size_t child_number) {
        seen_.clear();
        content.clear();
        static_cast<void>(rows.commit(child_number));
    }

    row_checker rows;
    std::string_view name;
    std::string content;  ///< what was read of the row, to tell repetitions from different rows

private:
    std::vector<std::pair<std::string_view, std::size_t>> fields_;
    std::vector<std::size_t> seen_;
};

class return_reader {
public:
    return_reader(const std::string& file, int year, std::vector<finding>& findings)
        : findings_(&findings), origin_(make_origin(file, year)) {}

    void read_child(xml_node child) {
        ++child_number_;
        child_id_.clear();
        // The header first, whatever the order: episodes need the child's id.
        for (xml_node node = child.first_child(); node; node = node.next_sibling()) {
            if (local_name(node) == "HEADER") read_header(node);
        }
        finish_person();
        each(child, [&](std::string_view name, xml_node node) {
            if (name == "HEADER") {
                read_blocks_of_header(node);
            } else {
                read_block(name, node, "CHILD");
            }
        });
    }
    void note_unknown(std::string_view name, std::string_view parent) {
        ++unknown_[std::string(name) + "' below '" + std::string(parent)];
    }
    template <typename Visit>
    void each(xml_node parent, Visit visit) {
        detail::each_element(parent, visit, [&](std::string_view text) { report_stray(text); });
    }

    void finish(dataset& data, source_file& counts) {
        for (block* kind : {&person_, &episode_, &missing_}) {
            counts.rows_read += kind->rows.rows_read();
            counts.rows_kept += kind->rows.rows_kept();
            counts.rows_set_aside += kind->rows.rows_set_aside();
            data.add(kind->rows.finish());
        }
        for (const auto& [name, count] : unmapped_) {
            counts.notes.push_back("blocks '" + name +
                                   "' are not mapped to canonical tables and were not read: " + std::to_string(count));
        }
        for (const auto& [element, count] : unknown_) {
            counts.notes.push_back("element '" + element + "' is not known and was not read: " + std::to_string(count) +
                                   (count == 1 ? " time" : " times"));
        }
    }

private:
    static detail::row_origin make_origin(const std::string& file, int year) {
        detail::row_origin origin;
        origin.file = file;
        origin.dates = detail::date_style::day_first;
        origin.census_year = year;
        return origin;
    }
    void report_stray(std::string_view text) {
        findings_->push_back(detail::stray_text("person", origin_.file, child_number_, text));
    }

    void read_header(xml_node node) {
        for (xml_node each_field = node.first_child(); each_field; each_field = each_field.next_sibling()) {
            if (each_field.type() != pugi::node_element || detail::has_elements(each_field)) continue;
            const std::string_view name = local_name(each_field);
            if (name == "SEX") {
                detail::read_ssda903_sex(person_.rows, each_field.child_value());
            } else {
                static_cast<void>(person_.read(name, each_field.child_value()));
            }
        }
    }
    void finish_person() {
        const std::size_t id = person_.rows.position("child_id");
        if (!person_.rows.is_null(id)) child_id_ = person_.rows.text(id);
        person_.commit(child_number_);
    }
    void read_blocks_of_header(xml_node node) {
        each(node, [&](std::string_view name, xml_node inner) {
            const bool is_person_field =
                name == "SEX" || std::any_of(header_fields.begin(), header_fields.end(),
                                             [&](const field& known) { return known.element == name; });
            if (!is_person_field) read_block(name, inner, "HEADER");
        });
    }
    void read_block(std::string_view name, xml_node node, std::string_view parent) {
        if (name == "EPISODE") {
            read_row(episode_, node, "episode_id");
        } else if (name == "AMISSING") {
            read_row(missing_, node, "missing_id");
        } else if (is_listed(unmapped_blocks, name)) {
            ++unmapped_[std::string(name)];
        } else if (!is_listed(unmapped_fields, name)) {
            note_unknown(name, parent);
        }
    }
    void read_row(block& kind, xml_node node, const char* id) {
        if (!detail::has_elements(node)) {
            kind.rows.reject(child_number_, "block_empty", "the block is empty; it is set aside");
            return;
        }
        each(node, [&](std::string_view name, xml_node value) {
            if (!kind.read(name, value.child_value()) && !is_listed(unmapped_fields, name)) {
                note_unknown(name, local_name(node));
            }
        });
        if (!child_id_.empty()) kind.rows.set_text(kind.rows.position("child_id"), child_id_);
        names_[&kind].give(kind.rows, id, kind.content);
        kind.commit(child_number_);
    }

    std::vector<finding>* findings_;
    detail::row_origin origin_;
    block person_{"person", header_fields.data(), header_fields.size(), origin_, *findings_};
    block episode_{"looked_after_episode", episode_fields.data(), episode_fields.size(), origin_, *findings_};
    block missing_{"missing_episode", missing_fields.data(), missing_fields.size(), origin_, *findings_};
    std::map<const block*, detail::episode_names> names_;
    std::map<std::string, std::size_t> unmapped_;
    std::map<std::string, std::size_t> unknown_;
    std::size_t child_number_ = 0;
    std::string child_id_;
};

}  // namespace

dataset parse_ssda903_xml(std::string xml, const std::string& file, int year) {
    detail::expect_collection_year(file, year);
    pugi::xml_document document;
    detail::load_xml(document, xml, file, "an SSDA903 return");
    const xml_node root = detail::expect_root(document, file, "EXPSSDA903", "an SSDA903 return");
    dataset data;
    source_file counts;
    counts.name = detail::file_name(file);
    counts.kind = "SSDA903 XML";
    return_reader reader(counts.name, year, data.findings());
    reader.each(root, [&](std::string_view name, xml_node node) {
        if (name == "CHILD") {
            reader.read_child(node);
        } else {
            reader.note_unknown(name, "EXPSSDA903");
        }
    });
    reader.finish(data, counts);
    data.files().push_back(std::move(counts));
    detail::settle_collection_year(data, file, year);
    detail::derive_placements(data);
    detail::check_references(data, canonical_schema());
    return data;
}

dataset read_ssda903_xml(const std::string& path, int year) {
    return parse_ssda903_xml(detail::load_file(path, largest_file), path, year);
}

}  // namespace goldenthread
