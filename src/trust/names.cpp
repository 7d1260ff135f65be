// SPDX-License-Identifier: Apache-2.0
#include "trust/names.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sealtone::trust {
namespace {

// The octets of an IPv4 or IPv6 address in any spelling; nothing if it is none.
std::optional<base::Bytes> address(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  const std::string zero_ended(text);
  if (zero_ended.find('\0') != std::string::npos) return std::nullopt;
  std::array<std::uint8_t, 16> octets{};
  if (inet_pton(AF_INET, zero_ended.c_str(), octets.data()) == 1) {
    return base::Bytes(octets.begin(), octets.begin() + 4);
  }
  if (inet_pton(AF_INET6, zero_ended.c_str(), octets.data()) == 1) {
    return base::Bytes(octets.begin(), octets.end());
  }
  return std::nullopt;
}

std::string address_text(const base::Bytes& octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(octets.size() == 4 ? AF_INET : AF_INET6, octets.data(), text.data(), text.size());
  return text.data();
}

bool host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// RFC 9525 §6.3: "the wildcard character appears only as the complete content of the left-most
// label" and stands for exactly one label.  One directly above a top-level domain is refused.
bool wildcard_matches(std::string_view pattern, std::string_view host) {
  if (!pattern.starts_with("*.")) return false;
  const auto domain = pattern.substr(2);
  const auto labels = base::split(domain, '.');
  const bool whole = std::ranges::none_of(labels, &std::string_view::empty) &&
                     domain.find('*') == std::string_view::npos;
  if (!whole || labels.size() < 2) return false;
  const auto dot = host.find('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return std::ranges::all_of(host.substr(0, dot), host_character) && host.substr(dot + 1) == domain;
}

std::vector<std::string> names_of_kind(const x509::Certificate& certificate,
                                       x509::SubjectAltName::Kind kind) {
  std::vector<std::string> values;
  for (const auto& name : certificate.names()) {
    if (name.kind == kind) values.push_back(name.value);
  }
  return values;
}

}  // namespace

// A NUL or another control character inside a name never matches.
bool dns_matches(std::string_view presented, std::string_view host) {
  const auto printable = [](char c) { return c > ' ' && c < '\x7F'; };
  if (presented.empty() || presented.front() == '.') return false;
  if (!std::ranges::all_of(presented, printable)) return false;
  if (host.empty() || host.find('*') != std::string_view::npos) return false;
  return presented == host || wildcard_matches(presented, host);
}

ReferenceIdentifier ReferenceIdentifier::from_host(std::string_view host) {
  if (const auto ip = address(host)) return {Kind::ip, address_text(*ip)};
  // RFC 1034 §3.1: a final dot only says that the name is complete.
  if (host.size() > 1 && host.ends_with('.')) host.remove_suffix(1);
  return {Kind::dns, base::lower_ascii(host)};
}

bool matches(const ReferenceIdentifier& reference, const x509::Certificate& certificate,
             bool allow_common_name) {
  using Kind = x509::SubjectAltName::Kind;
  if (reference.kind == ReferenceIdentifier::Kind::ip) {
    const auto wanted = address(reference.value);
    const auto presented = names_of_kind(certificate, Kind::ip);
    return wanted && std::ranges::any_of(presented, [&](const std::string& name) {
             return address(name) == wanted;
           });
  }
  if (reference.kind == ReferenceIdentifier::Kind::email) {
    const auto presented = names_of_kind(certificate, Kind::email);
    return std::ranges::find(presented, reference.value) != presented.end();
  }
  auto presented = names_of_kind(certificate, Kind::dns);
  if (presented.empty() && allow_common_name) {
    presented.push_back(certificate.subject().common_name);
  }
  return std::ranges::any_of(presented, [&](const std::string& name) {
    return dns_matches(base::lower_ascii(name), reference.value);
  });
}

std::optional<Finding> check_name(const ReferenceIdentifier& reference,
                                  const x509::Certificate& certificate, bool allow_common_name) {
  if (matches(reference, certificate, allow_common_name)) return std::nullopt;
  Finding finding{.code = FindingCode::name_mismatch, .certificate = 0, .evidence = {}};
  finding.evidence.wanted = reference.value;
  finding.evidence.found = names_of_kind(certificate, x509::SubjectAltName::Kind::dns);
  for (auto& ip : names_of_kind(certificate, x509::SubjectAltName::Kind::ip)) {
    finding.evidence.found.push_back(std::move(ip));
  }
  if (finding.evidence.found.empty()) finding.evidence.detail = certificate.subject().common_name;
  return finding;
}

}  // namespace sealtone::trust
