// SPDX-License-Identifier: Apache-2.0
//
// fuzz/x509_contents: what must hold of whatever was read out of an uploaded file.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "x509/parse.h"
#include "x509/path.h"

namespace sealtone::fuzz {

inline constexpr std::chrono::sys_seconds kNow =
    std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void check(const x509::Certificate& certificate) {
  const auto again = x509::Certificate::from_der(certificate.der());
  require(again && *again == certificate && again->subject() == certificate.subject() &&
          again->issuer() == certificate.issuer() && again->names() == certificate.names());
  require(!certificate.serial_hex().empty() && certificate.version() >= 1);
  require(certificate.validity().not_before.time_since_epoch().count() > -70'000'000'000);
  require(!certificate.public_key().kind.empty());
  const auto pem = x509::parse(base::view(certificate.pem()), "pem");
  require(pem && pem->certificates.size() == 1 && pem->certificates.front() == certificate);
}

inline void check_paths(const std::vector<x509::Certificate>& certificates) {
  const auto& leaf = certificates.front();
  const auto trusted = x509::check_path({&leaf, 1}, x509::AnchorSet({leaf}), kNow, {});
  require(trusted.reaches_anchor && trusted.path.size() == 1);
  const auto untrusted = x509::check_path(certificates, x509::AnchorSet({}), kNow, {});
  require(!untrusted.reaches_anchor && !untrusted.faults.empty());
  const x509::AnchorSet last({certificates.back()});
  const auto checked = x509::check_path(certificates, last, kNow, {});
  require(checked.path.front() == leaf && checked.path.size() <= 20);
  require(checked.reaches_anchor == last.contains(checked.path.back()));
  for (const auto& fault : checked.faults) require(fault.index < checked.path.size());
}

// Certificates, keys or a reason that can be shown.
inline void check_result(const base::Result<x509::Contents>& contents) {
  using enum base::ErrorCode;
  if (!contents) {
    const auto& reason = contents.error();
    require(reason.code == bad_input || reason.code == wrong_kind || reason.code == too_large ||
            reason.code == not_allowed || reason.code == mismatch || reason.code == unsupported);
    require(!reason.detail.empty() && base::visible(reason.detail, 2'000) == reason.detail);
    return;
  }
  require(!contents->certificates.empty() || !contents->keys.empty());
  require(contents->certificates.size() <= x509::kMaxCertificates);
  require(contents->keys.size() <= x509::kMaxKeys);
  for (const auto& note : contents->notes) require(base::visible(note, 2'000) == note);
  for (const auto& certificate : contents->certificates) check(certificate);
  if (!contents->certificates.empty()) check_paths(contents->certificates);
  for (const auto& key : contents->keys) require(!key.description().empty());
  const auto credential = x509::device_credential(*contents, "upload");
  require(!credential || credential->leaf().matches(credential->key));
}

}  // namespace sealtone::fuzz
