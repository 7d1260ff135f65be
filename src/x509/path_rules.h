// SPDX-License-Identifier: Apache-2.0
//
// x509/path_rules: what each certificate of a path has to be, where it stands.  For path's own use.
//
// Source: RFC 5280 §6.1.  One rule, one function, whose comment quotes the sentence.
#pragma once

#include <span>
#include <vector>

#include "x509/path.h"

namespace sealtone::x509 {

// One certificate in its place.
struct Place {
  const Certificate& certificate;
  // The certificates below it, the peer's own first; empty for that one.
  std::span<const Certificate* const> below;
  bool anchor = false;
  bool self_signed = false;  // and its own signature was checked

  [[nodiscard]] std::size_t index() const { return below.size(); }
};

// All that is wrong with it there, but for signatures, names, policies and revocation.
[[nodiscard]] std::vector<Fault> place_faults(const Place& place, std::chrono::sys_seconds now,
                                              const PathOptions& options);

// CA/Browser Forum, Baseline Requirements §7.1, and what RFC 5280 asks of whoever makes a
// certificate, though not of whoever validates it (Profile::strict).
[[nodiscard]] std::vector<Fault> strict_faults(const Place& place, Purpose purpose);

}  // namespace sealtone::x509
