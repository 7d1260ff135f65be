// SPDX-License-Identifier: Apache-2.0
//
// x509/name_constraints: whether the names of a certificate lie within what an issuer may name.
//
// Source: RFC 5280 §4.2.1.10.  Quiet.  A constraint or a name that is none of its kind is a
// violation, for nobody can tell what it would allow.
#pragma once

#include <optional>
#include <string>

#include "x509/extensions.h"

namespace sealtone::x509 {

struct NameConstraintOptions {
  // ".example.com" as a DNS constraint: RFC 5280 knows no such form; certificates made with
  // OpenSSL have it, and mean the hosts below example.com.
  bool allow_leading_dot = true;
  // Whether the common names of the peer's own certificate count where it has no dNSName.
  bool common_names = true;
};

// Of all comparisons for one peer: names times constraints.  OpenSSL has the same bound.
inline constexpr std::size_t kMaxNameComparisons = 1 << 20;

struct NameViolation {
  std::string words;
  std::string wanted, found;  // the constraint and the name, where two were compared
};

// What is wrong; nothing if nothing is.  The subject of `below` counts as well.  is_leaf:
// it is the peer's own.
[[nodiscard]] std::optional<NameViolation> name_violation(const NameConstraints& constraints,
                                                          const Certificate& below, bool is_leaf,
                                                          const NameConstraintOptions& options);

// Whether it may name this one.
[[nodiscard]] bool may_name(const NameConstraints& constraints, const GeneralName& name,
                            const NameConstraintOptions& options);

// How many comparisons that is; to read the constraints counts as one of each.
[[nodiscard]] std::size_t name_comparisons(const NameConstraints& constraints,
                                           const Certificate& below);

}  // namespace sealtone::x509
