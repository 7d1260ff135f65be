// SPDX-License-Identifier: Apache-2.0
//
// settings/foreign: see foreign.h.
#include "settings/foreign.h"

#include <algorithm>

#include "base/text.h"
#include "settings/lines.h"

namespace sealtone::settings {
namespace {

bool is_binary_certificate(std::string_view text) {
  // A DER SEQUENCE whose length takes one to three more bytes.
  return text.size() > 4 && text[0] == '\x30' && text[1] >= '\x81' && text[1] <= '\x83';
}

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

// Encrypted text has a control character in every tenth byte, a configuration file next to none.
bool is_binary(std::string_view text) {
  const auto odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1A && byte != 0x1B;
  };
  return static_cast<std::size_t>(std::ranges::count_if(text, odd)) > text.size() / 32;
}

std::string_view name_of_whole(std::string_view text) {
  if (is_utf16(text)) {
    return "this file is saved as UTF-16; save it as UTF-8 or plain ASCII";
  }
  if (is_binary_certificate(text)) {
    return "this is a certificate or key in binary form, not a configuration file; upload it under "
           "Security > Trusted Certificates or Security > Server Certificates";
  }
  if (is_binary(text)) {
    return "this is not a text file; it may be an encrypted configuration file: give Sealtone the "
           "one it was encrypted from";
  }
  return {};
}

// What the first line that is neither blank nor a comment gives away.
std::string_view name_of_first(std::string_view line) {
  const auto start = base::lower_ascii(line.substr(0, 16));
  if (start.starts_with("<!doctype html") || start.starts_with("<html")) {
    return "this is an HTML page, not a configuration file: a server answers so when the file is "
           "missing or a log-in is wanted; open its address in a browser";
  }
  if (start.starts_with('<')) return "this is an XML file, not a configuration file";
  if (start.starts_with('{')) return "this is a JSON file, not a configuration file";
  if (start.starts_with("[ cfg:") || start.starts_with("[cfg:")) {
    return "this is the INI dialect of the T3x and VP530 (V60); give Sealtone the \"key = value\" "
           "file of V70 or later, which begins with #!version";
  }
  if (start.starts_with('[') && line.find(']') != std::string_view::npos) {
    return "this is the INI dialect of V60 and V61; give Sealtone the \"key = value\" file of V70 "
           "or later, which begins with #!version";
  }
  return {};
}

bool is_boot_line(std::string_view line) {
  // "[T46S, T23G]include:config …" is for these models only.
  if (line.starts_with('[')) {
    const auto end = line.find(']');
    if (end == std::string_view::npos) return false;
    line = base::trim(line.substr(end + 1));
  }
  return line.starts_with("include:config");
}

// What gives a file away wherever it stands.
std::string_view name_of_line(std::string_view line) {
  if (line.starts_with("-----BEGIN ")) {
    return "this file holds a certificate or key (-----BEGIN …); upload it under Security > "
           "Trusted Certificates or Security > Server Certificates";
  }
  if (line.starts_with("#!encrypt:")) {
    return "this configuration file is encrypted; give Sealtone the one it was encrypted from";
  }
  if (is_boot_line(line)) {
    return "this is a boot file; give Sealtone the .cfg files that its include:config lines name";
  }
  if (line.starts_with(";;==") && line.find("==M") != std::string_view::npos) {
    return "from here on this file holds the dialects of other generations; give Sealtone a file "
           "with the part before this line alone";
  }
  return {};
}

}  // namespace

std::optional<Mistake> find_foreign(std::string_view text) {
  if (const auto name = name_of_whole(text); !name.empty()) return Mistake{0, std::string(name)};
  bool first = true;
  for (Lines lines(text); lines.next();) {
    const auto line = base::trim(lines.line());
    auto name = name_of_line(line);
    if (name.empty() && first && !line.empty() && !line.starts_with('#')) {
      name = name_of_first(line);
      first = false;
    }
    if (!name.empty()) return Mistake{lines.number(), std::string(name)};
  }
  return {};
}

}  // namespace sealtone::settings
