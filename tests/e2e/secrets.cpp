// SPDX-License-Identifier: Apache-2.0
#include "e2e/secrets.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "support/process.h"

namespace sealtone::test {
namespace {

constexpr std::string_view kLower = "0123456789abcdef", kUpper = "0123456789ABCDEF";

std::string hex(std::string_view octets, std::string_view digits, std::string_view lead,
                std::string_view between = "") {
  std::string text;
  for (const unsigned char octet : octets) {
    if (!text.empty()) text += between;
    text += lead;
    text += digits[octet / 16];
    text += digits[octet % 16];
  }
  return text;
}

std::string base64(std::string_view octets) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned int bits = 0;
  int held = 0;
  for (const unsigned char octet : octets) {
    bits = bits << 8U | octet;
    for (held += 8; held >= 6; held -= 6) text += alphabet[bits >> (held - 6) & 63U];
  }
  return text;  // only digits that depend on whole octets
}

// As it stands inside something longer, behind 0, 1 or 2 octets of a group of three.
std::string base64_behind(std::size_t before, std::string_view core) {
  constexpr std::size_t octet_bits = 8, digit_bits = 6;
  const std::string text = base64(std::string(before, '\0') + std::string(core));
  return text.substr((before * octet_bits + digit_bits - 1) / digit_bits);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool holds(std::string_view text, std::string_view part) {
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

// White space is gone, and what stands for a line's end in JSON.
std::string unbroken(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 'r')) {
      ++i;
      continue;
    }
    out += c;
  }
  return out;
}

struct Form {
  std::string name;  // "base64"
  std::string text;
};

std::vector<Form> forms_of(std::string_view core) {
  std::vector<Form> forms{{"plain", std::string(core)}, {"plain in lower case", lower(core)}};
  for (std::size_t before = 0; before < 3; ++before) {
    auto text = base64_behind(before, core);
    forms.push_back({"base64", text});
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    forms.push_back({"base64url", text});
  }
  for (const auto digits : {kLower, kUpper}) {
    forms.push_back({"hexadecimal", hex(core, digits, "")});
    forms.push_back({"hexadecimal with colons", hex(core, digits, "", ":")});
    forms.push_back({"percent-encoded", hex(core, digits, "%")});
    forms.push_back({"JSON-escaped", hex(core, digits, "\\u00")});
  }
  return forms;
}

}  // namespace

const Secret& Secrets::plant(const std::string& name) {
  std::string letters;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  }
  const auto core = "zq" + std::to_string(100 + all_.size()) + letters + "fortestqz";
  all_.push_back({name, "\"\\" + core + "%\xC3\xA4", core});
  return all_.back();
}

const Secret& Secrets::know(const std::string& name, const std::string& core) {
  if (core.size() < 12) throw std::runtime_error(name + " is too short to be looked for: " + core);
  all_.push_back({name, core, core});
  return all_.back();
}

void Secrets::belongs(const std::string& name, const std::string& output) {
  belongs_.emplace(name, output);
}

const std::string& Secrets::value(const std::string& name) const {
  const auto at = std::ranges::find(all_, name, &Secret::name);
  if (at == all_.end()) throw std::runtime_error("no secret is called " + name);
  return at->value;
}

std::vector<std::string> Secrets::found_in(const std::string& output,
                                           std::string_view octets) const {
  std::vector<std::string> found;
  const std::string small = lower(octets), whole = unbroken(octets);
  for (const auto& secret : all_) {
    const auto [first, last] = belongs_.equal_range(secret.name);
    if (std::any_of(first, last, [&](const auto& place) { return place.second == output; })) {
      continue;
    }
    for (const auto& form : forms_of(secret.core)) {
      if (!holds(octets, form.text) && !holds(whole, form.text) &&
          !(form.name == "plain in lower case" && holds(small, form.text))) {
        continue;
      }
      found.push_back(secret.name + " in " + output + " as " + form.name);
      break;
    }
  }
  return found;
}

std::string private_octets(const std::string& key_file) {
  const auto der =
      run_ok({"openssl", "pkcs8", "-topk8", "-nocrypt", "-in", key_file, "-outform", "DER"});
  constexpr std::size_t some = 24;
  // RFC 5915: version 1, then the private key as 32 octets.  The public one follows it.
  const std::string_view ec("\x02\x01\x01\x04\x20", 5);
  const auto at = der.find(ec);
  if (at != std::string::npos) return der.substr(at + ec.size(), some);
  // RFC 8017 A.1.2: modulus, public exponent, and then nothing but what is private.
  return der.substr(der.size() * 3 / 5, some);
}

}  // namespace sealtone::test
