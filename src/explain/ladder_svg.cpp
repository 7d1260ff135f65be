// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_svg: the ladder as a picture: two lifelines, an arrow a message, under it what is
// known of it; at the end the chain, a box a certificate.
#include <fmt/format.h>

#include "explain/ladder_parts.h"
#include "explain/spoken.h"
#include "explain/svg_page.h"

namespace sealtone::explain {
namespace {

using At = SvgPage::At;
using Size = SvgPage::Size;

constexpr double kLeftLine = 8;
constexpr double kRightLine = SvgPage::kWidth - kLeftLine;
constexpr double kLeftText = 18;
constexpr double kRightText = SvgPage::kWidth - kLeftText;
constexpr double kInner = kRightLine - kLeftLine;

struct Looks {
  std::string_view ground, arrow, head, name, note;
};
Looks looks_of(const Rung& rung) {
  if (rung.failing) return {"failing", "broken", "broken-head", "bad-strong", "bad"};
  if (!rung.readable) return {"encrypted", "sealed", "secret-head", "strong", "ink"};
  if (rung.encrypted) return {"encrypted", "secret", "secret-head", "strong", "ink"};
  return {"", "arrow", "arrow-head", "strong", "ink"};
}

class Picture {
 public:
  std::string of(const Ladder& ladder, const Dialogue& dialogue) {
    header(ladder);
    if (!ladder.rungs.empty()) steps(ladder);
    if (!dialogue.rungs.empty()) said(dialogue);
    if (!ladder.chain.empty()) chain(ladder.chain);
    return page_.finished(y_ + kMargin, "The steps of a TLS connection: " + ladder.result);
  }

 private:
  static constexpr double kMargin = 10;

  void header(const Ladder& ladder) {
    fact("Result", ladder.result);
    fact("Version", ladder.version);
    fact("Cipher", ladder.cipher_suite);
    fact("Key exchange", key_exchange_words(ladder));
    fact("Closed", closing_words(ladder));
    for (const auto& remark : ladder.remarks) fact("Note", remark);
  }
  void fact(const char* name, const std::string& value) {
    if (value.empty()) return;
    y_ += page_.words(kLeftLine, kRightLine, y_ + kBaseline, {"quiet"}, name);
    y_ += page_.words(kLeftText, kRightLine, y_ + kBaseline, {"ink", Size::normal}, value);
    y_ += 2;
  }

  void steps(const Ladder& ladder) {
    y_ += kGap;
    const double top = lifelines();
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
      if (ladder.encrypted_from == i) in_the_middle("encrypted from here", "encrypted", "good");
      rung(ladder.rungs[i]);
    }
    end_lifelines(top);
  }
  void said(const Dialogue& dialogue) {
    y_ += kGap;
    y_ += page_.words(kLeftLine, kRightLine, y_ + kBaseline, {"strong", Size::large}, "SIP");
    const double top = lifelines();
    for (std::size_t i = 0; i < dialogue.rungs.size(); ++i) {
      if (dialogue.left_out > 0 && dialogue.left_out_before == i) {
        in_the_middle(left_out_words(dialogue), "card", "quiet");
      }
      rung(dialogue.rungs[i]);
    }
    end_lifelines(top);
  }
  double lifelines() {
    page_.line(kLeftLine, y_ + kBaseline, {"strong", Size::normal}, "client");
    page_.line(kRightLine, y_ + kBaseline, {"strong", Size::normal, At::end}, "server");
    y_ += SvgPage::line_height(Size::normal) + 3;
    return y_;
  }
  void end_lifelines(double top) {
    page_.stroke(kLeftLine, top, kLeftLine, y_, "lifeline");
    page_.stroke(kRightLine, top, kRightLine, y_, "lifeline");
  }

  void in_the_middle(const std::string& words, std::string_view ground, std::string_view style) {
    const double height = SvgPage::line_height(Size::small) + 4;
    page_.box(kLeftLine, y_, kInner, height, ground);
    page_.line(SvgPage::kWidth / 2, y_ + kBaseline + 2, {style, Size::small, At::middle}, words);
    y_ += height;
  }

  void rung(const Rung& rung) {
    const auto looks = looks_of(rung);
    const auto mark = page_.mark();
    const double top = y_;
    y_ += 4;
    name(rung, looks);
    arrow(rung, looks);
    if (rung.failing) small("it ended here", "bad-strong");
    small(rung.note, looks.note);
    small(measure(rung), "quiet");
    for (const auto& one : rung.facts) small(in_full(one), looks.note);
    y_ += 5;
    if (!looks.ground.empty()) page_.box_at(mark, kLeftLine, top, kInner, y_ - top, looks.ground);
  }
  void name(const Rung& rung, const Looks& looks) {
    const auto text = rung.number.empty() ? rung.name : rung.number + " " + rung.name;
    y_ += page_.words(kLeftText, kRightText, y_ + kBaseline,
                      {looks.name, Size::large, rung.from_client ? At::start : At::end}, text);
  }
  void arrow(const Rung& rung, const Looks& looks) {
    constexpr double head = 7;
    const double middle = y_ + 4;
    if (rung.from_client) {
      page_.stroke(kLeftLine, middle, kRightLine - head, middle, looks.arrow);
      page_.head(kRightLine - 1, middle, SvgPage::Way::right, looks.head);
    } else {
      page_.stroke(kLeftLine + head, middle, kRightLine, middle, looks.arrow);
      page_.head(kLeftLine + 1, middle, SvgPage::Way::left, looks.head);
    }
    y_ += 10;
  }
  void small(const std::string& text, std::string_view style) {
    if (text.empty()) return;
    y_ += page_.words(kLeftText, kRightText, y_ + kBaseline, {style}, text);
  }

  void chain(const std::vector<Link>& links) {
    y_ += kGap;
    y_ +=
        page_.words(kLeftLine, kRightLine, y_ + kBaseline, {"strong", Size::large}, "Certificates");
    for (std::size_t i = 0; i < links.size(); ++i) {
      const bool missing = links[i].kind == Link::Kind::missing;
      const bool behind = i > 0 && links[i - 1].kind == Link::Kind::missing;
      if (i > 0) issued_by(missing || behind, behind);
      box(links[i]);
    }
  }
  // What stands behind a gap is joined to nothing.
  void issued_by(bool gap, bool unknown) {
    constexpr double height = 24;
    const double x = kLeftText + 12;
    page_.stroke(x, y_, x, y_ + height - 7, gap ? "gap" : "arrow");
    page_.head(x, y_ + height, SvgPage::Way::down, gap ? "broken-head" : "arrow-head");
    page_.line(x + 12, y_ + 15, {"quiet"}, unknown ? "perhaps issued by" : "issued by");
    y_ += height;
  }
  void box(const Link& link) {
    const bool missing = link.kind == Link::Kind::missing;
    const bool trusted = link.kind == Link::Kind::trusted;
    const auto mark = page_.mark();
    const double top = y_;
    y_ += 4;
    y_ += page_.words(kLeftText + 6, kRightText - 6, y_ + kBaseline,
                      {missing ? "bad-strong" : "strong", Size::normal}, link.name);
    y_ += page_.words(kLeftText + 6, kRightText - 6, y_ + kBaseline, {missing ? "bad" : "ink"},
                      link_words(link));
    y_ += 5;
    page_.box_at(mark, kLeftText, top, kRightText - kLeftText, y_ - top,
                 missing   ? "missing"
                 : trusted ? "trusted"
                           : "card");
  }

  static constexpr double kBaseline = 11;
  static constexpr double kGap = 12;
  SvgPage page_;
  double y_ = kMargin;
};

}  // namespace

std::string to_svg(const Ladder& ladder) { return to_svg(ladder, {}); }

std::string to_svg(const Ladder& ladder, const Dialogue& dialogue) {
  return Picture().of(ladder, dialogue);
}

}  // namespace sealtone::explain
