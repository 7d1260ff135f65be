// SPDX-License-Identifier: Apache-2.0
//
// x509/path: see path.h.
#include "x509/path.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/backstop.h"
#include "x509/path_builder.h"

namespace sealtone::x509 {
namespace {

constexpr int kMinSecurityBits = 112;  // of kinds of key that have no minimum of their own
constexpr auto kTooCostly =
    "its signature was not checked: the keys of this chain take longer to verify with than is "
    "allowed for one connection";

// Applies every rule to every certificate of one path.
class Rules {
 public:
  Rules(CheckedPath& checked, std::chrono::sys_seconds now, const PathOptions& options)
      : checked_(checked), now_(now), options_(options) {}

  void check(PathBuilder& builder) {
    check_end();
    for (std::size_t index = 0; index < checked_.path.size(); ++index) {
      check_validity(index);
      check_signature(index, builder);
      check_hash(index, builder);
      check_key(index);
      check_purpose(index);
      if (index == 0) {
        check_leaf_usage();
      } else {
        check_issuer(index);
      }
    }
  }

 private:
  void add(PathFault code, std::size_t index, std::string detail) {
    checked_.faults.push_back({code, index, std::move(detail)});
  }
  [[nodiscard]] const Certificate& at(std::size_t index) const { return checked_.path[index]; }
  [[nodiscard]] bool is_last(std::size_t index) const { return index + 1 == checked_.path.size(); }
  [[nodiscard]] bool is_anchor(std::size_t index) const {
    return checked_.reaches_anchor && is_last(index);
  }

  void check_end();
  void check_validity(std::size_t index);
  void check_signature(std::size_t index, PathBuilder& builder);
  void check_hash(std::size_t index, PathBuilder& builder);
  void check_key(std::size_t index);
  void check_purpose(std::size_t index);
  void check_leaf_usage();
  void check_issuer(std::size_t index);

  CheckedPath& checked_;
  std::chrono::sys_seconds now_;
  const PathOptions& options_;
};

void Rules::check_end() {
  if (checked_.reaches_anchor) return;
  const auto last = checked_.path.size() - 1;
  if (last == 0 && at(0).self_issued()) {
    add(PathFault::self_signed_leaf, 0, "");
    return;
  }
  add(PathFault::issuer_unknown, last,
      checked_.path.size() == kMaxPath
          ? fmt::format("no more than {} certificates are followed", kMaxPath)
          : "");
  if (last == 0) add(PathFault::chain_incomplete, 0, "");
}

// RFC 5280 §4.1.2.5: "the period of time from notBefore through notAfter, inclusive."
void Rules::check_validity(std::size_t index) {
  const auto& validity = at(index).validity();
  if (now_ > validity.not_after) {
    add(PathFault::expired, index,
        fmt::format("valid until {}, now {}", base::utc(validity.not_after), base::utc(now_)));
  }
  if (now_ < validity.not_before) {
    add(PathFault::not_yet_valid, index,
        fmt::format("valid from {}, now {}", base::utc(validity.not_before), base::utc(now_)));
  }
}

// A trusted certificate is trusted as it is, whoever signed it.
void Rules::check_signature(std::size_t index, PathBuilder& builder) {
  if (is_anchor(index)) return;
  if (!is_last(index)) {
    if (builder.verified(at(index), at(index + 1))) return;
    if (!builder.checked(at(index), at(index + 1))) {
      add(PathFault::other, index, kTooCostly);
      return;
    }
    const auto& wanted = at(index).authority_key_id();
    const auto& found = at(index + 1).subject_key_id();
    const bool other_key = !wanted.empty() && !found.empty() && wanted != found;
    add(PathFault::bad_signature, index,
        other_key ? fmt::format("it names an issuer with the key {}, and this one has {}",
                                base::hex_colons(wanted), base::hex_colons(found))
                  : "");
    return;
  }
  if (!at(index).self_issued() || builder.self_signed(at(index))) return;
  if (!builder.checked(at(index), at(index))) {
    add(PathFault::other, index, kTooCostly);
  } else {
    add(PathFault::bad_signature, index, "it is its own issuer, but its own key did not sign it");
  }
}

void Rules::check_hash(std::size_t index, PathBuilder& builder) {
  if (is_anchor(index) || (index > 0 && is_last(index) && builder.self_signed(at(index)))) return;
  const auto& hash = at(index).signature_hash();
  if (hash == "SHA-1" && options_.allow_sha1) return;
  if (hash == "SHA-1" || hash == "MD2" || hash == "MD4" || hash == "MD5" || hash == "MDC2" ||
      hash == "MD5-SHA1" || hash == "RIPEMD160") {
    add(PathFault::weak_signature, index, hash);
  }
}

void Rules::check_key(std::size_t index) {
  const auto& key = at(index).public_key();
  if (key.bits == 0) {
    add(PathFault::other, index,
        fmt::format("its public key ({}) cannot be read: it is damaged, or of a kind that is not "
                    "supported",
                    key.kind));
    return;
  }
  // RFC 5480 §2.1.1: "specifiedCurve […] MUST NOT be used in PKIX."
  if (key.kind == "EC" && key.curve == "explicit") {
    add(PathFault::other, index, "its key spells out its elliptic curve instead of naming one");
  }
  const bool rsa_like = key.kind.starts_with("RSA") || key.kind == "DSA";
  const bool weak = rsa_like           ? key.bits < options_.min_rsa_bits
                    : key.kind == "EC" ? key.bits < options_.min_ec_bits
                                       : key.security_bits < kMinSecurityBits;
  if (weak) add(PathFault::weak_key, index, key.description());
}

// RFC 5280 §4.2.1.12 speaks of end entities; on an issuer the extension limits what it may issue
// for, as browsers and OpenSSL have it.
void Rules::check_purpose(std::size_t index) {
  const bool server = options_.purpose == Purpose::server;
  if (server ? at(index).allows_server_use() : at(index).allows_client_use()) return;
  add(PathFault::eku_missing, index,
      fmt::format("{} is wanted, and it has {}", server ? "serverAuth" : "clientAuth",
                  at(index).extended_key_usage()->empty()
                      ? std::string("nothing that can be read")
                      : fmt::format("{}", fmt::join(*at(index).extended_key_usage(), ", "))));
}

// RFC 5246 §7.4.2, RFC 8446 §4.4.2.2: the key must sign, or take part in a key exchange.
void Rules::check_leaf_usage() {
  const auto& usages = at(0).key_usage();
  if (!usages) return;
  const auto allows = [&](std::string_view usage) {
    return std::ranges::find(*usages, usage) != usages->end();
  };
  const bool server = options_.purpose == Purpose::server;
  if (allows("digitalSignature") || allows("keyAgreement") ||
      (server && allows("keyEncipherment"))) {
    return;
  }
  add(PathFault::key_usage, 0,
      fmt::format("its key may be used for: {}", fmt::join(*usages, ", ")));
}

void Rules::check_issuer(std::size_t index) {
  const auto& issuer = at(index);
  // RFC 5280 §6.1.4 (k): "If certificate i is a version 3 certificate, verify that the
  // basicConstraints extension is present and that cA is set to TRUE." Versions 1 and 2 have no
  // extensions; whether a root of that kind is a CA is left to whoever trusts it.
  const bool old_root = issuer.version() < 3 && issuer.self_signed() && is_anchor(index);
  if (!issuer.is_ca() && !old_root) {
    add(PathFault::not_a_ca, index,
        issuer.has_basic_constraints() ? "CA:FALSE" : "no basic constraints");
  }
  // RFC 5280 §6.1.4 (n): "If a key usage extension is present, verify that the keyCertSign bit is
  // set."
  const auto& usages = issuer.key_usage();
  if (usages && std::ranges::find(*usages, "keyCertSign") == usages->end()) {
    add(PathFault::key_usage, index,
        fmt::format("its key may be used for: {}", fmt::join(*usages, ", ")));
  }
}

}  // namespace

const Certificate* CheckedPath::sent_root() const {
  return !reaches_anchor && path.size() > 1 && path.back().self_signed() ? &path.back() : nullptr;
}

CheckedPath check_path(std::span<const Certificate> presented, const AnchorSet& anchors,
                       std::chrono::sys_seconds now, const PathOptions& options) {
  PathBuilder builder(presented, anchors, now);
  CheckedPath checked;
  checked.path = builder.build();
  checked.reaches_anchor = anchors.contains(checked.path.back());
  Rules(checked, now, options).check(builder);
  add_openssl_faults(checked);
  return checked;
}

}  // namespace sealtone::x509
