// SPDX-License-Identifier: Apache-2.0
#include "explain/spoken.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

Conversation registration() {
  return {
      .said = {{true, 1ms, "REGISTER sip:example.com",
                "REGISTER sip:example.com SIP/2.0\nVia: SIP/2.0/TLS a\nVia: SIP/2.0/TLS b\nTo: "
                "<sip:201@example.com>\n\n"},
               {false, 3ms, "401 Unauthorized", "SIP/2.0 401 Unauthorized\nServer: pbx\n\n"},
               {true, 4ms, "REGISTER sip:example.com",
                "REGISTER sip:example.com SIP/2.0\nAuthorization: Digest response=[blanked]\n\n"},
               {false, 9ms, "200 OK", "SIP/2.0 200 OK\n\nv=0\na line\n"}}};
}

TEST(Spoken, IsDrawnBetweenTheLifelines) {
  EXPECT_EQ(to_text(dialogue(registration())), R"(
SIP
  client                        server
  │ REGISTER ──────────────────────▶ │ sip:example.com
  │ ◀────────────── 401 Unauthorized │
  │ REGISTER ──────────────────────▶ │ sip:example.com
  │ ◀──────────────────────── 200 OK │
)");
  EXPECT_EQ(to_text(Dialogue{}), "");
}

TEST(Spoken, LeavesItsFieldsToWhoeverAsksForThem) {
  EXPECT_THAT(to_text(dialogue(registration())), Not(HasSubstr("Via")));
  const auto full = to_text(dialogue(registration()), true, Form::facts);
  EXPECT_THAT(full, HasSubstr("Via: SIP/2.0/TLS a, SIP/2.0/TLS b"));
  EXPECT_THAT(full, HasSubstr("response=[blanked]"));
  EXPECT_THAT(full, HasSubstr("body: v=0, a line"));
  EXPECT_THAT(full, HasSubstr("(+5.0 ms)"));
  std::istringstream lines(full);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns(line), 80U) << line;
    EXPECT_EQ(columns(line), line.size()) << line;
  }
}

TEST(Spoken, SaysWhereSomethingIsLeftOut) {
  auto long_one = registration();
  long_one.left_out = 1;
  long_one.left_out_before = 2;
  const auto text = to_text(dialogue(long_one));
  EXPECT_LT(text.find("401"), text.find("1 more message "));
  EXPECT_LT(text.find("1 more message "), text.rfind("REGISTER"));
  long_one.left_out = 12;
  EXPECT_THAT(to_svg({}, dialogue(long_one)), HasSubstr("12 more messages"));
}

TEST(Spoken, JsonHoldsAllOfIt) {
  EXPECT_EQ(to_json(Dialogue{}), nullptr);
  auto long_one = registration();
  long_one.left_out = 7;
  long_one.left_out_before = 2;
  const auto json = to_json(dialogue(long_one));
  ASSERT_EQ(json.at("messages").size(), 4U);
  EXPECT_EQ(json.at("messages").at(1).at("name"), "401 Unauthorized");
  EXPECT_EQ(json.at("messages").at(1).at("from"), "server");
  EXPECT_EQ(json.at("messages").at(0).at("encrypted"), true);
  EXPECT_EQ(json.at("left_out"), 7);
  EXPECT_EQ(json.at("left_out_before"), 2);
  EXPECT_EQ(to_json(dialogue_from_json(json)), json);
  for (const auto& other : {nlohmann::json(nullptr), nlohmann::json("x"), nlohmann::json::array(),
                            nlohmann::json{{"messages", 3}, {"left_out", -1}}}) {
    EXPECT_EQ(to_json(dialogue_from_json(other)), nullptr) << other;
  }
}

TEST(Spoken, PictureHasItBelowTheSteps) {
  const auto svg = to_svg({}, dialogue(registration()));
  EXPECT_THAT(svg, HasSubstr(">SIP</text>"));
  EXPECT_THAT(svg, HasSubstr(">401 Unauthorized</text>"));
  EXPECT_EQ(to_svg({}, Dialogue{}), to_svg(Ladder{}));
}

TEST(Spoken, LongAndHostileLinesStayWithinTheDrawing) {
  Conversation hostile;
  hostile.said = {
      {true, 0ms, "M" + std::string(300, 'x') + " " + std::string(300, 'y'), "no colon"},
      {false, 0ms, "", ""},
      {false, 0ms, "200 " + std::string(300, 'z'), "x\n:\n\n\n"}};
  std::istringstream lines(to_text(dialogue(hostile), true, Form::facts));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80U) << line;
}

}  // namespace
}  // namespace sealtone::explain
