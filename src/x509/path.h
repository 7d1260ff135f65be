// SPDX-License-Identifier: Apache-2.0
//
// x509/path: from the peer's certificate to a trust anchor, with everything wrong on the way.
//
// Source: RFC 5280 §6, RFC 4158 (path building).  Quiet: the time is an argument.  A trusted
// certificate ends the path, self-signed or not; its own dates, key, usages, constraints count.
// Every fault of every certificate of the path is reported, and a missing issuer hides none of
// them.  Signatures, hashes and ASN.1 are OpenSSL's, the rules are not.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "x509/certificate.h"
#include "x509/policy_graph.h"

namespace sealtone::x509 {

class Crl;  // x509/crl.h

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
  // Places of those that do not say that they are an authority's, found once: of a thousand anchors
  // few are any.
  [[nodiscard]] const std::vector<std::size_t>& end_entities() const { return end_entities_; }

 private:
  std::vector<Certificate> anchors_;
  std::multimap<base::Bytes, std::size_t> by_subject_;
  std::vector<std::size_t> end_entities_;
  std::set<crypto::Sha256> fingerprints_;
  crypto::Sha256 digest_;
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
  key_type,        // a kind of key that is not supported, or that cannot be read
  eku_missing,     // extended key usage is there and lacks the purpose
  key_usage,       // keyCertSign missing on an issuer
  not_a_ca,
  path_length,
  name_constraint,
  policy,
  unknown_critical_extension,
  revoked,
  revocation_unknown,  // no list that can be gone by covers it
  ocsp_missing,        // it demands an answer of OCSP sent along, and none came that counts
  path_budget,         // not all that was sent could be looked at in the time there is
  other,               // a rule that is none of these; the detail says it
};

struct Fault {
  PathFault code;
  std::size_t index;   // into CheckedPath::path
  std::string detail;  // evidence: "SHA-1", "RSA 512", both names compared; may be empty
  // Of a rule that compares two things with no fact of the certificate for either; else empty.
  std::string wanted = {}, found = {};
  bool operator==(const Fault&) const = default;
};

// What the peer's certificate is used for; any asks for nothing.  sip: serverAuth or
// id-kp-sipDomain (RFC 5924).
enum class Purpose { server, client, sip, any };

// The extended key usage that a purpose wants: "serverAuth", "clientAuth"; nothing for any.
[[nodiscard]] const char* usage_word(Purpose purpose);

// strict adds the CA/Browser Forum's rules for certificates of public web servers.
enum class Profile { standard, strict };

struct PathOptions {
  Purpose purpose = Purpose::server;
  int min_rsa_bits = 2048;
  int min_ec_bits = 256;
  bool allow_sha1 = false;  // only where a policy says so
  Profile profile = Profile::standard;
  PolicyInput policies = {};
  // Certificates between the peer's and the anchor, self-issued ones apart; nothing: no such limit.
  std::optional<std::size_t> max_intermediates = {};
  // Looked at if there are any.  What none of them covers passes, unless revocation_required.
  std::shared_ptr<const std::vector<Crl>> crls = {};
  // DER OCSPResponses that came with the certificates (RFC 6066 §8, RFC 8446 §4.4.2.1).
  std::shared_ptr<const std::vector<base::Bytes>> ocsp_responses = {};
  bool revocation_required = false;
  // Whether name constraints count for common names where there is no dNSName: not if the peer was
  // asked for by an address, for which nobody looks there (RFC 9525 §4.1).
  bool common_names = true;
  bool partial_chain = true;  // a trusted certificate ends the path though it is not self-signed
};

// Whether nothing that is signed with this hash counts: a certificate, a revocation list, an answer
// of OCSP.  hash: "SHA-1"; empty, as with Ed25519, is not weak.
[[nodiscard]] bool is_weak_hash(std::string_view hash, const PathOptions& options);

// A path that was followed to its end and not taken, and why.
struct OtherPath {
  std::vector<Certificate> path;
  std::vector<Fault> faults;
};

struct CheckedPath {
  std::vector<Certificate> path;  // leaf first; ends in the anchor if one was reached
  bool reaches_anchor = false;
  std::vector<Fault> faults;
  std::vector<OtherPath> others =
      {};  // if `faults` is not empty: the next best, kMaxOthers of them
  // For issuer_unknown: the root the peer sent itself, if the path ends in one.
  [[nodiscard]] const Certificate* sent_root() const;
};

inline constexpr std::size_t kMaxPath = 20;      // certificates
inline constexpr std::size_t kMaxSteps = 2'000;  // certificates tried as the next one of a path
inline constexpr std::size_t kMaxFinished = 50;  // paths judged by what only a whole one has
inline constexpr std::size_t kMaxOthers = 8;
// Of what a peer sends no more is looked at.
inline constexpr std::size_t kMaxPresented = 100;

// presented: the peer's certificate first, then whatever else it sent, in any order, junk allowed.
// Not empty.
[[nodiscard]] CheckedPath check_path(std::span<const Certificate> presented,
                                     const AnchorSet& anchors, std::chrono::sys_seconds now,
                                     const PathOptions& options);

}  // namespace sealtone::x509
