// SPDX-License-Identifier: Apache-2.0
#include "e2e/documents.h"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace sealtone::test {
namespace {

struct Normalised {
  const char* kind;
  const char* pattern;  // its first group is the value, if it has one
  bool renamed;         // false: only the shape counts, for the same may become two or two the same
};

// What differs between two runs of one command.  Everything else is compared as it is.
constexpr auto kNormalised = std::to_array<Normalised>({
    // the lab's and the scene's servers take free ports
    {"port", R"(127\.0\.0\.1:([0-9]{2,5})\b)", true},
    // certificates are made anew: SHA-256, then serial numbers and key identifiers, both spellings
    {"fingerprint", "(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", true},
    {"identifier", "(?:[0-9A-F]{2}:){15,19}[0-9A-F]{2}", true},
    {"serial", R"(\b[0-9A-F]{30,40}\b)", true},
    // the key itself
    {"key", "-----BEGIN PUBLIC KEY----- ([A-Za-z0-9+/= ]+) -----END", false},
    // the time of day, and how far a certificate's end is from it
    {"time", "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?: UTC|Z)", false},
    {"days", R"(\(([0-9]+) days left\))", false},
    // made by chance at each first start
    {"password", R"(One-time password: ([a-z0-9]{20})\b)", true},
});

constexpr std::string_view kElided = "[…]";

struct Piece {
  std::string text;
  const Normalised* rule = nullptr;
};

std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> pieces{{text}};
  for (const auto& rule : kNormalised) {
    std::vector<Piece> finer;
    const std::regex pattern(rule.pattern);
    for (auto& piece : pieces) {
      if (piece.rule != nullptr) {
        finer.push_back(std::move(piece));
        continue;
      }
      std::size_t done = 0;
      const std::string& plain = piece.text;
      for (std::sregex_iterator at(plain.begin(), plain.end(), pattern), end; at != end; ++at) {
        const std::size_t group = at->size() > 1 ? 1 : 0;
        const auto start = static_cast<std::size_t>(at->position(group));
        finer.push_back({plain.substr(done, start - done)});
        finer.push_back({at->str(group), &rule});
        done = start + at->str(group).size();
      }
      finer.push_back({plain.substr(done)});
    }
    pieces = std::move(finer);
  }
  return pieces;
}

// What stands between two white spaces, values apart.
struct Word {
  std::string shape;
  std::vector<Piece> values;
  bool operator==(std::string_view other) const { return values.empty() && shape == other; }
};

// Where a line ends is no part of what it says: "364 days left" may stand on two.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.ends_with(' ')) line += ' ';
  }
  return line;
}

std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> words;
  Word word;
  const auto end_word = [&] {
    if (!word.shape.empty()) words.push_back(std::exchange(word, {}));
  };
  for (auto& piece : pieces_of(on_one_line(text))) {
    if (piece.rule != nullptr) {
      word.shape += "‹" + std::string(piece.rule->kind) + "›";
      word.values.push_back(std::move(piece));
      continue;
    }
    for (const char c : piece.text) {
      if (c == ' ') {
        end_word();
      } else {
        word.shape += c;
      }
    }
  }
  end_word();
  return words;
}

bool same(const Word& written, const Word& printed, Renamed& renamed) {
  if (written.shape != printed.shape) return false;
  for (std::size_t i = 0; i < written.values.size(); ++i) {
    const auto& rule = *written.values[i].rule;
    if (rule.renamed && !renamed.pair(rule.kind, written.values[i].text, printed.values[i].text)) {
      return false;
    }
  }
  return true;
}

class Comparison {
 public:
  Comparison(const std::string& written, const std::string& printed)
      : written_(words_of(written)), printed_(words_of(printed)) {}

  bool fits(std::size_t at, std::size_t from, Renamed& renamed) {
    for (; at < written_.size(); ++at, ++from) {
      if (written_[at] == kElided) return fits_somewhere(at + 1, from, renamed);
      if (at >= furthest_) {
        furthest_ = at;
        there_ = from;
      }
      if (from >= printed_.size() || !same(written_[at], printed_[from], renamed)) return false;
    }
    if (from < printed_.size() && at >= furthest_) {
      furthest_ = at;
      there_ = from;
    }
    return from == printed_.size();
  }
  [[nodiscard]] std::string where() const {
    return "the document goes on:   " + around(written_, furthest_) +
           "\nwhat was printed then:  " + around(printed_, there_);
  }

 private:
  bool fits_somewhere(std::size_t at, std::size_t from, Renamed& renamed) {
    if (at == written_.size()) return true;
    for (; from < printed_.size(); ++from) {
      Renamed tried = renamed;
      if (!fits(at, from, tried)) continue;
      renamed = std::move(tried);
      return true;
    }
    return false;
  }
  static std::string around(const std::vector<Word>& words, std::size_t at) {
    constexpr std::size_t few = 12;
    std::string text;
    for (std::size_t i = at; i < std::min(at + few, words.size()); ++i) {
      std::string shown = words[i].shape;
      for (const auto& value : words[i].values) shown += "(" + value.text + ")";
      text += shown + " ";
    }
    return text.empty() ? "(the end)" : text;
  }

  std::vector<Word> written_, printed_;
  std::size_t furthest_ = 0, there_ = 0;
};

[[noreturn]] void refuse(const std::string& name, int line, const std::string& why) {
  throw std::runtime_error(name + ":" + std::to_string(line) + ": " + why);
}

}  // namespace

bool Renamed::pair(const std::string& kind, const std::string& written, const std::string& here) {
  const auto [to, new_to] = here_.try_emplace({kind, written}, here);
  const auto [back, new_back] = written_.try_emplace({kind, here}, written);
  const bool agree = to->second == here && back->second == written;
  if (!agree && new_to) here_.erase(to);
  if (!agree && new_back) written_.erase(back);
  return agree;
}

std::string Renamed::in(const std::string& command) const {
  std::string text;
  for (const auto& piece : pieces_of(command)) {
    const auto found =
        piece.rule == nullptr ? here_.end() : here_.find({piece.rule->kind, piece.text});
    text += found == here_.end() ? piece.text : found->second;
  }
  return text;
}

std::string difference(const std::string& written, const std::string& printed, Renamed& renamed) {
  Comparison comparison(written, printed);
  Renamed tried = renamed;
  if (!comparison.fits(0, 0, tried)) return comparison.where();
  renamed = std::move(tried);
  return {};
}

Document read_document(std::string_view text, const std::string& name) {
  constexpr std::string_view fence = "```", prompt = "$ ", mark = "not run:";
  Document document;
  std::istringstream lines{std::string(text)};
  bool inside = false, runs = false, first = false;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with(fence)) {
      if (inside && first) refuse(name, number, "this block is empty");
      inside = !inside;
      runs = inside;
      first = inside;
      const auto said = line.find(mark);
      if (!inside || said == std::string::npos) continue;
      auto reason = line.substr(said + mark.size());
      if (reason.find_first_not_of(' ') == std::string::npos) {
        refuse(name, number, "why is this block not run?");
      }
      document.left_out.push_back({number, reason.substr(1)});
      runs = first = false;
      continue;
    }
    if (!runs) continue;
    const bool command = line.starts_with(prompt);
    if (first && !command) {
      refuse(name, number,
             "this block is neither run (\"$ \" before each command) nor does it say why not "
             "(```text not run: REASON)");
    }
    first = false;
    if (command) {
      document.steps.push_back({number, line.substr(prompt.size()), ""});
    } else {
      document.steps.back().printed += line + "\n";
    }
  }
  if (inside) refuse(name, number, "its last block has no end");
  return document;
}

}  // namespace sealtone::test
