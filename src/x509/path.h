// SPDX-License-Identifier: Apache-2.0
//
// x509/path: from the peer's certificate to a trust anchor, with everything wrong on the way.
//
// Source: RFC 5280 §6, RFC 4158 (path building).  Quiet: the time is an argument.  A trusted
// certificate ends the path, self-signed or not; its own dates, key, usages count.  Every fault of
// every certificate of the path is reported, and a missing issuer hides none of them.  What OpenSSL
// refuses on the same path is refused here too, but for the last second of notAfter.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "x509/certificate.h"

extern "C" {
struct x509_store_st;
}

namespace sealtone::x509 {

// The trusted certificates of one list, built once and shared by every context that uses it.
class AnchorSet {
 public:
  explicit AnchorSet(std::vector<Certificate> anchors);
  [[nodiscard]] const std::vector<Certificate>& anchors() const { return anchors_; }
  [[nodiscard]] bool contains(const Certificate& certificate) const;
  // The same for the same certificates, in whatever order they were given.
  [[nodiscard]] const crypto::Sha256& digest() const { return digest_; }
  // Anchors whose subject is this name, in no particular order.
  [[nodiscard]] std::vector<const Certificate*> with_subject(const DistinguishedName& name) const;
  [[nodiscard]] x509_store_st* native() const { return store_.get(); }

 private:
  std::vector<Certificate> anchors_;
  std::multimap<base::Bytes, std::size_t> by_subject_;
  std::set<crypto::Sha256> fingerprints_;
  crypto::Sha256 digest_;
  std::shared_ptr<x509_store_st> store_;
};

enum class PathFault {
  issuer_unknown,    // the path ends without a trusted certificate
  chain_incomplete,  // besides: no issuer of the peer's own certificate was sent or is known
  self_signed_leaf,  // the peer's certificate is its own issuer and not trusted
  expired,
  not_yet_valid,
  bad_signature,
  weak_signature,  // MD5, SHA-1 and the like, on a certificate that is not an anchor
  weak_key,        // under the minimum, anchors included
  eku_missing,     // extended key usage is there and lacks the purpose
  key_usage,       // keyCertSign missing on an issuer
  not_a_ca,
  path_length,
  name_constraint,
  policy,
  unknown_critical_extension,
  other,  // OpenSSL refuses for a reason that is none of these; the detail says it
};

struct Fault {
  PathFault code;
  std::size_t index;   // into CheckedPath::path
  std::string detail;  // evidence: OpenSSL's words, "SHA-1", "RSA 512"; may be empty
};

enum class Purpose { server, client };  // what the peer's certificate is used for

struct PathOptions {
  Purpose purpose = Purpose::server;
  int min_rsa_bits = 2048;
  int min_ec_bits = 256;
  bool allow_sha1 = false;  // only where a policy says so
};

struct CheckedPath {
  std::vector<Certificate> path;  // leaf first; ends in the anchor if one was reached
  bool reaches_anchor = false;
  std::vector<Fault> faults;
  // For issuer_unknown: the root the peer sent itself, if the path ends in one.
  [[nodiscard]] const Certificate* sent_root() const;
};

// Of what a peer sends no more is looked at.
inline constexpr std::size_t kMaxPresented = 100;

// presented: the peer's certificate first, then whatever else it sent, in any order, junk allowed.
// Not empty.
[[nodiscard]] CheckedPath check_path(std::span<const Certificate> presented,
                                     const AnchorSet& anchors, std::chrono::sys_seconds now,
                                     const PathOptions& options);

}  // namespace sealtone::x509
