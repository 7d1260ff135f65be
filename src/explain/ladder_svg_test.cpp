// SPDX-License-Identifier: Apache-2.0
//
// The picture as XML; tests/e2e/browser looks at it in Chromium.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "explain/ladder.h"
#include "explain/svg_page.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using handshake::testing::only;
using handshake::testing::talk;
using ::testing::HasSubstr;
using ::testing::Not;

std::string picture_of(const Ladder& ladder) {
  const auto svg = to_svg(ladder);
  // Self-contained: nothing is fetched, nothing is run.
  for (const char* forbidden : {"<script", "href", "url(", "<image", "<foreignObject", "@import",
                                "onload", "<!DOCTYPE", "<!ENTITY", "http"}) {
    auto rest = svg;
    const std::string space = "xmlns=\"http://www.w3.org/2000/svg\"";
    rest.erase(rest.find(space), space.size());
    EXPECT_EQ(rest.find(forbidden), std::string::npos) << forbidden;
  }
  return svg;
}

// Where a line of text begins and ends.
struct Span {
  double left, right;
};
std::vector<Span> spans(const std::string& svg) {
  static const std::regex text(
      R"re(<text x="([\d.]+)" y="[\d.]+" class="[^"]*" text-anchor="(\w+)" textLength="([\d.]+)")re");
  std::vector<Span> found;
  for (std::sregex_iterator at(svg.begin(), svg.end(), text), end; at != end; ++at) {
    const double x = std::stod((*at)[1]), length = std::stod((*at)[3]);
    const auto anchor = (*at)[2].str();
    const double left = anchor == "start" ? x : anchor == "end" ? x - length : x - length / 2;
    found.push_back({left, left + length});
  }
  return found;
}

TEST(LadderSvg, HasEveryStepAndTheChainLightAndDark) {
  const auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  const auto svg = picture_of(ladder(
      talk(only(TLS1_VERSION, "AES128-SHA"), handshake::testing::unchanged).client, verdict));
  for (const char* number : {"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"}) {
    EXPECT_THAT(svg, HasSubstr(std::string(">") + number + " "));
  }
  EXPECT_THAT(svg, HasSubstr("@media (prefers-color-scheme:dark)"));
  EXPECT_THAT(svg, HasSubstr(">issued by</text>"));
  EXPECT_THAT(svg, HasSubstr(">encrypted from here</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("it ended here")));
}

TEST(LadderSvg, MarksTheFailingStepWithTheVerdict) {
  const auto record =
      talk(handshake::testing::both(only(TLS1_2_VERSION), handshake::testing::trust_nobody),
           handshake::testing::unchanged)
          .client;
  const auto verdict = trust::testing::judge_case(
      trust::testing::with_faults({trust::FindingCode::chain_incomplete}));
  const auto svg = picture_of(ladder(record, verdict));
  EXPECT_THAT(svg, HasSubstr(">it ended here</text>"));
  EXPECT_THAT(svg, HasSubstr("issuer-unknown"));
  EXPECT_THAT(svg, HasSubstr("class=\"missing\""));
}

TEST(LadderSvg, KeepsAllTextWithinThePictureAndAsText) {
  auto record = talk(only(TLS1_2_VERSION), handshake::testing::unchanged).client;
  record.client_hello->server_name =
      "</text><script>alert(1)</script>&\"'" + std::string(300, 'W') + "\u202E";
  record.client_hello->alpn = {
      "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
      "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
      std::string("\0\x1b\xff", 3)};
  auto picture = ladder(record, {});
  picture.chain.push_back({.kind = Link::Kind::missing,
                           .name = std::string(100, 'M') + "<b>שלום",
                           .role = "intermediate",
                           .note = {}});
  picture.remarks = {std::string(500, 'x')};
  const auto svg = picture_of(picture);
  EXPECT_THAT(svg, Not(HasSubstr("\u202E")));
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
  const auto found = spans(svg);
  EXPECT_GT(found.size(), 30U);
  for (const auto& span : found) {
    EXPECT_GE(span.left, 0);
    EXPECT_LE(span.right, SvgPage::kWidth);
  }
}

TEST(LadderSvg, OfNothingIsAPictureAllTheSame) {
  EXPECT_THAT(picture_of({}), ::testing::EndsWith("</svg>\n"));
}

}  // namespace
}  // namespace sealtone::explain
