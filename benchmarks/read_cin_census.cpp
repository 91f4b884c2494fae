// Children in need census XML to columns: bytes per second, parsing included, file reading not.
// Beside it, pugixml alone on the same text: the part of the time that no reader can save.
#include <goldenthread/core/date.hpp>
#include <goldenthread/data/read_cin_census.hpp>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include <string>

namespace {

void element(std::string& xml, const char* name, const std::string& value) {
    xml += std::string("        <") + name + ">" + value + "</" + name + ">\n";
}

/// A return as councils write it: every block, indented, about 2.7 kB for each child.
std::string make_census(int children) {
    const goldenthread::day first = goldenthread::to_day(2021, 4, 1);
    const auto on = [&](int shift) { return goldenthread::to_iso(first + shift % 365); };
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Message>\n  <Header>\n    <CollectionDetails>\n"
        "      <Collection>CIN</Collection>\n      <Year>2022</Year>\n      <ReferenceDate>2022-03-31</ReferenceDate>\n"
        "    </CollectionDetails>\n  </Header>\n  <Children>\n";
    for (int i = 0; i < children; ++i) {
        xml += "    <Child>\n      <ChildIdentifiers>\n";
        element(xml, "LAchildID", "EX" + std::to_string(1000000 + i));
        element(xml, "PersonBirthDate", goldenthread::to_iso(first - 30 - i % 6000));
        element(xml, "GenderCurrent", i % 2 == 0 ? "1" : "2");
        xml += "      </ChildIdentifiers>\n      <ChildCharacteristics>\n";
        element(xml, "Ethnicity", "WBRI");
        xml += "        <Disabilities>\n";
        element(xml, "Disability", i % 9 == 0 ? "LD" : "NONE");
        xml += "        </Disabilities>\n      </ChildCharacteristics>\n      <CINdetails>\n";
        element(xml, "CINreferralDate", on(i));
        element(xml, "ReferralSource", "2A");
        element(xml, "PrimaryNeedCode", "N1");
        element(xml, "ReferralNFA", "false");
        for (int k = 0; k < 2; ++k) {
            xml += "      <Assessments>\n";
            element(xml, "AssessmentActualStartDate", on(i + k * 40));
            element(xml, "AssessmentAuthorisationDate", on(i + k * 40 + 30));
            xml += "      <FactorsIdentifiedAtAssessment>\n";
            for (const char* factor : {"3B", "4B", "16A", "17A"}) element(xml, "AssessmentFactors", factor);
            xml += "      </FactorsIdentifiedAtAssessment>\n      </Assessments>\n";
        }
        xml += "      <CINPlanDates>\n";
        element(xml, "CINPlanStartDate", on(i + 30));
        xml += "      </CINPlanDates>\n      <Section47>\n";
        element(xml, "S47ActualStartDate", on(i + 5));
        element(xml, "InitialCPCtarget", on(i + 20));
        element(xml, "DateOfInitialCPC", on(i + 19));
        element(xml, "ICPCnotRequired", "false");
        xml += "      </Section47>\n      <ChildProtectionPlans>\n";
        element(xml, "CPPstartDate", on(i + 19));
        element(xml, "InitialCategoryOfAbuse", "NEG");
        element(xml, "LatestCategoryOfAbuse", "EMO");
        element(xml, "NumberOfPreviousCPP", "0");
        xml += "      <Reviews>\n";
        element(xml, "CPPreviewDate", on(i + 100));
        xml += "      </Reviews>\n      </ChildProtectionPlans>\n      </CINdetails>\n    </Child>\n";
    }
    return xml + "  </Children>\n</Message>\n";
}

void read_census(benchmark::State& state) {
    const std::string xml = make_census(static_cast<int>(state.range(0)));
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(goldenthread::parse_cin_census(xml, "census.xml").findings().size());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(xml.size()) * state.iterations());
    state.counters["file_MB"] = static_cast<double>(xml.size()) / 1e6;
}
BENCHMARK(read_census)->Arg(4000)->Arg(40000)->Unit(benchmark::kMillisecond);

void pugixml_alone(benchmark::State& state) {
    const std::string xml = make_census(static_cast<int>(state.range(0)));
    for ([[maybe_unused]] auto _ : state) {
        std::string copy = xml;
        pugi::xml_document document;
        benchmark::DoNotOptimize(document.load_buffer_inplace(copy.data(), copy.size()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(xml.size()) * state.iterations());
}
BENCHMARK(pugixml_alone)->Arg(4000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
