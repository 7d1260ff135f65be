// SPDX-License-Identifier: Apache-2.0
//
// phone/temporary: see temporary.h.
#include "phone/temporary.h"

#include <algorithm>
#include <vector>

namespace sealtone::phone {
namespace {

constexpr std::chrono::days kLifetime{365};
constexpr std::chrono::hours kClocksDiffer{24};  // a browser's clock may be behind ours
constexpr std::string_view kName = "temporary certificate";

std::vector<x509::SubjectAltName> names_for(std::span<const std::string> addresses) {
  using Kind = x509::SubjectAltName::Kind;
  std::vector<x509::SubjectAltName> names{
      {Kind::dns, "localhost"}, {Kind::ip, "127.0.0.1"}, {Kind::ip, "::1"}};
  for (const auto& address : addresses) {
    const x509::SubjectAltName name{Kind::ip, address};
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace

base::Result<x509::DeviceCredential> make_temporary(std::span<const std::string> addresses,
                                                    std::chrono::sys_seconds now,
                                                    base::Random& random) {
  x509::Request request;
  request.common_name = "Sealtone, temporary certificate";
  request.names = names_for(addresses);
  request.validity = {now - kClocksDiffer, now + kLifetime};
  request.extended_key_usage = {"serverAuth"};
  auto issued = x509::issue_self_signed(request, random);
  if (!issued) return std::unexpected(issued.error());
  return x509::DeviceCredential{{issued->certificate}, issued->key};
}

base::Result<std::string> to_text(const x509::DeviceCredential& temporary) {
  auto key = temporary.key.pkcs8_pem();
  if (!key) return std::unexpected(key.error());
  return temporary.leaf().pem() + *key;
}

std::optional<x509::DeviceCredential> temporary_from_text(std::string_view text,
                                                          std::span<const std::string> addresses,
                                                          std::chrono::sys_seconds now) {
  const auto contents = x509::parse(base::view(text), kName);
  if (!contents) return std::nullopt;
  auto credential = x509::device_credential(*contents, kName);
  if (!credential) return std::nullopt;
  const auto& leaf = credential->leaf();
  const bool in_time = leaf.validity().not_before <= now && now <= leaf.validity().not_after;
  const auto named = [&leaf](const x509::SubjectAltName& name) {
    return std::ranges::find(leaf.names(), name) != leaf.names().end();
  };
  if (!in_time || !std::ranges::all_of(names_for(addresses), named)) return std::nullopt;
  return *std::move(credential);
}

}  // namespace sealtone::phone
