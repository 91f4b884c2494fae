// goldenthread: what a plan says, what was inferred, and what it leaves open.
#pragma once

#include <string>
#include <utility>

namespace goldenthread {

/// Where something comes from.
enum class provenance {
    unspecified,  ///< the plan does not say, and nobody has filled it in
    stated,       ///< the words or the layout of the source document
    inferred,     ///< somebody's reading, with a reason; a board may change or delete it
};

[[nodiscard]] constexpr const char* to_text(provenance p) noexcept {
    switch (p) {
        case provenance::stated:
            return "stated";
        case provenance::inferred:
            return "inferred";
        default:
            return "unspecified";
    }
}

/// A field of another program's in a plan file (its name starts with "x-"): kept and written back, never read.
struct plan_extension {
    std::string name;  ///< "x-…"
    std::string json;  ///< its value as compact JSON text

    friend bool operator==(const plan_extension&, const plan_extension&) = default;
};

/// A value the plan may or may not give: a target, an owner, a date. Unspecified is a state of its own,
/// shown as such; it is not an empty text and nothing is filled in for it.
class stated_value {
public:
    /// Unspecified.
    stated_value() = default;

    [[nodiscard]] static stated_value unspecified() { return {}; }
    /// In the words of the plan.
    [[nodiscard]] static stated_value stated(std::string text) {
        stated_value value;
        value.from_ = provenance::stated;
        value.text_ = std::move(text);
        return value;
    }
    /// Read into the plan by somebody. `by` and `date` (ISO, yyyy-mm-dd) may be empty: then it came with the library.
    [[nodiscard]] static stated_value inferred(std::string text, std::string reason, std::string by = {},
                                               std::string date = {}) {
        stated_value value;
        value.from_ = provenance::inferred;
        value.text_ = std::move(text);
        value.reason_ = std::move(reason);
        value.by_ = std::move(by);
        value.date_ = std::move(date);
        return value;
    }

    [[nodiscard]] provenance from() const noexcept { return from_; }
    [[nodiscard]] bool is_specified() const noexcept { return from_ != provenance::unspecified; }
    /// Empty when unspecified.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// Why it was inferred; empty otherwise.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
    [[nodiscard]] const std::string& by() const noexcept { return by_; }
    [[nodiscard]] const std::string& date() const noexcept { return date_; }
    /// For a reader: the text, or the word "unspecified".
    [[nodiscard]] std::string shown() const { return is_specified() ? text_ : "unspecified"; }

    friend bool operator==(const stated_value&, const stated_value&) = default;

private:
    provenance from_ = provenance::unspecified;
    std::string text_;
    std::string reason_;
    std::string by_;
    std::string date_;
};

}  // namespace goldenthread
