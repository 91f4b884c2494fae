// Evaluates the Leicester plan on a folder of canonical tables and prints the release as JSON:
//
//     evaluate_plan FOLDER PERIOD...          evaluate_plan data/tables 2018-19 "2019-20 Q4"
//
// The same release as `goldenthread evaluate --breakdown default --json`, byte for byte.
#include <goldenthread/goldenthread.hpp>

#include <exception>
#include <iostream>

namespace gt = goldenthread;

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: evaluate_plan FOLDER PERIOD...\n";
        return 2;
    }
    try {
        gt::evaluation_request request;
        for (int i = 2; i < argc; ++i) request.periods.push_back(gt::parse_period(argv[i]));
        request.breakdowns = {{"default"}};  // each indicator's own

        const gt::dataset data = gt::read_tables(argv[1]);
        const gt::plan_package package = gt::shipped_plan_package("leicester_2018_2020");
        const gt::scorecard card = gt::evaluate_plan(package, data, request);  // true numbers: they stay here

        // There is no writer for anything but a release, in which small numbers are hidden.
        std::cout << gt::to_json(gt::build_release(card));
        return 0;
    } catch (const gt::data_error& problem) {
        std::cerr << problem.what() << '\n';
        return 3;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 2;
    }
}
