// SPDX-License-Identifier: Apache-2.0
//
// x509/ocsp: see ocsp.h.
#include "x509/ocsp.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include <openssl/ocsp.h>

#include "x509/crl.h"
#include "x509/facts.h"
#include "x509/name.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using Response = Owned<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using CertificateId = Owned<OCSP_CERTID, OCSP_CERTID_free>;
using Features = Owned<TLS_FEATURE, TLS_FEATURE_free>;

// The stack alone: what is in it belongs to others.
void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }
using BorrowedCertificates = Owned<STACK_OF(X509), free_stack>;

// RFC 6066 §8: the extension type that a TLS feature extension names.
constexpr long kStatusRequest = 5;

// RFC 6960 §4.1.2: "Unrecognized extensions MUST be ignored (unless they have the critical flag set
// and are not understood)."  Nobody asked with a nonce here, so that one says nothing.
std::string critical(X509_EXTENSION* extension) {
  const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
  if (X509_EXTENSION_get_critical(extension) != 1 || nid == NID_id_pkix_OCSP_Nonce) return "";
  return "it has the critical extension " + object_name(X509_EXTENSION_get_object(extension));
}

std::string critical_extension(OCSP_BASICRESP& answer) {
  for (int at = 0; at < OCSP_BASICRESP_get_ext_count(&answer); ++at) {
    if (auto words = critical(OCSP_BASICRESP_get_ext(&answer, at)); !words.empty()) return words;
  }
  for (int i = 0; i < OCSP_resp_count(&answer); ++i) {
    OCSP_SINGLERESP* const single = OCSP_resp_get0(&answer, i);
    for (int at = 0; at < OCSP_SINGLERESP_get_ext_count(single); ++at) {
      if (auto words = critical(OCSP_SINGLERESP_get_ext(single, at)); !words.empty()) return words;
    }
  }
  return "";
}

// By those hashes that anybody uses; the octets that a name or a key is hashed to are no secret.
const EVP_MD* id_hash(int nid) {
  switch (nid) {
    case NID_sha1: return EVP_sha1();
    case NID_sha256: return EVP_sha256();
    case NID_sha384: return EVP_sha384();
    case NID_sha512: return EVP_sha512();
    default: return nullptr;
  }
}

std::optional<OcspAnswer::Single> read_single(OCSP_SINGLERESP* single) {
  using Status = OcspAnswer::Single::Status;
  int reason = -1;
  ASN1_GENERALIZEDTIME *revoked_at = nullptr, *this_update = nullptr, *next_update = nullptr;
  const int status =
      OCSP_single_get0_status(single, &reason, &revoked_at, &this_update, &next_update);
  const auto from = seconds_of(this_update);
  if (!from) return std::nullopt;
  OcspAnswer::Single out{Status::unknown, *from, {}, {}, ""};
  if (next_update != nullptr) {
    out.next_update = seconds_of(next_update);
    if (!out.next_update) return std::nullopt;
  }
  if (status == V_OCSP_CERTSTATUS_GOOD) out.status = Status::good;
  if (status == V_OCSP_CERTSTATUS_REVOKED) {
    out.status = Status::revoked;
    if (revoked_at != nullptr) out.revoked_at = seconds_of(revoked_at);
    out.reason = reason_word(reason);
  }
  return out;
}

}  // namespace

OcspAnswer::OcspAnswer(base::ByteView der) : sha256_(crypto::sha256(der)) {
  const ErrorsKept errors;
  if (der.size() > kMaxOcspBytes) {
    unusable_ = fmt::format("it has {} octets, and at most {} are read", der.size(), kMaxOcspBytes);
    return;
  }
  const auto* at = der.data();
  const Response response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  if (!response || at != der.data() + der.size()) {
    unusable_ = "it cannot be decoded";
    return;
  }
  // RFC 6960 §4.2.1: whatever is not "successful" has no answer in it.
  if (const int status = OCSP_response_status(response.get());
      status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    unusable_ = fmt::format("it says \"{}\" and nothing else", OCSP_response_status_str(status));
    return;
  }
  native_.reset(OCSP_response_get1_basic(response.get()), OCSP_BASICRESP_free);
  if (!native_) {
    unusable_ = "it is of a kind that is not understood here";
    return;
  }
  unusable_ = critical_extension(*native_);
  const auto* const sent = OCSP_resp_get0_certs(native_.get());
  const int count = std::min(sk_X509_num(sent), static_cast<int>(kMaxOcspCertificates));
  for (int i = 0; i < count; ++i) {
    if (auto read = Certificate::from_native(sk_X509_value(sent, i))) {
      certificates_.push_back(*std::move(read));
    }
  }
}

// RFC 6960 §4.1.1: by the hash of the issuer's name as it stands in the certificate, the hash of
// the issuer's key, and the serial number.
std::vector<OcspAnswer::Single> OcspAnswer::about(const Certificate& certificate,
                                                  const Certificate& issuer) const {
  std::vector<Single> out;
  if (!native_) return out;
  const ErrorsKept errors;
  std::map<int, CertificateId> wanted;
  for (int i = 0; i < OCSP_resp_count(native_.get()); ++i) {
    OCSP_SINGLERESP* const single = OCSP_resp_get0(native_.get(), i);
    // Reading what an id holds leaves it as it is; the function takes no const all the same.
    auto* const id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
    ASN1_OBJECT* algorithm = nullptr;
    OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, id);
    const int nid = OBJ_obj2nid(algorithm);
    const EVP_MD* const hash = id_hash(nid);
    if (hash == nullptr) continue;
    auto& own = wanted[nid];
    if (!own) own.reset(OCSP_cert_to_id(hash, certificate.native(), issuer.native()));
    if (!own || OCSP_id_cmp(own.get(), id) != 0) continue;
    if (auto read = read_single(single)) out.push_back(*std::move(read));
  }
  return out;
}

bool OcspAnswer::names(const Certificate& responder) const {
  if (!native_) return false;
  const ASN1_OCTET_STRING* key = nullptr;
  const X509_NAME* name = nullptr;
  if (OCSP_resp_get0_id(native_.get(), &key, &name) != 1) return false;
  if (name != nullptr) return read_name(name) == responder.subject();
  // RFC 6960 §4.2.1: KeyHash is the "SHA-1 hash of responder's public key (excluding the tag and
  // length fields)".
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_pubkey_digest(responder.native(), EVP_sha1(), digest.data(), &size) != 1) return false;
  return std::ranges::equal(octets(key), base::ByteView(digest).first(size));
}

bool OcspAnswer::signed_by(const Certificate& responder) const {
  if (!native_) return false;
  const ErrorsKept errors;
  const BorrowedCertificates only(sk_X509_new_null());
  if (!only || sk_X509_push(only.get(), responder.native()) <= 0) return false;
  // The signature and nothing else: who may sign is not OpenSSL's to decide, and it builds no path.
  return OCSP_basic_verify(native_.get(), only.get(), nullptr, OCSP_NOVERIFY | OCSP_NOINTERN) == 1;
}

std::string OcspAnswer::signature_hash() const {
  if (!native_) return "";
  return x509::hash_of(*OCSP_resp_get0_tbs_sigalg(native_.get()));
}

bool demands_ocsp(const Certificate& certificate) {
  const ErrorsKept errors;
  const Features features(static_cast<TLS_FEATURE*>(
      X509_get_ext_d2i(certificate.native(), NID_tlsfeature, nullptr, nullptr)));
  for (int at = 0; at < sk_ASN1_INTEGER_num(features.get()); ++at) {
    if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), at)) == kStatusRequest) return true;
  }
  return false;
}

}  // namespace sealtone::x509
