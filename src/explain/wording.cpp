// SPDX-License-Identifier: Apache-2.0
#include "explain/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/host_name.h"
#include "base/text.h"

namespace sealtone::explain {
namespace {

constexpr std::size_t kMaxQuoted = 80;

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char kCase = 'a' - 'A';

std::string listed(const std::vector<std::string>& texts, std::size_t most,
                   std::string (*quoted)(std::string_view)) {
  std::string list;
  const auto shown = std::min(texts.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == texts.size();
    if (i > 0) list += last ? " and " : ", ";
    list += quoted(texts[i]);
  }
  if (shown < texts.size()) list += fmt::format(" and {} more", texts.size() - shown);
  return list;
}

}  // namespace

std::string in_quotes(std::string_view peers_text) {
  return '"' + base::visible(peers_text, kMaxQuoted) + '"';
}

std::string host_in_quotes(std::string_view name) {
  const auto plain = base::visible(name);
  return in_quotes(name) + base::shown_host(name).substr(plain.size());
}

std::string quoted_hosts(const std::vector<std::string>& names, std::size_t most) {
  return listed(names, most, host_in_quotes);
}

std::string quoted_list(const std::vector<std::string>& texts, std::size_t most) {
  return listed(texts, most, in_quotes);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

std::string when(std::chrono::sys_seconds time) { return base::utc_in_words(time); }

std::string capital(std::string sentence) {
  if (!sentence.empty() && is_small(sentence.front())) sentence.front() -= kCase;
  return sentence;
}

std::string as_clause(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  const bool abbreviation = sentence.size() > 1 && is_capital(sentence[1]);
  if (!sentence.empty() && is_capital(sentence.front()) && !abbreviation) sentence.front() += kCase;
  return sentence;
}

std::string ascii(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80) {
      out += c;
    } else {
      out += fmt::format("\\x{{{:02X}}}", octet);
    }
  }
  return out;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string the_list(const std::string& name) {
  return name.starts_with("this ") ? name : "the " + name;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (const auto word : base::split(text, ' ')) {
    if (word.empty()) continue;
    if (!line.empty() && columns(line) + 1 + columns(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace sealtone::explain
