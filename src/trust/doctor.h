// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor: what is wrong with certificates and keys before they are uploaded, by the rules
// that a peer's are judged by.
//
// What belongs together is examined as one upload.  A server's: leaf, chain and key, whatever the
// order; a list of trusted certificates: each by itself.  Faults of certificates are the judge's
// own (trust::judge, x509::own_faults); what is the doctor's own is what a peer cannot do wrong.
// Quiet: the time is an argument.  Units: UTC seconds.  Errors: none, all is a Remark.  Bounded as
// a server's chain is, and by kMaxRemarks.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "trust/trust.h"

namespace sealtone::trust {

// What it is to be: the phone's own certificate, or certificates of others that it trusts.
enum class Use { server, trusted };
[[nodiscard]] const char* word(Use use);  // "server"

// Files that were read, one behind the other.
struct Upload {
  std::vector<x509::Certificate> certificates;
  std::vector<crypto::PrivateKey> keys;
  std::vector<std::string> unreadable;  // of each piece where it stands and what it is
};

enum class DoctorCode {
  unreadable,           // a piece of a file
  certificate_missing,  // nothing but keys
  key_missing,          // a server's certificate without a private key
  key_mismatch,         // none of the keys fits any of the certificates
  key_damaged,          // it fits, and makes no valid signature
  key_unused,           // it fits none, beside one that does
  key_in_list,          // a private key among trusted certificates
  several_leaves,       // another server's certificate beside the one that was meant
  leaf_is_ca,           // an authority's certificate as a server's
  pin,                  // a server's own certificate as a trusted one
  duplicate,
  order,          // not leaf first, each issuer behind what it issued
  root_in_chain,  // whoever trusts it has it
  unrelated,      // no part of the chain
  expires_soon,
};
using RemarkCode = std::variant<FindingCode, DoctorCode>;
[[nodiscard]] const char* word(DoctorCode code);  // "key-mismatch"
[[nodiscard]] const char* word(const RemarkCode& code);
[[nodiscard]] std::span<const DoctorCode> all_doctor_codes();

enum class Weight {
  note,     // good to know; nothing is wrong
  warns,    // something does not work, or will not, or is not needed
  refuses,  // the upload is not taken
};
[[nodiscard]] const char* word(Weight weight);  // "refuses"

struct Remark {
  RemarkCode code;
  Weight weight = Weight::warns;
  std::optional<std::size_t> certificate = {};    // index into Upload::certificates
  std::optional<x509::Certificate> about = {};    // that one, or one of the path that was at hand
  std::optional<x509::Certificate> missing = {};  // chain_incomplete: at hand, mend() adds it
  std::optional<std::size_t> key = {};            // index into Upload::keys
  Evidence evidence = {};
  bool mends = false;  // mend() does away with it
};

// What a certificate of the upload is in it.
enum class Part { leaf, issuer, root, other_leaf, unrelated, duplicate, authority, pin };
[[nodiscard]] const char* word(Part role);  // "other-leaf"

enum class Because { asked, key, only_authorities, leaf };  // why it is judged as what it is

struct Diagnosis {
  Use use = Use::server;
  Because because = Because::asked;
  std::vector<Part> roles;      // of Upload::certificates
  std::vector<Remark> remarks;  // what refuses first; kMaxRemarks at most
  std::size_t left_out = 0;     // remarks
  // A server's: what it has to send, leaf first, the root left out, with what was at hand; of a
  // list: each certificate once.
  std::vector<x509::Certificate> chain;
  std::optional<std::size_t> key;  // index into Upload::keys: it fits the leaf
  Verdict verdict;                 // of a server's path

  [[nodiscard]] bool refuses() const;
  // Something to do about it.
  [[nodiscard]] bool found() const;
  [[nodiscard]] bool has(const RemarkCode& code) const;
};

inline constexpr std::size_t kMaxRemarks = 100;
inline constexpr std::chrono::days kSoon{21};

struct DoctorOptions {
  std::optional<Use> use = {};  // nothing: told by what is there
  std::optional<ReferenceIdentifier> name = {};
  // Where a missing issuer may be, roots among them: the phone's list, this computer's roots.
  std::span<const x509::Certificate> at_hand = {};
  std::chrono::sys_seconds now;
  std::optional<ClockFloor> clock = {};  // absent: any time is believed
  // A server's is shown in TLS 1.0 and 1.1 alone, or elsewhere is seen to how weak it may be.
  bool weak_is_shown = false;
};

[[nodiscard]] Diagnosis examine(const Upload& upload, const DoctorOptions& options);

// Its own issuer, as far as names and key identifiers say; no signature is verified.
[[nodiscard]] bool is_root(const x509::Certificate& certificate);

}  // namespace sealtone::trust
