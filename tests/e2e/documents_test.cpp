// SPDX-License-Identifier: Apache-2.0
//
// The documents tell the truth: their commands are run in order, each document in a scene made for
// it, and print what stands there.  What is left out is listed, with its reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "e2e/documents_scene.h"
#include "support/process.h"

namespace sealtone::test {
namespace {

std::filesystem::path source() { return std::getenv("SEALTONE_SOURCE"); }

// README.md and every page under docs/, as their names below the source folder.
std::vector<std::string> all_documents() {
  std::vector<std::string> names{"README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(source() / "docs")) {
    if (entry.path().extension() == ".md") {
      names.push_back("docs/" + entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

Document document(const std::string& name) {
  return read_document(read_text(source() / name), name);
}

void run_all(const std::string& name, Scene& scene) {
  const auto steps = document(name).steps;
  EXPECT_FALSE(steps.empty()) << name << " has no command";
  for (const auto& step : steps) {
    const auto differs = scene.play(step);
    ASSERT_EQ(differs, "") << name << ":" << step.line << ": $ " << step.command;
  }
}

TEST(Documents, ReadmePrintsWhatStandsThere) {
  const auto scene = readme_scene();
  run_all("README.md", *scene);
}

TEST(Documents, InstructionsPrintWhatStandsThere) {
  const auto scene = instructions_scene();
  run_all("docs/instructions.md", *scene);
}

TEST(Documents, ApiAnswersWhatStandsThere) {
  const auto scene = api_scene();
  run_all("docs/api.md", *scene);
}

TEST(Documents, NoneHasCommandsWithoutASceneAndWhatIsLeftOutIsListed) {
  const std::vector<std::string> with_scene{"README.md", "docs/api.md", "docs/instructions.md"};
  for (const auto& name : all_documents()) {
    const auto read = document(name);
    const bool played = std::ranges::find(with_scene, name) != with_scene.end();
    EXPECT_TRUE(read.steps.empty() || played)
        << name << ":" << read.steps.front().line
        << ": nothing runs this; give the document a scene in tests/e2e/documents_scene.cpp";
    for (const auto& block : read.left_out) {
      std::printf("not run: %s:%d: %s\n", name.c_str(), block.line, block.reason.c_str());
    }
  }
}

// The comparison itself.

std::string compared(const std::string& written, const std::string& printed) {
  Renamed renamed;
  return difference(written, printed, renamed);
}

TEST(Difference, LetsLineBreaksAndNewValuesPass) {
  EXPECT_EQ(
      compared("127.0.0.1:8444 was refused: its\ncertificate expired on 2026-01-01 00:00:00 UTC.",
               "127.0.0.1:40123 was refused: its certificate expired on 2027-12-31 23:59:59 "
               "UTC.\n"),
      "");
  EXPECT_EQ(compared("(30 days left)", "(3649 days left)"), "");
}

TEST(Difference, FindsOneChangedWord) {
  EXPECT_NE(compared("127.0.0.1:1 was refused.", "127.0.0.1:1 was accepted."), "");
  EXPECT_NE(compared("it is trusted.", "it is trusted"), "");
  EXPECT_NE(compared("TLS 1.2", "TLS 1.3"), "");
  EXPECT_NE(compared("2 files applied", "3 files applied"), "");
  EXPECT_NE(compared("one", "one two"), "");
  EXPECT_NE(compared("one two", "one"), "");
  EXPECT_NE(compared("The setting was changed.", ""), "");
  EXPECT_NE(compared("", "The setting was changed."), "");
}

TEST(Difference, HoldsAValueToItsFirstMeaning) {
  EXPECT_EQ(compared("127.0.0.1:80 and 127.0.0.1:80", "127.0.0.1:4000 and 127.0.0.1:4000"), "");
  EXPECT_NE(compared("127.0.0.1:80 and 127.0.0.1:80", "127.0.0.1:4000 and 127.0.0.1:4001"), "");
  EXPECT_NE(compared("127.0.0.1:80 and 127.0.0.1:81", "127.0.0.1:4000 and 127.0.0.1:4000"), "");
}

TEST(Difference, ElidedLinesAreAnyLinesAndNoMore) {
  EXPECT_EQ(compared("first\n[…]\nlast", "first\nsecond\nthird\nlast"), "");
  EXPECT_EQ(compared("first\n[…]", "first"), "");
  EXPECT_EQ(compared("[…]\nlast", "last last"), "");
  EXPECT_NE(compared("first\n[…]\nlast", "first\nsecond"), "");
  EXPECT_NE(compared("first\n[…]\nlast", "second\nlast"), "");
  EXPECT_NE(compared("first [...] last", "first second last"), "");
}

TEST(ReadDocument, GivesCommandsWithTheirOutput) {
  const auto read = read_document(
      "text\n```\n$ one\n1\n\n1\n$ two\n```\n```json not run: a shape\n{}\n```\n", "x.md");
  ASSERT_EQ(read.steps.size(), 2U);
  EXPECT_EQ(read.steps[0].line, 3);
  EXPECT_EQ(read.steps[0].command, "one");
  EXPECT_EQ(read.steps[0].printed, "1\n\n1\n");
  EXPECT_EQ(read.steps[1].printed, "");
  ASSERT_EQ(read.left_out.size(), 1U);
  EXPECT_EQ(read.left_out[0].reason, "a shape");
}

TEST(ReadDocument, RefusesABlockThatNobodyRunsAndNobodyExplains) {
  EXPECT_THROW((void)read_document("```\n./run\n```\n", "x.md"), std::runtime_error);
  EXPECT_THROW((void)read_document("```json\n{}\n```\n", "x.md"), std::runtime_error);
  EXPECT_THROW((void)read_document("```text not run:\n{}\n```\n", "x.md"), std::runtime_error);
  EXPECT_THROW((void)read_document("```\n$ one\n", "x.md"), std::runtime_error);
}

// A document with one wrong sentence in it does not pass.
TEST(Scene, NoticesWhatIsPlanted) {
  const auto scene = plain_scene();
  EXPECT_EQ(scene->play({1, "echo 'all is well'", "all is well\n"}), "");
  EXPECT_NE(scene->play({1, "echo 'all is well'", "all was well\n"}), "");
  EXPECT_NE(scene->play({1, "echo 'all is well'; echo more", "all is well\n"}), "");
  EXPECT_NE(scene->play({1, "sealtone cert show absent.pem", ""}), "");
}

}  // namespace
}  // namespace sealtone::test
