// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_text: the ladder drawn with characters: two lifelines, an arrow a message, the
// notes to their right, nothing beyond 80 columns.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "explain/ladder.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kInside = 34;                          // between the lifelines
constexpr std::size_t kLeft = 2;                             // the mark of the failing step
constexpr std::size_t kNotes = kLeft + 1 + kInside + 1 + 1;  // where notes begin

struct Pen {
  std::string_view line, dash, right, left, cross, long_dash;
};
constexpr Pen kUnicode{"│", "─", "▶", "◀", "✗", "—"};
constexpr Pen kAscii{"|", "-", ">", "<", "X", "--"};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

class Sketch {
 public:
  explicit Sketch(bool ascii) : ascii_(ascii), pen_(ascii ? kAscii : kUnicode) {}

  std::string of(const Ladder& ladder) {
    header("Version", ladder.version);
    header("Cipher", ladder.cipher_suite);
    header("Key exchange", key_exchange(ladder));
    if (!ladder.rungs.empty()) {
      text_ += fmt::format("\n{}client{}server\n", repeated(" ", kLeft),
                           repeated(" ", kInside + 2 - 12));
    }
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
      if (ladder.encrypted_from == i) encrypted_line();
      rung(ladder.rungs[i]);
    }
    text_ += "\n";
    header("Result", ladder.result);
    return std::move(text_);
  }

 private:
  // "①" as "(1)" where only ASCII may stand.
  std::string plain(std::string text) const {
    if (!ascii_) return text;
    static constexpr std::array<std::string_view, 9> digits{"①", "②", "③", "④", "⑤",
                                                            "⑥", "⑦", "⑧", "⑨"};
    for (std::size_t i = 0; i < digits.size(); ++i) {
      for (auto at = text.find(digits[i]); at != std::string::npos; at = text.find(digits[i])) {
        text.replace(at, digits[i].size(), fmt::format("({})", i + 1));
      }
    }
    return text;
  }

  static std::string key_exchange(const Ladder& ladder) {
    if (ladder.key_exchange.empty()) return {};
    const bool as_in_the_figure = ladder.key_exchange == "RSA key transport";
    return fmt::format("{}{}; {}forward secret", ladder.key_exchange,
                       as_in_the_figure ? ", as in the figure" : "",
                       ladder.forward_secret ? "" : "not ");
  }

  void header(std::string_view title, const std::string& value) {
    if (value.empty()) return;
    constexpr std::size_t column = 14;
    bool first = true;
    for (const auto& line : wrapped(plain(value), kWidth - column)) {
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
    const auto words = fmt::format("{} encrypted from here {}", pen_.long_dash, pen_.long_dash);
    const auto left = (kInside - columns(words)) / 2;
    row("", repeated(" ", left) + words + repeated(" ", kInside - left - columns(words)), "");
  }

  void rung(const Rung& rung) {
    const auto label = plain(rung.number.empty() ? rung.name : rung.number + " " + rung.name);
    const auto used = columns(label) + 4;  // a blank on both sides, the arrow's head and its gap
    const auto shaft = repeated(pen_.dash, used < kInside ? kInside - used : 0);
    const auto inside = rung.from_client ? fmt::format(" {} {}{} ", label, shaft, pen_.right)
                                         : fmt::format(" {}{} {} ", pen_.left, shaft, label);
    const auto notes = wrapped(plain(rung.note), kWidth - kNotes);
    row(rung.failing ? pen_.cross : "", inside, notes.empty() ? "" : notes.front());
    for (std::size_t i = 1; i < notes.size(); ++i) row("", repeated(" ", kInside), notes[i]);
  }

  bool ascii_;
  Pen pen_;
  std::string text_;
};

}  // namespace

std::string to_text(const Ladder& ladder, bool ascii) { return Sketch(ascii).of(ladder); }

}  // namespace sealtone::explain
