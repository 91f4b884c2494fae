// Published files, and an area's figures beside those of its neighbours.
#include "register.hpp"

#include <goldenthread/data/read_published.hpp>
#include <goldenthread/scorecard/benchmarks.hpp>
#include <goldenthread/scorecard/check_published.hpp>

#include <pybind11/stl.h>

#include <optional>
#include <string>
#include <vector>

namespace py = pybind11;

namespace goldenthread::python {

namespace {

py::object decimal(const std::string& text) { return py::module_::import("decimal").attr("Decimal")(text); }

py::dict number_dict(const printed_number& number) {
    py::dict d;
    d["state"] = std::string(to_text(number.state));
    d["symbol"] = std::string(symbol_of(number.state));
    d["value"] = number.is_value() ? decimal(to_text(number)) : py::object(py::none());
    return d;
}

py::dict area_dict(const published_area& area) {
    py::dict d;
    d["level"] = std::string(to_text(area.level));
    d["code"] = area.code;
    d["name"] = area.name;
    d["old_code"] = area.old_code;
    d["region_code"] = area.region_code;
    d["first_year"] = area.first_year;
    d["last_year"] = area.last_year;
    return d;
}

const published_table& table_of(const published_data& data, const std::string& name) {
    if (const published_table* table = data.find_table(name)) return *table;
    std::vector<std::string> known;
    for (const published_table& each : data.tables) known.push_back(each.name);
    error_context context;
    context.file = data.folder;
    context.remedy = name_remedy(name, known);
    throw data_error("holds no table '" + name + "'", std::move(context));
}

/// A table as columns: what is no number is None; the state of each number stands in a column beside it.
py::dict columns_of(const published_table& table) {
    py::list years, areas, names, levels;
    for (const published_row& row : table.rows) {
        const published_area* area = table.find_area(row.area);
        years.append(row.year);
        areas.append(row.area);
        names.append(area == nullptr ? std::string() : area->name);
        levels.append(area == nullptr ? std::string() : std::string(to_text(area->level)));
    }
    py::dict d;
    d["year"] = years;
    d["level"] = levels;
    d["area"] = areas;
    d["area_name"] = names;
    for (std::size_t i = 0; i < table.filters.size(); ++i) {
        py::list values;
        for (const published_row& row : table.rows) values.append(row.filters[i]);
        d[py::str(table.filters[i].name)] = values;
    }
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
        py::list values, states;
        for (const published_row& row : table.rows) {
            const printed_number& number = row.numbers[i];
            values.append(number.is_value() ? decimal(to_text(number)) : py::object(py::none()));
            states.append(std::string(to_text(number.state)));
        }
        d[py::str(table.indicators[i])] = values;
        d[py::str(table.indicators[i] + "_state")] = states;
    }
    return d;
}

py::object decimal_or_none(const std::string& text) { return text.empty() ? py::object(py::none()) : decimal(text); }

py::object value_or_none(const number_of_others& number) {
    return number.is_value() ? decimal(number.text) : py::object(py::none());
}

py::dict row_dict(const published_comparison& figure, const published_cell& cell) {
    py::dict d;
    d["indicator"] = figure.indicator;
    d["title"] = figure.title;
    d["relation"] = figure.relation;
    d["unit"] = figure.is_share ? "percent" : "rate";
    d["per"] = figure.per;
    d["year"] = cell.year;
    d["role"] = cell.role;
    d["area"] = cell.area;
    d["area_name"] = cell.area_name;
    d["closeness"] = cell.closeness;
    d["state"] = cell.value.state;
    d["symbol"] = cell.value.is_value() ? std::string() : cell.value.text;
    d["value"] = value_or_none(cell.value);
    d["numerator"] = value_or_none(cell.numerator);
    d["denominator"] = value_or_none(cell.denominator);
    d["derived"] = cell.value.derived || cell.numerator.derived || cell.denominator.derived;
    d["lower"] = decimal_or_none(cell.lower);
    d["upper"] = decimal_or_none(cell.upper);
    d["comparison"] = cell.comparison;
    d["reason"] = cell.reason;
    d["note"] = figure.note;
    d["file"] = figure.file;
    return d;
}

py::list standings_of(const published_comparisons& all) {
    py::list result;
    for (const published_comparison& figure : all.figures) {
        for (const published_standing& standing : figure.standings) {
            py::dict d;
            d["indicator"] = figure.indicator;
            d["title"] = figure.title;
            d["year"] = standing.year;
            d["rank"] = standing.rank;
            d["highest_rank"] = standing.highest_rank;
            d["lowest_rank"] = standing.lowest_rank;
            d["authorities"] = standing.authorities;
            d["quartile"] = standing.quartile;
            result.append(d);
        }
    }
    return result;
}

py::dict check_dict(const published_check& check) {
    py::list columns, differences;
    for (const published_share_check& each : check.shares) {
        py::dict d;
        d["file"] = each.share.file;
        d["column"] = each.share.published;
        d["file_present"] = each.file_present;
        d["tried"] = each.tried;
        d["equal"] = each.equal;
        d["not_tried"] = each.not_tried;
        columns.append(d);
    }
    for (const published_difference& each : check.differences) {
        py::dict d;
        d["file"] = each.file;
        d["line"] = each.line;
        d["column"] = each.column;
        d["area"] = each.area;
        d["area_name"] = each.area_name;
        d["year"] = each.year;
        d["numerator"] = each.numerator;
        d["denominator"] = each.denominator;
        d["published"] = each.published;
        d["computed"] = each.computed;
        d["known"] = each.known;
        d["reason"] = each.reason;
        differences.append(d);
    }
    py::dict result;
    result["tried"] = check.tried;
    result["equal"] = check.equal;
    result["holds"] = check.holds();
    result["columns"] = columns;
    result["differences"] = differences;
    return result;
}

published_catalogue catalogue_from(const py::object& text) {
    return text.is_none() ? shipped_published_catalogue()
                          : parse_published_catalogue(text.cast<std::string>(), "published.json");
}

void register_comparisons(py::module_& m) {
    py::class_<published_comparisons> c(m, "PublishedFigures",
                                        "Published figures of an area, its statistical neighbours, its region and the "
                                        "country, beside indicators. Others computed them.");
    place_in_package(c);
    c.def_property_readonly("area", [](const published_comparisons& s) { return s.area; })
        .def_property_readonly("area_name", [](const published_comparisons& s) { return s.area_name; })
        .def_property_readonly("years",
                               [](const published_comparisons& s) { return py::make_tuple(s.first_year, s.last_year); })
        .def_property_readonly("indicators",
                               [](const published_comparisons& s) {
                                   std::vector<std::string> ids;
                                   for (const published_comparison& each : s.figures) {
                                       if (ids.empty() || ids.back() != each.indicator) ids.push_back(each.indicator);
                                   }
                                   return py::tuple(py::cast(ids));
                               })
        .def_property_readonly("neighbour_note", [](const published_comparisons& s) { return s.neighbour_note; })
        .def_property_readonly("attribution", [](const published_comparisons& s) { return s.attribution; })
        .def_property_readonly("method", [](const published_comparisons& s) { return s.method; })
        .def(
            "rows",
            [](const published_comparisons& s) {
                py::list result;
                for (const published_comparison& figure : s.figures) {
                    for (const published_cell& cell : figure.cells) result.append(row_dict(figure, cell));
                }
                return result;
            },
            "A dict for each figure, place and year; numbers are Decimal, None where there is none: see state.")
        .def("standings", &standings_of,
             "Where the area stands among the authorities of each year: rank with its range, quartile.")
        .def("__len__", [](const published_comparisons& s) { return s.figures.size(); })
        .def("__repr__", [](const published_comparisons& s) {
            return "<PublishedFigures of " + s.area_name + ", " + std::to_string(s.first_year) + " to " +
                   std::to_string(s.last_year) + ": " + std::to_string(s.figures.size()) + " figures>";
        });
}

}  // namespace

void register_published(py::module_& m) {
    register_comparisons(m);
    py::class_<published_data> c(m, "PublishedData",
                                 "Files of explore-education-statistics read from a folder, as they were published.");
    place_in_package(c);
    c.def_property_readonly("folder", [](const published_data& d) { return d.folder; })
        .def_property_readonly("tables",
                               [](const published_data& d) {
                                   py::list names;
                                   for (const published_table& each : d.tables) names.append(each.name);
                                   return py::tuple(names);
                               })
        .def_property_readonly("notes", [](const published_data& d) { return py::tuple(py::cast(d.notes)); })
        .def_property_readonly("areas",
                               [](const published_data& d) {
                                   py::list areas;
                                   for (const published_area& each : d.areas) areas.append(area_dict(each));
                                   return areas;
                               })
        .def(
            "area", [](const published_data& d, const std::string& named) { return area_dict(d.area(named)); },
            py::arg("named"), "The area of a code, an old code or a name.")
        .def(
            "number",
            [](const published_data& d, const std::string& table, const std::string& area, int year,
               const std::string& column) { return number_dict(table_of(d, table).number(area, year, column)); },
            py::arg("table"), py::arg("area"), py::arg("year"), py::arg("column"),
            "One number as printed: state, symbol and value (None where there is none).")
        .def(
            "columns", [](const published_data& d, const std::string& table) { return columns_of(table_of(d, table)); },
            py::arg("table"), "A table as a dict of lists, for a data frame; NAME_state stands beside each number.")
        .def(
            "figures",
            [](const published_data& d, const std::string& area, int first_year, int last_year,
               const std::vector<std::string>& indicators, const py::object& catalogue) {
                const published_catalogue known = catalogue_from(catalogue);
                const benchmark_request request{area, first_year, last_year, indicators};
                const py::gil_scoped_release unlocked;
                return compare_published(d, known, request);
            },
            py::arg("area"), py::arg("first_year"), py::arg("last_year"),
            py::arg("indicators") = std::vector<std::string>(), py::arg("catalogue") = py::none(),
            "What the files say about indicators (all unless named) for an area, its neighbours, region and "
            "country.\n\n"
            "catalogue: JSON text of a goldenthread/published@1 file of your own.")
        .def(
            "check",
            [](const published_data& d, const py::object& catalogue) {
                return check_dict(check_published(d, catalogue_from(catalogue)));
            },
            py::arg("catalogue") = py::none(), "Computes every printed share of the authorities again from its counts.")
        .def("__repr__", [](const published_data& d) {
            return "<PublishedData " + d.folder + ": " + std::to_string(d.tables.size()) + " tables, " +
                   std::to_string(d.areas.size()) + " areas>";
        });
    m.def(
        "read_published",
        [](const py::object& folder) {
            const std::string place = py::module_::import("os").attr("fspath")(folder).cast<std::string>();
            const py::gil_scoped_release unlocked;
            return read_published(place);
        },
        py::arg("folder"), "Reads the published files of a folder: explore-education-statistics CSV and neighbours.");
}

}  // namespace goldenthread::python
