#include <goldenthread/core/date.hpp>
#include <goldenthread/core/error.hpp>
#include <goldenthread/core/text.hpp>
#include <goldenthread/scorecard/assurance.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goldenthread {

namespace {

constexpr std::array<std::string_view, 14> tables_of_the_board = {
    "assurance_record", "finding",   "action", "body",    "body_member", "meeting",   "agenda_item",
    "decision",         "challenge", "risk",   "control", "document",    "work_plan", "training_attendance"};

constexpr std::size_t shortest_identifier = 4;

/// Where a word of a text stands.
struct word_place {
    std::string_view table;
    const column* from = nullptr;
    std::size_t row = 0;
};

/// Runs of letters, digits and the signs that `joins` adds.
std::vector<std::string> words_of(std::string_view text, std::string_view joins) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (is_ascii_letter(c) || is_ascii_digit(c) || joins.find(c) != std::string_view::npos) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

int number_or_zero(const std::string& word) {
    if (word.empty() || word.size() > 4 || !std::all_of(word.begin(), word.end(), is_ascii_digit)) return 0;
    return std::stoi(word);
}

int month_of(const std::string& word) {
    constexpr std::array<std::string_view, 12> names = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const std::string start = to_ascii_upper(word).substr(0, 3);
    const auto found = std::find(names.begin(), names.end(), start);
    return word.size() < 3 || found == names.end() ? 0 : static_cast<int>(found - names.begin()) + 1;
}

/// "1st" as "1".
std::string without_ordinal(std::string word) {
    const std::string end = word.size() > 2 ? to_ascii_upper(word.substr(word.size() - 2)) : std::string();
    if (end == "ST" || end == "ND" || end == "RD" || end == "TH") word.resize(word.size() - 2);
    return word;
}

void add_day(std::set<day>& days, int year, int month, int of_month) {
    if (year == 0 || month == 0 || of_month == 0) return;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    for (const int century : {0, 1900, 2000}) {
        if ((century == 0) != (year >= 1000)) continue;
        const auto found = parse_iso_day(std::to_string(century + year) + "-" + two(month) + "-" + two(of_month));
        if (found) days.insert(*found);
    }
}

/// Days that a text may mean.
std::set<day> days_in(std::string_view text) {
    std::set<day> days;
    const std::vector<std::string> words = words_of(text, "");
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
        const int first = number_or_zero(without_ordinal(words[i])), last = number_or_zero(words[i + 2]);
        const int named = month_of(words[i + 1]);
        const int middle = named != 0 ? named : number_or_zero(words[i + 1]);
        if (words[i].size() == 4) {
            add_day(days, first, middle, last);
        } else {
            add_day(days, last, middle, first);
        }
        if (const int month = month_of(words[i])) {  // May 1, 2012
            add_day(days, last, month, number_or_zero(without_ordinal(words[i + 1])));
        }
    }
    return days;
}

[[noreturn]] void refuse(const dataset& data, const word_place& place, const std::string& what) {
    const table& from = data[place.table];
    error_context context;
    std::string where = "table " + std::string(place.table) + ", column " + place.from->name();
    if (place.row < from.sources().size() && from.sources()[place.row].file < data.files().size()) {
        const row_source source = from.sources()[place.row];
        context.file = data.files()[source.file].name;
        where += ", row " + std::to_string(source.row);
    } else {
        where += ", row " + std::to_string(place.row + 1);
    }
    context.remedy = "name the case file's reference in your own system instead, and keep days in the columns for days";
    throw data_error(where + ": the text holds " + what + " of a child whose rows are loaded", std::move(context));
}

/// The texts of the board's tables: what they could name.
class board_texts {
public:
    explicit board_texts(const dataset& data) : data_(data) {
        for (const std::string_view name : tables_of_the_board) {
            const table* from = data.find(name);
            if (from == nullptr) continue;
            for (const column& c : from->columns()) {
                if (is_free_text(c)) add(name, c);
            }
        }
    }

    [[nodiscard]] bool empty() const noexcept { return words_.empty() && days_.empty(); }

    void look_for_identifiers(std::string_view table_name, std::string_view column_name) const {
        const column* ids = find(table_name, column_name);
        if (ids == nullptr || !is_text_type(ids->type())) return;
        for (std::size_t row = 0; row < ids->size(); ++row) {
            if (ids->is_null(row) || ids->text_at(row).size() < shortest_identifier) continue;
            const auto found = words_.find(to_ascii_upper(ids->text_at(row)));
            if (found != words_.end()) refuse(data_, found->second, "an identifier");
        }
    }

    void look_for_birth_dates(std::string_view table_name, std::string_view column_name) const {
        const column* born = find(table_name, column_name);
        if (born == nullptr || born->type() != value_type::date) return;
        for (std::size_t row = 0; row < born->size(); ++row) {
            if (born->is_null(row)) continue;
            const auto found = days_.find(born->day_at(row));
            if (found != days_.end()) refuse(data_, found->second, "the birth date");
        }
    }

private:
    /// Keys and references of the board's own tables are no free text.
    static bool is_free_text(const column& c) {
        constexpr std::array<std::string_view, 4> coded = {"plan_item", "kind", "judgement", "status"};
        const std::string& name = c.name();
        const bool is_key = name.size() > 3 && name.compare(name.size() - 3, 3, "_id") == 0;
        return is_text_type(c.type()) && !is_key && std::find(coded.begin(), coded.end(), name) == coded.end();
    }

    void add(std::string_view name, const column& c) {
        for (std::size_t row = 0; row < c.size(); ++row) {
            if (c.is_null(row)) continue;
            const std::string_view text = c.text_at(row);
            for (const std::string_view joins : {"", "_-#/"}) {
                for (const std::string& word : words_of(text, joins))
                    words_.emplace(to_ascii_upper(word), word_place{name, &c, row});
            }
            for (const day d : days_in(text)) days_.emplace(d, word_place{name, &c, row});
        }
    }

    [[nodiscard]] const column* find(std::string_view table_name, std::string_view column_name) const {
        const table* from = data_.find(table_name);
        return from == nullptr ? nullptr : from->find(column_name);
    }

    const dataset& data_;
    std::map<std::string, word_place> words_;
    std::map<day, word_place> days_;
};

}  // namespace

void refuse_named_children(const dataset& data) {
    const board_texts texts(data);
    if (texts.empty()) return;
    texts.look_for_identifiers("person", "child_id");
    texts.look_for_identifiers("person", "former_child_id");
    texts.look_for_identifiers("person", "upn");
    texts.look_for_identifiers("person_link", "partner_person_id");
    texts.look_for_birth_dates("person", "date_of_birth");
}

}  // namespace goldenthread
