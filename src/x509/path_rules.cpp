// SPDX-License-Identifier: Apache-2.0
//
// x509/path_rules: see path_rules.h.
#include "x509/path_rules.h"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/extensions.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

// Of what one certificate has too much of, so many are named: a certificate of 100 kB may stand in
// hundreds of paths.
constexpr std::size_t kMaxNamed = 10;
constexpr int kMinSecurityBits = 112;  // of kinds of key that have no minimum of their own

bool has(const std::vector<std::string>& usages, std::string_view usage) {
  return std::ranges::find(usages, usage) != usages.end();
}

// RFC 5924 §3: of a SIP domain, id-kp-sipDomain; serverAuth is what certificates had before it.
constexpr std::string_view kSipDomain = "1.3.6.1.5.5.7.3.20";

bool allows(Purpose purpose, const Certificate& certificate) {
  switch (purpose) {
    case Purpose::server: return certificate.allows_server_use();
    case Purpose::client: return certificate.allows_client_use();
    case Purpose::sip:
      return certificate.allows_server_use() || has(*certificate.extended_key_usage(), kSipDomain);
    case Purpose::any: return true;
  }
  return false;
}

std::string listed(const std::vector<std::string>& usages) {
  const auto named = std::span(usages).first(std::min(usages.size(), kMaxNamed));
  return fmt::format("{}{}", fmt::join(named, ", "), usages.size() > kMaxNamed ? ", …" : "");
}

class Rules {
 public:
  Rules(const Place& place, std::chrono::sys_seconds now, const PathOptions& options)
      : place_(place), it_(place.certificate), now_(now), options_(options) {}

  std::vector<Fault> check() && {
    check_validity();
    check_hash();
    check_key();
    check_purpose();
    check_extensions();
    if (place_.index() == 0) {
      check_leaf_usage();
    } else {
      check_issuer();
      check_path_length();
    }
    return std::move(faults_);
  }

 private:
  void add(PathFault code, std::string detail, std::string wanted = "", std::string found = "") {
    faults_.push_back(
        {code, place_.index(), std::move(detail), std::move(wanted), std::move(found)});
  }

  void check_validity();
  void check_hash();
  void check_key();
  void check_purpose();
  void check_extensions();
  void check_leaf_usage();
  void check_issuer();
  void check_path_length();

  const Place& place_;
  const Certificate& it_;
  std::chrono::sys_seconds now_;
  const PathOptions& options_;
  std::vector<Fault> faults_;
};

// RFC 5280 §4.1.2.5: "the period of time from notBefore through notAfter, inclusive."
void Rules::check_validity() {
  const auto& validity = it_.validity();
  if (now_ > validity.not_after) {
    add(PathFault::expired,
        fmt::format("valid until {}, now {}", base::utc_in_words(validity.not_after),
                    base::utc_in_words(now_)));
  }
  if (now_ < validity.not_before) {
    add(PathFault::not_yet_valid,
        fmt::format("valid from {}, now {}", base::utc_in_words(validity.not_before),
                    base::utc_in_words(now_)));
  }
}

// Whoever trusts a certificate does not rely on its signature; nor would whoever came to trust the
// root that was sent.
void Rules::check_hash() {
  if (place_.anchor || (place_.index() > 0 && place_.self_signed)) return;
  const auto& hash = it_.signature_hash();
  if (is_weak_hash(hash, options_)) add(PathFault::weak_signature, hash);
}

void Rules::check_key() {
  const auto& key = it_.public_key();
  if (key.bits == 0) {
    add(PathFault::key_type,
        fmt::format("its public key ({}) cannot be read: it is damaged, or of a kind that is not "
                    "supported",
                    key.kind));
    return;
  }
  // RFC 8446 §4.4.2.2, of a server's own: its key "MUST be compatible with the selected
  // authentication algorithm from the client's "signature_algorithms" extension (currently RSA,
  // ECDSA, or EdDSA)."  What else there is may sign certificates, as DSA does in old chains.
  const bool of_a_server = place_.index() == 0 && (options_.purpose == Purpose::server ||
                                                   options_.purpose == Purpose::sip);
  if (of_a_server && !key.kind.starts_with("RSA") && key.kind != "EC" &&
      !key.kind.starts_with("Ed")) {
    add(PathFault::key_type, "");
    return;
  }
  // RFC 5480 §2.1.1: "specifiedCurve […] MUST NOT be used in PKIX."
  if (key.kind == "EC" && key.curve == "explicit") {
    add(PathFault::other, "its key spells out its elliptic curve instead of naming one");
  }
  const bool rsa_like = key.kind.starts_with("RSA") || key.kind == "DSA";
  const bool weak = rsa_like           ? key.bits < options_.min_rsa_bits
                    : key.kind == "EC" ? key.bits < options_.min_ec_bits
                                       : key.security_bits < kMinSecurityBits;
  if (weak) add(PathFault::weak_key, key.description());
}

// RFC 5280 §4.2.1.12 speaks of end entities; on an issuer the extension limits what it may issue
// for, as browsers and OpenSSL have it.
void Rules::check_purpose() {
  if (allows(options_.purpose, it_)) return;
  const auto& usages = *it_.extended_key_usage();
  add(PathFault::eku_missing,
      fmt::format("{} is wanted, and it has {}", usage_word(options_.purpose),
                  usages.empty() ? std::string("nothing that can be read") : listed(usages)));
}

void Rules::check_extensions() {
  const auto& extensions = it_.extensions();
  for (const auto& words : extensions.unreadable | std::views::take(kMaxNamed)) {
    add(PathFault::other, words);
  }
  for (const auto& name : extensions.unknown_critical | std::views::take(kMaxNamed)) {
    add(PathFault::unknown_critical_extension, name, "extensions that are understood", name);
  }
  // RFC 5280 §4.1.2.9: "This field MUST only appear if the version is 3."
  if (it_.version() < 3 && !extensions.present.empty()) {
    add(PathFault::other,
        fmt::format("it is of version {}, which has no extensions, and has some", it_.version()));
  }
  // §4.1.1.2: "This field MUST contain the same algorithm identifier as the signature field".
  const ASN1_BIT_STRING* signature = nullptr;
  const X509_ALGOR* outer = nullptr;
  X509_get0_signature(&signature, &outer, it_.native());
  if (X509_ALGOR_cmp(outer, X509_get0_tbs_sigalg(it_.native())) != 0) {
    add(PathFault::other, "it names two different signature algorithms");
  }
}

// RFC 5246 §7.4.2, RFC 8446 §4.4.2.2: the key must sign, or take part in a key exchange.
void Rules::check_leaf_usage() {
  // RFC 5280 §4.2.1.10: the name constraints extension "MUST be used only in a CA certificate".
  if (it_.extensions().name_constraints && !it_.is_ca()) {
    add(PathFault::name_constraint, "it has name constraints, which only a CA may have");
  }
  const auto& usages = it_.key_usage();
  if (!usages || options_.purpose == Purpose::any) return;
  if (has(*usages, "digitalSignature") || has(*usages, "keyAgreement") ||
      (options_.purpose != Purpose::client && has(*usages, "keyEncipherment"))) {
    return;
  }
  add(PathFault::key_usage, fmt::format("its key may be used for: {}", fmt::join(*usages, ", ")),
      "digitalSignature");
}

void Rules::check_issuer() {
  // RFC 5280 §6.1.4 (k): "If certificate i is a version 3 certificate, verify that the
  // basicConstraints extension is present and that cA is set to TRUE." Versions 1 and 2 have no
  // extensions; whether a root of that kind is a CA is left to whoever trusts it.
  const bool old_root = place_.anchor && it_.version() < 3 && it_.self_signed();
  if (!it_.is_ca() && !old_root) {
    add(PathFault::not_a_ca, it_.has_basic_constraints() ? "CA:FALSE" : "no basic constraints");
  }
  // RFC 5280 §6.1.4 (n): "If a key usage extension is present, verify that the keyCertSign bit is
  // set."
  const auto& usages = it_.key_usage();
  if (usages && !has(*usages, "keyCertSign")) {
    add(PathFault::key_usage, fmt::format("its key may be used for: {}", fmt::join(*usages, ", ")));
  }
}

// RFC 5280 §4.2.1.9: pathLenConstraint "gives the maximum number of non-self-issued intermediate
// certificates that may follow this certificate in a valid certification path."
void Rules::check_path_length() {
  std::size_t following = 0;
  for (const auto* const certificate : place_.below.subspan(1)) {
    if (!certificate->self_issued()) ++following;
  }
  const auto& limit = it_.path_length();
  if (limit && following > static_cast<std::size_t>(*limit)) {
    add(PathFault::path_length,
        fmt::format("it allows {} below it, and there are {}", *limit, following),
        fmt::format("at most {}", *limit), std::to_string(following));
  }
  const bool counts = !place_.anchor && !it_.self_issued();
  if (options_.max_intermediates && following + (counts ? 1 : 0) > *options_.max_intermediates) {
    add(PathFault::path_length,
        fmt::format("no more than {} are allowed between the peer's certificate and a trusted one",
                    *options_.max_intermediates),
        fmt::format("at most {}", *options_.max_intermediates),
        std::to_string(following + (counts ? 1 : 0)));
  }
}

}  // namespace

bool is_weak_hash(std::string_view hash, const PathOptions& options) {
  if (hash == "SHA-1") return !options.allow_sha1;
  return hash == "MD2" || hash == "MD4" || hash == "MD5" || hash == "MDC2" || hash == "MD5-SHA1" ||
         hash == "RIPEMD160";
}

std::vector<Fault> place_faults(const Place& place, std::chrono::sys_seconds now,
                                const PathOptions& options) {
  auto faults = Rules(place, now, options).check();
  if (options.profile == Profile::strict) {
    for (auto& fault : strict_faults(place, options.purpose)) faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace sealtone::x509
