// SPDX-License-Identifier: Apache-2.0
//
// What is said of a command that was mistyped, and the help that it points to.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/app.h"
#include "app/said.h"

namespace sealtone::app {
namespace {

using test::sealtone;

// What is mistyped is answered with "--help shows examples": of that command.
TEST(Help, OfEachCommandShowsAnExampleOfIt) {
  const auto with_help = [](std::vector<std::string> words) {
    words.emplace_back("--help");
    std::vector<const char*> arguments;
    for (const auto& word : words) arguments.push_back(word.c_str());
    return sealtone(arguments).out;
  };
  // The commands that its help lists.
  const auto within = [](const std::string& help) {
    std::vector<std::string> names;
    auto at = help.find("\nSubcommands:\n");
    if (at == std::string::npos) return names;
    at = help.find('\n', at + 1) + 1;
    while (help.compare(at, 2, "  ") == 0) {
      const auto end = help.find_first_of(" \n", at + 2);
      if (end > at + 2) names.push_back(help.substr(at + 2, end - at - 2));
      at = help.find('\n', at) + 1;
    }
    return names;
  };
  std::vector<std::vector<std::string>> open{{}};
  std::size_t leaves = 0;
  while (!open.empty()) {
    const auto words = open.back();
    open.pop_back();
    const auto help = with_help(words);
    std::string command = "  sealtone";
    for (const auto& word : words) command += " " + word;
    for (const auto& name : within(help)) {
      open.push_back(words);
      open.back().push_back(name);
    }
    if (!within(help).empty()) continue;
    ++leaves;
    EXPECT_NE(help.find("Example"), std::string::npos) << command;
    EXPECT_NE(help.find("\n" + command), std::string::npos) << command << "\n" << help;
  }
  EXPECT_GT(leaves, 25U);
}

TEST(Help, IsACommandToo) {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{}, {"connections", "show"}}) {
    auto command = words, option = words;
    command.insert(command.begin(), "help");
    option.push_back("--help");
    const auto said = sealtone(command);
    EXPECT_EQ(said.code, kDone);
    EXPECT_EQ(said.out, sealtone(option).out);
  }
}

TEST(Help, NamesTheValuesOfAnArgumentThatMayBeTwo) {
  const auto said = sealtone({"connections", "save", "--help"});
  EXPECT_NE(said.out.find("[OPTIONS] [ID] FILE\n"), std::string::npos) << said.out;
  EXPECT_EQ(said.out.find("x)"), std::string::npos) << said.out;
}

TEST(Help, OfConnectionsHasAsciiWithAndWithoutShow) {
  EXPECT_NE(sealtone({"connections", "--help"}).out.find("--ascii"), std::string::npos);
  EXPECT_NE(sealtone({"connections", "show", "--help"}).out.find("--ascii"), std::string::npos);
}

TEST(Mistyped, WhatIsNoNumberIsSaidSoAndADashThatNobodyNeeds) {
  const auto no_number = sealtone({"connections", "x"});
  EXPECT_EQ(no_number.code, kCouldNot);
  EXPECT_NE(no_number.err.find("the id cannot be \"x\": give a whole number, such as 7"),
            std::string::npos)
      << no_number.err;
  const auto dash = sealtone({"verify", "--cases", "-"});
  EXPECT_EQ(dash.code, kCouldNot);
  EXPECT_NE(dash.err.find("leave it out; what is read from standard input needs none"),
            std::string::npos)
      << dash.err;
  const auto no_file = sealtone({"check", "127.0.0.1:1", "--as", "v70", "--trust"});
  EXPECT_NE(no_file.err.find("--trust is followed by its value, which is missing"),
            std::string::npos)
      << no_file.err;
}

}  // namespace
}  // namespace sealtone::app
