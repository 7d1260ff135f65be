// SPDX-License-Identifier: Apache-2.0
//
// docs/findings.md against the code: a section for every finding code and for no other, and in it
// the fix that explain gives.  A code whose fix is none says there why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "explain/explain.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using Section = std::vector<std::string>;  // its lines

constexpr std::string_view kHeading = "## `";

std::map<std::string, Section> sections() {
  std::ifstream page(std::string(SEALTONE_SOURCE) + "/docs/findings.md");
  std::map<std::string, Section> found;
  Section* current = nullptr;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(kHeading)) {
      const auto code = line.substr(kHeading.size(), line.rfind('`') - kHeading.size());
      EXPECT_FALSE(found.contains(code)) << code << " has two sections";
      current = &found[code];
    } else if (current != nullptr && !line.empty()) {
      current->push_back(line);
    }
  }
  return found;
}

// The text behind "- **WHAT:** ", empty if there is none.
std::string point(const Section& section, std::string_view what) {
  const std::string lead = "- **" + std::string(what) + ":** ";
  for (const auto& line : section) {
    if (line.starts_with(lead)) return line.substr(lead.size());
  }
  return {};
}

TEST(FindingsPage, HasASectionForEveryCodeAndNoOther) {
  const auto page = sections();
  std::set<std::string> documented;
  for (const auto& [code, section] : page) documented.insert(code);
  std::set<std::string> known;
  for (const auto code : trust::all_finding_codes()) known.insert(trust::word(code));
  EXPECT_EQ(documented, known);
}

TEST(FindingsPage, StandsInTheOrderOfGravity) {
  std::ifstream page(std::string(SEALTONE_SOURCE) + "/docs/findings.md");
  std::stringstream text;
  text << page.rdbuf();
  std::size_t last = 0;
  for (const auto code : trust::all_finding_codes()) {
    const auto at = text.str().find(std::string(kHeading) + trust::word(code) + "`");
    EXPECT_GT(at, last) << trust::word(code);
    last = at;
  }
}

TEST(FindingsPage, SaysWhatItMeansAndWhatToDoHereThereAndOnDeskPhones) {
  for (const auto& [code, section] : sections()) {
    ASSERT_FALSE(section.empty()) << code;
    EXPECT_THAT(section.front(), MatchesRegex("[^-].*[.]")) << code;
    for (const char* who : {"On Sealtone", "On the server", "On desk phones", "`fix.kind`"}) {
      EXPECT_NE(point(section, who), "") << code << ": " << who;
    }
  }
}

TEST(FindingsPage, NamesTheFixThatIsGiven) {
  const auto page = sections();
  auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  for (const auto code : trust::all_finding_codes()) {
    verdict.findings = {{code, {}, {}}};
    const auto explanation =
        explain(verdict, {}, {.server = "prov.example.com", .now = trust::testing::kNow});
    const auto& fix = explanation.findings.at(0).fix;
    const auto found = page.find(trust::word(code));
    ASSERT_NE(found, page.end()) << trust::word(code);
    const auto said = point(found->second, "`fix.kind`");
    EXPECT_THAT(said, HasSubstr("`" + std::string(word(fix.kind)) + "`")) << trust::word(code);
    if (fix.kind == FixKind::none) {
      EXPECT_THAT(said, MatchesRegex("`none`; .+[.]")) << trust::word(code) << ": why none?";
    }
    EXPECT_FALSE(fix.say.empty()) << trust::word(code);
    for (const auto& line : fix.desk_phones) {
      const auto key = line.substr(0, line.find(' '));
      EXPECT_THAT(point(found->second, "On desk phones"), HasSubstr(key)) << trust::word(code);
    }
  }
}

}  // namespace
}  // namespace sealtone::explain
