// SPDX-License-Identifier: Apache-2.0
#include "store/trusted_limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sealtone::store {

std::size_t trusted_limit(const settings::Settings& settings) {
  const int set = settings.number(kTrustedLimitKey);
  return set > 0 ? std::min(static_cast<std::size_t>(set), kMaxTrusted) : kMaxTrusted;
}

std::size_t count_new(std::span<const TrustedCertificate> there,
                      std::span<const x509::Certificate> more) {
  std::set<crypto::Sha256> known;
  for (const auto& row : there) known.insert(row.certificate.sha256());
  std::size_t count = 0;
  for (const auto& certificate : more) count += known.insert(certificate.sha256()).second ? 1 : 0;
  return count;
}

std::optional<base::Error> over_trusted_limit(std::size_t there, std::size_t more,
                                              const settings::Settings& settings) {
  const auto limit = trusted_limit(settings);
  if (more == 0 || there + more <= limit) return std::nullopt;
  const auto raise = limit < kMaxTrusted
                         ? fmt::format(", or raise that limit (to {} at most)", kMaxTrusted)
                         : std::string();
  const auto over = there + more - limit;
  const auto act =
      over <= there
          ? fmt::format("delete at least {} of those that are there", over)
          : fmt::format("leave out at least {} of the new ones{}", more - std::min(limit, more),
                        there == 0 ? "" : ", and delete those that are there");
  return base::Error{
      base::ErrorCode::too_large, "",
      fmt::format("the list of trusted certificates holds {}, and {} more {} not fit: its limit is "
                  "{} ({}); {}{}",
                  there, more, more == 1 ? "does" : "do", limit, kTrustedLimitKey, act, raise)};
}

std::string under_what_is_there(std::size_t there, const settings::Settings& settings) {
  const auto limit = trusted_limit(settings);
  if (there <= limit) return {};
  return fmt::format(
      "{} certificates are in the list of trusted ones, more than its limit of {} now: all of them "
      "stay and count, and no other is taken until {} of them are deleted.",
      there, limit, there - limit + 1);
}

}  // namespace sealtone::store
