// SPDX-License-Identifier: Apache-2.0
#include "explain/certificate_words.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/host_name.h"
#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;

// "4A:6F:00:01", as serial numbers are printed.
std::string serial(const x509::Certificate& certificate) {
  const auto& hex = certificate.serial_hex();
  const auto octets = base::from_hex(hex);
  return octets ? base::hex_colons(*octets) : hex;
}

std::string in_days(std::chrono::seconds span) {
  const auto count = std::chrono::duration_cast<days>(span).count();
  if (count == 0) return "less than a day";
  return fmt::format("{} day{}", count, count == 1 ? "" : "s");
}

const char* kind_word(x509::SubjectAltName::Kind kind) {
  using Kind = x509::SubjectAltName::Kind;
  switch (kind) {
    case Kind::dns: return "dns";
    case Kind::ip: return "ip";
    case Kind::email: return "email";
    case Kind::uri: return "uri";
    case Kind::other: return "other";
  }
  return "other";
}

std::vector<std::string> visible_all(const std::vector<std::string>& texts) {
  std::vector<std::string> shown;
  shown.reserve(texts.size());
  for (const auto& text : texts) shown.push_back(base::visible(text));
  return shown;
}

std::vector<std::string> name_lines(const x509::Certificate& certificate) {
  std::vector<std::string> lines;
  for (const auto& name : certificate.names()) {
    const bool host =
        name.kind == x509::SubjectAltName::Kind::dns || name.kind == x509::SubjectAltName::Kind::ip;
    lines.push_back(host ? base::shown_host(name.value)
                         : std::string(kind_word(name.kind)) + " " + base::visible(name.value));
  }
  if (lines.empty()) lines.emplace_back("none");
  return lines;
}

std::vector<std::string> usage_lines(const x509::Certificate& certificate) {
  std::vector<std::string> lines;
  for (const auto& usages : {certificate.key_usage(), certificate.extended_key_usage()}) {
    if (usages) lines.push_back(joined(visible_all(*usages), ", "));
  }
  if (lines.empty()) lines.emplace_back("any");
  return lines;
}

std::string ca_words(const x509::Certificate& certificate) {
  if (!certificate.is_ca()) return "no";
  const auto limit = certificate.path_length();
  return limit ? fmt::format("yes, at most {} more below it", *limit) : "yes";
}

nlohmann::json name_json(const x509::DistinguishedName& name) {
  return {{"text", base::visible(name.text)},
          {"common_name", base::visible(name.common_name)},
          {"organization", base::visible(name.organization)}};
}

nlohmann::json list_or_null(const std::optional<std::vector<std::string>>& usages) {
  return usages ? nlohmann::json(visible_all(*usages)) : nlohmann::json(nullptr);
}

}  // namespace

long days_left(const x509::Certificate& certificate, sys_seconds now) {
  return std::chrono::floor<days>(certificate.validity().not_after - now).count();
}

std::string remaining(const x509::Certificate& certificate, sys_seconds now) {
  const auto& validity = certificate.validity();
  if (now < validity.not_before) {
    return fmt::format("not valid yet, but in {}", in_days(validity.not_before - now));
  }
  if (now > validity.not_after) {
    return fmt::format("expired {} ago", in_days(now - validity.not_after));
  }
  return in_days(validity.not_after - now) + " left";
}

std::string file_name_for(const x509::Certificate& certificate) {
  constexpr std::size_t longest = 60;
  std::string name;
  for (const char c : base::lower_ascii(certificate.subject().short_name())) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  name.resize(std::min(name.size(), longest));
  while (name.ends_with('-')) name.pop_back();
  constexpr std::size_t few = 4;
  if (name.empty())
    name = "certificate-" + base::hex(base::ByteView(certificate.sha256()).first(few));
  return name + ".pem";
}

std::string certificate_text(const x509::Certificate& certificate, sys_seconds now) {
  const auto& validity = certificate.validity();
  std::string text;
  const auto row = [&](std::string_view title, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      text += fmt::format("{:<15}{}\n", i == 0 ? title : "", lines[i]);
    }
  };
  row("Issued To", {base::visible(certificate.subject().text)});
  row("Issued By", {base::visible(certificate.issuer().text) +
                    (certificate.self_signed() ? " (signed by itself)" : "")});
  row("Serial Number", {serial(certificate)});
  row("Valid From", {when(validity.not_before)});
  row("Valid Until",
      {fmt::format("{} ({})", when(validity.not_after), remaining(certificate, now))});
  row("Names", name_lines(certificate));
  row("Public Key", {base::visible(certificate.public_key().description())});
  row("Signature", {base::visible(certificate.signature_algorithm())});
  row("Usages", usage_lines(certificate));
  row("CA", {ca_words(certificate)});
  row("SHA-256", {certificate.fingerprint()});
  return text;
}

nlohmann::json certificate_json(const x509::Certificate& certificate, sys_seconds now) {
  auto names = nlohmann::json::array();
  for (const auto& name : certificate.names()) {
    const bool dns = name.kind == x509::SubjectAltName::Kind::dns;
    names.push_back({{"kind", kind_word(name.kind)},
                     {"value", base::visible(name.value)},
                     {"shown", dns ? base::shown_host(name.value) : base::visible(name.value)}});
  }
  const auto& key = certificate.public_key();
  const auto limit = certificate.path_length();
  return {
      {"subject", name_json(certificate.subject())},
      {"issuer", name_json(certificate.issuer())},
      {"serial_number", serial(certificate)},
      {"not_before", base::utc(certificate.validity().not_before)},
      {"not_after", base::utc(certificate.validity().not_after)},
      {"days_left", days_left(certificate, now)},
      {"names", names},
      {"public_key",
       {{"kind", base::visible(key.kind)},
        {"bits", key.bits},
        {"curve", base::visible(key.curve)},
        {"description", base::visible(key.description())},
        {"pem", certificate.public_key_pem()}}},
      {"signature_algorithm", base::visible(certificate.signature_algorithm())},
      {"key_usage", list_or_null(certificate.key_usage())},
      {"extended_key_usage", list_or_null(certificate.extended_key_usage())},
      {"ca", certificate.is_ca()},
      {"path_length", limit ? nlohmann::json(*limit) : nlohmann::json(nullptr)},
      {"self_signed", certificate.self_signed()},
      {"subject_key_id", base::hex_colons(certificate.subject_key_id())},
      {"authority_key_id", base::hex_colons(certificate.authority_key_id())},
      {"aia_issuers", visible_all(certificate.aia_issuers())},
      {"version", certificate.version()},
      {"sha256", certificate.fingerprint()},
  };
}

}  // namespace sealtone::explain
