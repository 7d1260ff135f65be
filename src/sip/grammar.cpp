// SPDX-License-Identifier: Apache-2.0
//
// sip/grammar: see grammar.h.
#include "sip/grammar.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace sealtone::sip::grammar {
namespace {

bool is_token_character(char c) {
  return is_alphanumeric(c) || std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}

// RFC 3261 §25.1: gen-value is a token, a host or a quoted-string.  More is in use ("a@b", "/"),
// and nothing is lost by taking it.
bool is_value_character(char c) {
  return !is_control(c) && !is_blank(c) &&
         std::string_view(";,\"<>\\").find(c) == std::string_view::npos;
}

// One parameter without its semicolon.
base::Result<void> read_parameter(std::string_view text, Parameters& into) {
  const auto equals = text.find('=');
  const auto name = trimmed(text.substr(0, equals));
  if (!is_token(name)) return malformed("a parameter has no proper name");
  std::string value;
  if (equals != std::string_view::npos) {
    const auto given = trimmed(text.substr(equals + 1));
    if (given.starts_with('"')) {
      if (behind_quotes(given, 0) != given.size()) {
        return malformed("something stands behind a parameter's quotation mark, or it is missing");
      }
      value = without_quotes(given);
    } else {
      if (given.empty() || !std::ranges::all_of(given, is_value_character)) {
        return malformed("a parameter has no proper value");
      }
      value = given;
    }
  }
  return add(into, base::lower_ascii(name), std::move(value));
}

}  // namespace

base::Result<void> add(Parameters& parameters, std::string name, std::string value) {
  if (parameter(parameters, name) != nullptr) return malformed("a parameter is given twice");
  if (parameters.size() == kMaxParameters) {
    return base::fail(base::ErrorCode::too_large, "", "there are too many parameters");
  }
  parameters.emplace_back(std::move(name), std::move(value));
  return {};
}

std::unexpected<base::Error> malformed(std::string why) {
  return base::fail(base::ErrorCode::bad_input, "", std::move(why));
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || problem != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::size_t behind_quotes(std::string_view text, std::size_t from) {
  for (auto at = from + 1; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

std::string without_quotes(std::string_view quoted) {
  std::string plain;
  quoted = quoted.substr(1, quoted.size() - 2);
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    if (quoted[at] == '\\' && at + 1 < quoted.size()) ++at;
    plain += quoted[at];
  }
  return plain;
}

std::string with_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || is_control(c)) quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::vector<std::string_view> elements(std::string_view list) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    if (const auto element = trimmed(list.substr(begin, end - begin)); !element.empty()) {
      found.push_back(element);
    }
    begin = end + 1;
  };
  std::size_t at = 0;
  while (at < list.size()) {
    if (list[at] == '"') {
      at = std::min(behind_quotes(list, at), list.size());
    } else if (list[at] == '<') {
      at = std::min(list.find('>', at), list.size());
    } else {
      if (list[at] == ',') add(at);
      ++at;
    }
  }
  add(list.size());
  return found;
}

base::Result<Parameters> read_parameters(std::string_view text) {
  Parameters parameters;
  text = trimmed(text);
  while (!text.empty()) {
    if (text.front() != ';') return malformed("a semicolon is missing before a parameter");
    std::size_t end = 1;
    while (end < text.size() && text[end] != ';') {
      end = text[end] == '"' ? std::min(behind_quotes(text, end), text.size()) : end + 1;
    }
    if (auto read = read_parameter(text.substr(1, end - 1), parameters); !read) {
      return std::unexpected(read.error());
    }
    text.remove_prefix(end);
  }
  return parameters;
}

std::string text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += ";" + name;
    if (value.empty()) continue;
    const bool plain = std::ranges::all_of(value, is_value_character);
    text += "=" + (plain ? value : with_quotes(value));
  }
  return text;
}

base::Result<std::vector<std::string>> lines(std::string_view head) {
  std::vector<std::string> lines;
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    if (line.find_first_of("\r\n") != std::string_view::npos) {
      return malformed("a line ends in a CR or an LF alone");
    }
    // RFC 3261 §7.3.1: "the line break and the whitespace at the beginning of the next line are
    // treated as a single SP character".
    if (!line.empty() && is_blank(line.front())) {
      if (lines.size() < 2) return malformed("the start line is folded");
      auto& folded = lines.back();
      folded.resize(folded.find_last_not_of(" \t") + 1);
      folded += ' ';
      folded += trimmed(line);
      continue;
    }
    // The start line and Content-Length are no fields of a Message.
    if (lines.size() == kMaxFields + 2) {
      return base::fail(base::ErrorCode::too_large, "", "the message has too many header fields");
    }
    lines.emplace_back(line);
  }
  return lines;
}

base::Result<Field> read_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return malformed("a header field has no colon");
  auto name = line.substr(0, colon);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  if (!is_token(name)) return malformed("a header field has no proper name");
  const auto value = trimmed(line.substr(colon + 1));
  const auto known = long_name(name);
  if (!is_value(value)) {
    return malformed("the value of a header field holds control characters");
  }
  return Field{.name = std::string(known), .value = std::string(value)};
}

// quoted-pair = "\" (%x00-09 / %x0B-0C / %x0E-7F)
bool is_value(std::string_view value) {
  bool quoted = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\' && at + 1 < value.size()) {
      ++at;
      if (value[at] == '\r' || value[at] == '\n') return false;
    } else if (is_control(c)) {
      return false;
    }
  }
  return true;
}

base::Result<std::optional<std::size_t>> content_length(const std::vector<std::string>& lines) {
  std::optional<std::size_t> length;
  for (std::size_t at = 1; at < lines.size(); ++at) {
    const std::string_view line = lines[at];
    const auto name = trimmed(line.substr(0, line.find(':')));
    if (name.size() == line.size() || long_name(name) != "Content-Length") continue;
    const auto digits = trimmed(line.substr(line.find(':') + 1));
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
      return malformed("Content-Length is no number of octets");
    }
    const auto value = number(digits);
    if (!value || *value > kMaxBodyBytes) {
      return base::fail(base::ErrorCode::too_large, "",
                        "Content-Length announces a body that is too large");
    }
    if (length && *length != *value) return malformed("two Content-Length fields differ");
    length = *value;
  }
  return length;
}

}  // namespace sealtone::sip::grammar
