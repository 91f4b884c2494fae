// The text spelling of expressions: a tokeniser and a recursive-descent parser of bounded depth.
#include <goldenthread/core/text.hpp>
#include <goldenthread/definitions/language.hpp>

#include <array>

namespace goldenthread {

namespace {

using kind = expression_kind;
using detail::make_expression;

enum class token_kind { end, name, integer, decimal, text, parameter, sign };

struct token {
    token_kind kind = token_kind::end;
    std::string text;
    std::size_t position = 0;
    std::size_t length = 0;
};

constexpr std::size_t longest_expression_text = 1'000'000;

[[noreturn]] void fail(std::string_view source, std::size_t position, std::size_t length, std::string message,
                       std::string remedy = {}) {
    // One line of the text around the place, with carets below it; columns are counted in characters.
    const std::size_t before = source.rfind('\n', position == 0 ? 0 : position - 1);
    const std::size_t line_start = before == std::string_view::npos || position == 0 ? 0 : before + 1;
    std::size_t line_end = source.find('\n', position);
    if (line_end == std::string_view::npos) line_end = source.size();
    constexpr std::size_t context_width = 60;
    std::size_t from = position - line_start > context_width ? position - context_width : line_start;
    std::size_t to = std::min(line_end, position + context_width);
    // Never a piece of a character.
    const auto inside_character = [&](std::size_t i) { return i < source.size() && (static_cast<unsigned char>(source[i]) & 0xC0U) == 0x80U; };
    while (inside_character(from)) ++from;
    while (inside_character(to)) ++to;
    const auto characters = [&](std::size_t a, std::size_t b) {
        std::size_t count = 0;
        for (std::size_t i = a; i < b; ++i) count += (static_cast<unsigned char>(source[i]) & 0xC0U) != 0x80U ? 1U : 0U;
        return count;
    };
    const std::size_t shown_length = std::max<std::size_t>(1, characters(position, std::min(to, position + length)));
    error_context context;
    context.excerpt = std::string(source.substr(from, to - from)) + "\n  " +
                      std::string(characters(from, position), ' ') + std::string(shown_length, '^');
    context.remedy = std::move(remedy);
    throw definition_error(std::move(message), std::move(context));
}

std::vector<token> tokens_of(std::string_view source) {
    std::vector<token> result;
    std::size_t i = 0;
    const auto add = [&](token_kind k, std::string text, std::size_t from) {
        result.push_back({k, std::move(text), from, i - from});
    };
    const auto name_character = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; };
    while (i < source.size()) {
        const char c = source[i];
        const std::size_t from = i;
        if (is_ascii_space(c)) {
            ++i;
        } else if (is_ascii_letter(c) || c == '_') {
            while (i < source.size() && name_character(source[i])) ++i;
            add(token_kind::name, std::string(source.substr(from, i - from)), from);
        } else if (is_ascii_digit(c)) {
            while (i < source.size() && is_ascii_digit(source[i])) ++i;
            bool fraction = false;
            if (i + 1 < source.size() && source[i] == '.' && is_ascii_digit(source[i + 1])) {
                fraction = true;
                ++i;
                while (i < source.size() && is_ascii_digit(source[i])) ++i;
            }
            if (i - from > 18) fail(source, from, i - from, "this number has more than 18 digits");
            add(fraction ? token_kind::decimal : token_kind::integer, std::string(source.substr(from, i - from)), from);
        } else if (c == '\'') {
            std::string text;
            ++i;
            for (;;) {
                if (i >= source.size()) fail(source, from, 1, "this text has no closing quote");
                if (source[i] == '\'') {
                    if (i + 1 < source.size() && source[i + 1] == '\'') {
                        text += '\'';
                        i += 2;
                        continue;
                    }
                    ++i;
                    break;
                }
                text += source[i++];
            }
            add(token_kind::text, std::move(text), from);
        } else if (c == ':' && i + 1 < source.size() && (is_ascii_letter(source[i + 1]) || source[i + 1] == '_')) {
            ++i;
            while (i < source.size() && name_character(source[i])) ++i;
            add(token_kind::parameter, std::string(source.substr(from + 1, i - from - 1)), from);
        } else {
            static constexpr std::array<std::string_view, 4> two = {"<=", ">=", "!=", "<>"};
            const std::string_view pair = source.substr(i, 2);
            if (std::find(two.begin(), two.end(), pair) != two.end()) {
                i += 2;
                add(token_kind::sign, pair == "<>" ? "!=" : std::string(pair), from);
            } else if (std::string_view("=<>()+-*/,.").find(c) != std::string_view::npos) {
                ++i;
                add(token_kind::sign, std::string(1, c), from);
            } else {
                const std::string remedy = c == '"' ? "texts stand in single quotes: 'NEG'" : "";
                fail(source, from, 1, "this character has no meaning here", remedy);
            }
        }
    }
    result.push_back({token_kind::end, "", source.size(), 1});
    return result;
}

std::int64_t digits_value(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c != '.') value = value * 10 + (c - '0');
    }
    return value;
}

class parser {
public:
    explicit parser(std::string_view source) : source_(source), tokens_(tokens_of(source)) {}

    expression whole_expression() {
        expression result = parse_or();
        expect_end();
        return result;
    }
    row_query whole_source() {
        row_query result = parse_source();
        expect_end();
        return result;
    }

private:
    // --- tokens ---------------------------------------------------------------------------------
    [[nodiscard]] const token& now() const { return tokens_[at_]; }
    [[nodiscard]] const token& ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
    [[nodiscard]] bool is_word(std::string_view word) const { return now().kind == token_kind::name && now().text == word; }
    [[nodiscard]] bool is_sign(std::string_view sign) const { return now().kind == token_kind::sign && now().text == sign; }
    [[nodiscard]] bool is_word_ahead(std::string_view word) const { return ahead(1).kind == token_kind::name && ahead(1).text == word; }
    [[nodiscard]] bool is_sign_ahead(std::string_view sign) const { return ahead(1).kind == token_kind::sign && ahead(1).text == sign; }
    bool take_word(std::string_view word) {
        const bool found = is_word(word);
        if (found) ++at_;
        return found;
    }
    bool take_sign(std::string_view sign) {
        const bool found = is_sign(sign);
        if (found) ++at_;
        return found;
    }
    [[noreturn]] void fail_here(std::string message, std::string remedy = {}) const {
        fail(source_, now().position, now().length, std::move(message), std::move(remedy));
    }
    void expect_sign(std::string_view sign) {
        if (!take_sign(sign)) fail_here(std::string("'").append(sign).append("' is expected here"));
    }
    void expect_word(std::string_view word) {
        if (!take_word(word)) fail_here(std::string("'").append(word).append("' is expected here"));
    }
    void expect_end() const {
        if (now().kind != token_kind::end) fail_here("nothing more is expected here");
    }
    std::string expect_name(const char* what) {
        if (now().kind != token_kind::name || is_reserved(now().text)) fail_here(std::string(what) + " is expected here");
        return tokens_[at_++].text;
    }

    // --- building -------------------------------------------------------------------------------
    struct depth_guard {
        explicit depth_guard(parser& p) : owner(p) {
            // A level of the tree and the brackets around it take up to five of our own.
            if (++owner.depth_ > 5 * deepest_expression) owner.fail_here("the expression is nested deeper than 256 levels");
        }
        ~depth_guard() { --owner.depth_; }
        depth_guard(const depth_guard&) = delete;
        depth_guard& operator=(const depth_guard&) = delete;
        parser& owner;
    };
    expression build(expression_node node, std::size_t from) const {
        node.position = static_cast<std::uint32_t>(from);
        const token& last = tokens_[at_ == 0 ? 0 : at_ - 1];
        node.length = static_cast<std::uint32_t>(last.position + last.length - std::min(from, last.position));
        try {
            return make_expression(std::move(node));
        } catch (const definition_error& problem) {
            fail(source_, from, 1, problem.message());
        }
    }
    expression build(kind k, std::vector<expression> children, std::size_t from) const {
        expression_node node;
        node.kind = k;
        node.children = std::move(children);
        return build(std::move(node), from);
    }

    // --- logic ----------------------------------------------------------------------------------
    expression parse_or() {
        const depth_guard guard(*this);
        const std::size_t from = now().position;
        expression left = parse_and();
        while (take_word("or")) left = build(kind::logical_or, {left, parse_and()}, from);
        return left;
    }
    expression parse_and() {
        const std::size_t from = now().position;
        expression left = parse_not();
        while (take_word("and")) left = build(kind::logical_and, {left, parse_not()}, from);
        return left;
    }
    expression parse_not() {
        const depth_guard guard(*this);
        const std::size_t from = now().position;
        if (take_word("not")) return build(kind::logical_not, {parse_not()}, from);
        return parse_comparison();
    }
    expression parse_comparison() {
        const std::size_t from = now().position;
        expression left = parse_sum();
        if (take_word("is")) {
            const bool negated = take_word("not");
            expect_word("null");
            return negate_if(negated, build(kind::is_null, {left}, from), from);
        }
        const bool negated = is_word("not") && (is_word_ahead("in") || is_word_ahead("between"));
        if (negated) ++at_;
        if (take_word("between")) {
            expression low = parse_sum();
            expect_word("and");
            return negate_if(negated, build(kind::between, {left, low, parse_sum()}, from), from);
        }
        if (take_word("in")) return negate_if(negated, build(kind::in_list, {left, parse_set()}, from), from);
        static constexpr std::array<std::pair<std::string_view, kind>, 6> signs = {
            {{"=", kind::equal}, {"!=", kind::not_equal}, {"<", kind::less}, {"<=", kind::less_or_equal},
             {">", kind::greater}, {">=", kind::greater_or_equal}}};
        for (const auto& [sign, k] : signs) {
            if (take_sign(sign)) return build(k, {left, parse_sum()}, from);
        }
        return left;
    }
    expression negate_if(bool negated, expression e, std::size_t from) const {
        return negated ? build(kind::logical_not, {std::move(e)}, from) : e;
    }
    expression parse_set() {
        const std::size_t from = now().position;
        if (now().kind == token_kind::parameter || (is_word("group") && is_sign_ahead("("))) return parse_primary();
        expect_sign("(");
        std::vector<expression> items;
        do {
            items.push_back(parse_or());
        } while (take_sign(","));
        expect_sign(")");
        return build(kind::list, std::move(items), from);
    }

    // --- arithmetic -----------------------------------------------------------------------------
    expression parse_sum() {
        const std::size_t from = now().position;
        expression left = parse_product();
        for (;;) {
            if (take_sign("+")) {
                left = build(kind::add, {left, parse_product()}, from);
            } else if (take_sign("-")) {
                left = build(kind::subtract, {left, parse_product()}, from);
            } else {
                return left;
            }
        }
    }
    expression parse_product() {
        const std::size_t from = now().position;
        expression left = parse_unary();
        for (;;) {
            if (take_sign("*")) {
                left = build(kind::multiply, {left, parse_unary()}, from);
            } else if (take_sign("/")) {
                left = build(kind::divide, {left, parse_unary()}, from);
            } else {
                return left;
            }
        }
    }
    expression parse_unary() {
        const depth_guard guard(*this);
        const std::size_t from = now().position;
        if (take_sign("-")) return build(kind::negate, {parse_unary()}, from);
        return with_unit(parse_primary(), from);
    }
    /// `18 months`, `:months months`, `15 working days`, `(a + b) days`.
    expression with_unit(expression amount, std::size_t from) {
        expression_node node;
        node.kind = kind::duration;
        if (is_word("working") && (is_word_ahead("days") || is_word_ahead("day"))) {
            at_ += 2;
            node.unit = duration_unit::working_days;
        } else if (take_word("days") || take_word("day")) {
            node.unit = duration_unit::days;
        } else if (take_word("weeks") || take_word("week")) {
            node.unit = duration_unit::weeks;
        } else if (take_word("months") || take_word("month")) {
            node.unit = duration_unit::months;
        } else if (take_word("years") || take_word("year")) {
            node.unit = duration_unit::years;
        } else {
            return amount;
        }
        node.children = {std::move(amount)};
        return build(std::move(node), from);
    }

    // --- primaries ------------------------------------------------------------------------------
    expression parse_primary() {
        const std::size_t from = now().position;
        expression_node node;
        switch (now().kind) {
            case token_kind::integer:
                node.kind = kind::integer_literal;
                node.number = digits_value(tokens_[at_++].text);
                return build(std::move(node), from);
            case token_kind::decimal: {
                const std::string& text = tokens_[at_++].text;
                node.kind = kind::decimal_literal;
                node.number = digits_value(text);
                node.scale = static_cast<int>(text.size() - text.find('.') - 1);
                return build(std::move(node), from);
            }
            case token_kind::text:
                node.kind = kind::text_literal;
                node.text = tokens_[at_++].text;
                return build(std::move(node), from);
            case token_kind::parameter:
                node.kind = kind::parameter;
                node.text = tokens_[at_++].text;
                return build(std::move(node), from);
            case token_kind::name: return parse_name();
            case token_kind::sign:
                if (take_sign("(")) {
                    expression inner = parse_or();
                    expect_sign(")");
                    return inner;
                }
                break;
            case token_kind::end: break;
        }
        fail_here(now().kind == token_kind::end ? "the expression ends too early" : "a value is expected here");
    }
    expression parse_name() {
        const std::size_t from = now().position;
        const std::string& word = now().text;
        expression_node node;
        if (word == "true" || word == "false") {
            node.kind = kind::truth_literal;
            node.flag = word == "true";
            ++at_;
            return build(std::move(node), from);
        }
        if (word == "unknown" || word == "null") {
            ++at_;
            return build(std::move(node), from);
        }
        if (word == "case") return parse_case();
        if (word == "date" && ahead(1).kind == token_kind::text) return parse_date();
        if (word == "as_at") {
            ++at_;
            return build(kind::as_at, {}, from);
        }
        if (word == "period" && is_sign_ahead(".")) return parse_period_name();
        // Without its bracket it is a column of this name, as in sum(max of cp_plan).
        const bool extreme = (word == "min" || word == "max") && is_word_ahead("of");
        if (extreme && ahead(2).kind == token_kind::sign && ahead(2).text == "(") return parse_extreme();
        if (word == "max" && is_word_ahead("over")) return parse_max_over();
        if (is_sign_ahead("(")) {
            if (find_aggregate(word) != nullptr) return parse_related({});
            if (word == "group") return parse_group();
        }
        return parse_path();
    }
    static const aggregate_entry* find_aggregate(std::string_view word) {
        const auto found = std::find_if(aggregates.begin(), aggregates.end(), [&](const aggregate_entry& a) { return a.name == word; });
        return found == aggregates.end() ? nullptr : &*found;
    }
    expression parse_date() {
        const std::size_t from = now().position;
        ++at_;
        const auto parsed = parse_iso_day(now().text);
        if (!parsed || *parsed < earliest_day || *parsed > latest_day) {
            fail_here("this is not a day between 1900 and 2199", "write a date as date '2019-03-31'");
        }
        ++at_;
        expression_node node;
        node.kind = kind::date_literal;
        node.number = *parsed;
        return build(std::move(node), from);
    }
    expression parse_period_name() {
        const std::size_t from = now().position;
        at_ += 2;
        if (take_word("first")) return build(kind::period_first, {}, from);
        if (take_word("last")) return build(kind::period_last, {}, from);
        fail_here("a period has a first and a last day only", "write period.first or period.last");
    }
    expression parse_group() {
        const std::size_t from = now().position;
        at_ += 2;
        if (now().kind != token_kind::text) fail_here("the name of a group of codes is expected here", "write group('neglect')");
        expression_node node;
        node.kind = kind::code_group;
        node.text = tokens_[at_++].text;
        expect_sign(")");
        return build(std::move(node), from);
    }
    expression parse_case() {
        const std::size_t from = now().position;
        ++at_;
        expression_node node;
        node.kind = kind::case_when;
        if (!is_word("when")) {
            node.flag = true;
            node.children.push_back(parse_or());
        }
        if (!is_word("when")) fail_here("'when' is expected here");
        while (take_word("when")) {
            node.children.push_back(parse_or());
            expect_word("then");
            node.children.push_back(parse_or());
        }
        if (take_word("else")) node.children.push_back(parse_or());
        expect_word("end");
        return build(std::move(node), from);
    }
    std::vector<expression> parse_arguments() {
        expect_sign("(");
        std::vector<expression> result;
        if (take_sign(")")) return result;
        do {
            result.push_back(parse_or());
        } while (take_sign(","));
        expect_sign(")");
        return result;
    }
    expression parse_extreme() {
        const std::size_t from = now().position;
        expression_node node;
        node.kind = kind::call;
        node.text = now().text + " of";
        at_ += 2;
        node.children = parse_arguments();
        if (node.children.empty()) fail_here("at least one value is expected between the brackets");
        return build(std::move(node), from);
    }
    expression parse_path() {
        const std::size_t from = now().position;
        name_path path = parse_name_path();
        expression_node node;
        if (is_sign("(")) {
            node.kind = kind::call;
            node.text = path.back();
            path.pop_back();
            node.path = std::move(path);
            node.children = parse_arguments();
        } else {
            node.kind = kind::column;
            node.path = std::move(path);
        }
        return build(std::move(node), from);
    }
    name_path parse_name_path() {
        name_path path = {expect_name("a name")};
        while (is_sign(".")) {
            ++at_;
            // After a dot even a reserved word is a name: g.end, x.order.
            if (now().kind != token_kind::name) fail_here("a name is expected after the dot");
            path.push_back(tokens_[at_++].text);
        }
        return path;
    }

    // --- related rows ---------------------------------------------------------------------------
    std::vector<std::string> parse_names() {
        std::vector<std::string> names = {expect_name("a column name")};
        while (take_sign(",")) names.push_back(expect_name("a column name"));
        return names;
    }
    expression parse_max_over() {
        at_ += 2;
        std::vector<std::string> over = parse_names();
        expect_word("of");
        if (!is_word("count")) fail_here("'count' is expected after 'max over … of'");
        return parse_related(std::move(over));
    }
    expression parse_related(std::vector<std::string> over) {
        using aggregate = related_rows::aggregate_type;
        const std::size_t from = now().position;
        auto related = std::make_shared<related_rows>();
        related->aggregate = find_aggregate(now().text)->aggregate;
        related->over = std::move(over);
        ++at_;
        expect_sign("(");
        if (related->aggregate == aggregate::nth) {
            if (now().kind != token_kind::integer || now().text == "0") fail_here("a position from 1 is expected here");
            related->position = digits_value(tokens_[at_++].text);
            expect_sign(",");
        }
        const bool takes_value = related->aggregate == aggregate::sum || related->aggregate == aggregate::minimum ||
                                 related->aggregate == aggregate::maximum;
        if (related->aggregate == aggregate::count && take_word("distinct")) related->distinct = true;
        if (takes_value || related->distinct) {
            related->value = parse_or();
            expect_word("of");
        }
        related->source = parse_source();
        expect_sign(")");
        const bool finds_row = related->aggregate == aggregate::first || related->aggregate == aggregate::last ||
                               related->aggregate == aggregate::nth;
        if (finds_row) {
            if (related->source.order_by.empty()) fail_here("first, last and nth need 'order by'");
            if (!is_sign(".")) fail_here("a column of the row found is expected here, as in last(…).risk_level");
            while (take_sign(".")) {
                if (now().kind != token_kind::name) fail_here("a name is expected after the dot");
                related->column.push_back(tokens_[at_++].text);
            }
        }
        expression_node node;
        node.kind = kind::related;
        node.related = std::move(related);
        return build(std::move(node), from);
    }
    row_query parse_source() {
        const depth_guard guard(*this);
        row_query source;
        if (is_word("latest") && is_word_ahead("per")) {
            parse_latest_per(source);
        } else if (is_word("gaps") && is_sign_ahead("(")) {
            parse_gaps(source);
        } else if (is_word("collapse") && is_sign_ahead("(")) {
            parse_collapse(source);
        } else if (now().kind == token_kind::parameter) {
            source.table = ":" + tokens_[at_++].text;
        } else {
            source.table = expect_name("a table");
        }
        if (take_word("as")) source.alias = expect_name("a short name");
        parse_by(source);
        if (take_word("where")) source.where = parse_or();
        if (is_word("order") && is_word_ahead("by")) {
            at_ += 2;
            do {
                source.order_by.push_back(parse_sum());
            } while (take_sign(","));
        }
        return source;
    }
    void parse_by(row_query& source) {
        if (!take_word("by")) return;
        if (!source.by.empty() || !source.by_parameter.empty()) fail_here("'by' is given twice");
        if (now().kind == token_kind::parameter) {
            source.by_parameter = tokens_[at_++].text;
            return;
        }
        do {
            key_pair key;
            key.theirs = parse_name_path();
            key.ours = take_sign("=") ? parse_name_path() : key.theirs;
            source.by.push_back(std::move(key));
        } while (take_sign(","));
    }
    void parse_latest_per(row_query& source) {
        source.kind = row_query::kind_type::latest_per;
        at_ += 2;
        expect_sign("(");
        source.per = parse_names();
        expect_sign(")");
        expect_sign("(");
        auto inner = std::make_shared<row_query>(parse_source());
        if (inner->order_by.empty()) fail_here("'latest per' needs 'order by'");
        source.inner = std::move(inner);
        expect_sign(")");
    }
    void parse_gaps(row_query& source) {
        source.kind = row_query::kind_type::gaps;
        at_ += 2;
        source.table = expect_name("a table");
        expect_sign(".");
        source.column = expect_name("a date column");
        parse_by(source);
        expect_word("from");
        source.from = parse_sum();
        expect_word("until");
        source.until = parse_sum();
        expect_sign(")");
    }
    void parse_collapse(row_query& source) {
        source.kind = row_query::kind_type::collapse;
        at_ += 2;
        source.table = expect_name("a table");
        parse_by(source);
        expect_word("gap");
        source.gap = parse_sum();
        expect_sign(")");
    }

    std::string_view source_;
    std::vector<token> tokens_;
    std::size_t at_ = 0;
    std::uint32_t depth_ = 0;
};

void check_length(std::string_view text) {
    if (text.size() > longest_expression_text) throw definition_error("the expression is longer than 1,000,000 characters");
    if (trimmed(text).empty()) throw definition_error("the expression is empty");
}

}  // namespace

expression parse_expression(std::string_view text) {
    check_length(text);
    return parser(text).whole_expression();
}

row_query parse_row_query(std::string_view text) {
    check_length(text);
    return parser(text).whole_source();
}

}  // namespace goldenthread
