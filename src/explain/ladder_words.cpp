// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_words: what every drawing of a ladder says in the same words.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "explain/ladder_parts.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

// 41500 µs as "41.5 ms".
std::string elapsed(std::chrono::microseconds time) {
  constexpr double thousand = 1000;
  return fmt::format("{:.1f} ms", static_cast<double>(time.count()) / thousand);
}

// Of East Asian scripts and pictures, which take two columns (UAX #11).
bool is_wide(char32_t code) {
  constexpr char32_t first_jamo = 0x1100, last_jamo = 0x115F, first_radical = 0x2E80;
  return (code >= first_jamo && code <= last_jamo) || code >= first_radical;
}

// Where the first so many columns end; behind one character at least.
std::size_t end_of(std::string_view text, std::size_t width) {
  std::size_t at = 0, used = 0;
  while (at < text.size()) {
    const auto next = base::first_character(text.substr(at));
    used += is_wide(next.code) ? 2 : 1;
    if (used > width && at > 0) break;
    at += std::max<std::size_t>(next.length, 1);
  }
  return at;
}

// Behind a mark that parts, if there is one in the second half: "TLS_ECDHE_" and the rest.
std::size_t break_of(std::string_view word, std::size_t width) {
  const auto most = end_of(word, width);
  const auto mark = word.substr(0, most).find_last_of("_-./:");
  return mark != std::string_view::npos && mark + 1 > most / 2 ? mark + 1 : most;
}

}  // namespace

std::string and_more(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

std::string codes_of(const std::vector<trust::Finding>& findings,
                     const std::function<bool(const trust::Finding&)>& concerns) {
  std::vector<std::string> codes;
  for (const auto& finding : findings) {
    if (!concerns(finding)) continue;
    std::string code = trust::word(finding.code);
    if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
  }
  return joined(codes, ", ");
}

std::string measure(const Rung& rung) {
  auto words = rung.size == 0 ? std::string()
                              : fmt::format("{} octet{}, ", rung.size, rung.size == 1 ? "" : "s");
  words += elapsed(rung.at);
  if (rung.since_last.count() > 0) words += fmt::format(" (+{})", elapsed(rung.since_last));
  return words;
}

std::string in_full(const Fact& fact) {
  auto words = fact.name + ": " + joined(fact.values, ", ");
  if (fact.count > fact.values.size()) {
    words += fmt::format(" and {} more", fact.count - fact.values.size());
  }
  return words;
}

std::string key_exchange_words(const Ladder& ladder) {
  if (ladder.key_exchange.empty()) return {};
  const bool as_in_the_figure = ladder.key_exchange == "RSA key transport";
  return fmt::format("{}{}; {}forward secret", ladder.key_exchange,
                     as_in_the_figure ? ", as in the figure" : "",
                     ladder.forward_secret ? "" : "not ");
}

std::string closing_words(const Ladder& ladder) {
  if (ladder.closed_by.empty()) return {};
  return fmt::format("by the {}{}", ladder.closed_by, ladder.reset ? ", by a reset" : "");
}

std::string link_words(const Link& link) {
  std::string role = link.role;
  if (role == "server" || role == "client") role = "the " + role + "'s own";
  if (link.kind == Link::Kind::missing) role = "missing";
  if (link.kind == Link::Kind::trusted) role += role.empty() ? "trusted" : ", trusted";
  return and_more(role, link.note);
}

std::size_t cells(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const auto next = base::first_character(text);
    count += is_wide(next.code) ? 2 : 1;
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return count;
}

std::vector<std::string> fitted(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (auto word : base::split(text, ' ')) {
    if (word.empty()) continue;
    if (!line.empty() && cells(line) + 1 + cells(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    while (cells(word) > width) {
      const auto end = break_of(word, width);
      lines.emplace_back(word.substr(0, end));
      word.remove_prefix(end);
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace sealtone::explain
