// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_text: the ladder drawn with characters: two lifelines, an arrow a message, the
// notes to their right, nothing beyond 80 columns; below it the chain of certificates.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "explain/ladder_parts.h"
#include "explain/spoken.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kInside = 34;                          // between the lifelines
constexpr std::size_t kLeft = 2;                             // the mark of the failing step
constexpr std::size_t kNotes = kLeft + 1 + kInside + 1 + 1;  // where notes begin

struct Pen {
  std::string_view line, dash, right, left, cross, long_dash, sealed, gap, there, missing;
};
constexpr Pen kUnicode{"│", "─", "▶", "◀", "✗", "—", "┄", "┊", "●", "○"};
constexpr Pen kAscii{"|", "-", ">", "<", "X", "--", ".", ":", "*", "o"};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

class Sketch {
 public:
  Sketch(bool ascii, Form form)
      : ascii_(ascii), with_facts_(form == Form::facts), pen_(ascii ? kAscii : kUnicode) {}

  std::string of(const Ladder& ladder) {
    header("Version", ladder.version);
    header("Cipher", ladder.cipher_suite);
    header("Key exchange", key_exchange_words(ladder));
    if (!ladder.rungs.empty()) lifelines();
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
      if (ladder.encrypted_from == i) encrypted_line();
      rung(ladder.rungs[i]);
    }
    text_ += "\n";
    header("Result", ladder.result);
    if (with_facts_) header("Closed", closing_words(ladder));
    for (const auto& remark : ladder.remarks) {
      header(&remark == &ladder.remarks.front() ? "Note" : "", remark);
    }
    if (with_facts_) chain(ladder.chain);
    return std::move(text_);
  }

  std::string of(const Dialogue& dialogue) {
    if (dialogue.rungs.empty()) return {};
    text_ += "\nSIP";
    lifelines();
    for (std::size_t i = 0; i < dialogue.rungs.size(); ++i) {
      if (dialogue.left_out > 0 && dialogue.left_out_before == i) {
        in_the_middle(left_out_words(dialogue));
      }
      rung(dialogue.rungs[i]);
    }
    return std::move(text_);
  }

 private:
  void lifelines() {
    text_ +=
        fmt::format("\n{}client{}server\n", repeated(" ", kLeft), repeated(" ", kInside + 2 - 12));
  }

  // "①" as "(1)" where only ASCII may stand, and what else is not ASCII octet by octet.
  std::string plain(std::string text) const {
    if (!ascii_) return text;
    static constexpr std::array<std::string_view, 9> digits{"①", "②", "③", "④", "⑤",
                                                            "⑥", "⑦", "⑧", "⑨"};
    for (std::size_t i = 0; i < digits.size(); ++i) {
      for (auto at = text.find(digits[i]); at != std::string::npos; at = text.find(digits[i])) {
        text.replace(at, digits[i].size(), fmt::format("({})", i + 1));
      }
    }
    return explain::ascii(text);
  }

  void header(std::string_view title, const std::string& value) {
    if (value.empty()) return;
    constexpr std::size_t column = 14;
    bool first = true;
    for (const auto& line : fitted(plain(value), kWidth - column)) {
      text_ += fmt::format("{:<14}{}\n", first ? title : "", line);
      first = false;
    }
  }

  void row(std::string_view mark, const std::string& inside, const std::string& note) {
    auto line = fmt::format("{}{}{}{}{}", mark, repeated(" ", kLeft - columns(mark)), pen_.line,
                            inside, pen_.line);
    if (!note.empty()) line += " " + note;
    text_ += line + "\n";
  }

  void encrypted_line() {
    in_the_middle(fmt::format("{} encrypted from here {}", pen_.long_dash, pen_.long_dash));
  }
  void in_the_middle(const std::string& words) {
    const auto left = (kInside - columns(words)) / 2;
    row("", repeated(" ", left) + words + repeated(" ", kInside - left - columns(words)), "");
  }

  void rung(const Rung& rung) {
    auto label = plain(rung.number.empty() ? rung.name : rung.number + " " + rung.name);
    if (columns(label) + 4 > kInside) label = fitted(label, kInside - 4).front();
    const auto used = columns(label) + 4;  // a blank on both sides, the arrow's head and its gap
    const auto shaft =
        repeated(rung.readable ? pen_.dash : pen_.sealed, used < kInside ? kInside - used : 0);
    const auto inside = rung.from_client ? fmt::format(" {} {}{} ", label, shaft, pen_.right)
                                         : fmt::format(" {}{} {} ", pen_.left, shaft, label);
    auto notes = fitted(plain(rung.note), kWidth - kNotes);
    if (with_facts_) add_facts(notes, rung);
    row(rung.failing ? pen_.cross : "", inside, notes.empty() ? "" : notes.front());
    for (std::size_t i = 1; i < notes.size(); ++i) row("", repeated(" ", kInside), notes[i]);
  }

  // The first line stands beside the arrow: it is the note's.
  void add_facts(std::vector<std::string>& notes, const Rung& rung) const {
    if (notes.empty()) notes.emplace_back();
    const auto add = [&](const std::string& text) {
      std::string indent;
      for (const auto& line : fitted(plain(text), kWidth - kNotes - kHanging)) {
        notes.push_back(indent + line);
        indent.assign(kHanging, ' ');
      }
    };
    add(measure(rung));
    for (const auto& fact : rung.facts) add(in_full(fact));
  }

  void chain(const std::vector<Link>& links) {
    if (links.empty()) return;
    text_ += "\nCertificates\n";
    for (std::size_t i = 0; i < links.size(); ++i) {
      const auto& link = links[i];
      const bool missing = link.kind == Link::Kind::missing;
      const bool gap = missing || (i > 0 && links[i - 1].kind == Link::Kind::missing);
      if (i > 0) text_ += fmt::format("  {}\n", gap ? pen_.gap : pen_.line);
      std::string_view mark = missing ? pen_.missing : pen_.there;
      for (const auto& line :
           fitted(plain(fmt::format("{}: {}", link.name, link_words(link))), kWidth - 4)) {
        text_ += fmt::format("  {} {}\n", mark, line);
        mark = " ";
      }
    }
  }

  static constexpr std::size_t kHanging = 2;
  bool ascii_, with_facts_;
  Pen pen_;
  std::string text_;
};

}  // namespace

std::string to_text(const Ladder& ladder, bool ascii, Form form) {
  return Sketch(ascii, form).of(ladder);
}

std::string to_text(const Dialogue& dialogue, bool ascii, Form form) {
  return Sketch(ascii, form).of(dialogue);
}

}  // namespace sealtone::explain
