// The test programs' main. With GOLDENTHREAD_TEST_LOCALE=comma in the environment everything runs where numbers are
// written 1.234,5: results must not change.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <clocale>
#include <cstdlib>
#include <locale>
#include <string>
#include <string_view>

namespace {

class comma_decimal : public std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

}  // namespace

int main(int count, char* arguments[]) {
    const char* wanted = std::getenv("GOLDENTHREAD_TEST_LOCALE");
    if (wanted != nullptr && std::string_view(wanted) == "comma") {
        std::locale::global(std::locale(std::locale::classic(), new comma_decimal));
        // C functions too, on machines that have such a locale.
        if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) std::setlocale(LC_ALL, "fr_FR.UTF-8");
    }
    return Catch::Session().run(count, arguments);
}
