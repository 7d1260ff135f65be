// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/fresh_cases: certification paths that nobody has seen before, with one fault planted
// or none, so that the truth is known without any engine.
//
// A path of one to three authorities, with a mesh of up to eight further certificates of them:
// cross certificates by an authority that nobody trusts, ones that ran out, ones that lead in a
// circle, impostors of the same name, and, where the truth stays the truth, renewals that would do
// as well. Source of each truth: RFC 5280 §6, RFC 9525, and what docs/findings.md says of weak
// keys.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suites/fresh_certificates.h"

namespace sealtone::test {

// A path before its certificates are made: the peer's own first, the root last.
struct Plan {
  std::vector<Wanted> path;
  std::vector<std::string> names;  // of the peer's certificate: "DNS:…"
  std::string host;                // asked for
  bool by_address = false;
  std::size_t decoys = 0;  // certificates of the mesh
  // Which of the path: its signature is damaged; it is not sent; it stands in a list of its
  // issuer's; it is trusted in the root's place.
  std::optional<std::size_t> damaged = {}, left_out = {}, revoked = {}, trusted = {};
  bool with_lists = false;         // a revocation list of each issuer
  bool explicit_policy = false;    // a policy is demanded (RFC 5280 §6.1.1 (e))
  bool another_root = false;       // is trusted, and not the path's
  bool root_of_that_name = false;  // that other root has the path's root's name
  bool self_signed = false;        // the peer's certificate is its own issuer

  [[nodiscard]] Wanted& leaf() { return path.front(); }
  [[nodiscard]] Wanted& root() { return path.back(); }
  // One between the peer's and the root.
  [[nodiscard]] std::size_t any_authority(Chance& chance) const;
};

// A fault, or the want of one.
struct Kind {
  std::string_view name;
  bool sound;             // the truth
  std::string_view code;  // the finding to be named where no mesh stands about; empty: any
  // Everything but the peer's own certificate is in order: renewals of authorities change nothing.
  bool leaf_alone;
  std::size_t fewest_authorities;
  void (*plant)(Plan& plan, const KeyPool& keys, Chance& chance);
};
[[nodiscard]] std::span<const Kind> all_kinds();

struct FreshCase {
  const Kind* kind = nullptr;
  bool in_a_mesh = false;
  Made leaf = {};
  std::vector<Made> sent = {}, trusted = {};
  std::vector<FreshList> lists = {};
  std::string host = {};
  bool by_address = false, explicit_policy = false;
  std::chrono::sys_seconds now = {};
};
[[nodiscard]] FreshCase fresh_case(const Kind& kind, const KeyPool& keys, Chance& chance);

}  // namespace sealtone::test
