// SPDX-License-Identifier: Apache-2.0
//
// x509/made_ocsp: for tests, answers of OCSP that OpenSSL makes and signs (see made.h).
#pragma once

#include <openssl/ocsp.h>

#include "x509/made.h"

namespace sealtone::x509::test {

struct AnswerDraft {
  const Certificate* signer;  // by name; its certificate goes along
  struct About {
    const Certificate* certificate;
    const Certificate* issuer;
    int status = V_OCSP_CERTSTATUS_GOOD;
    int reason = OCSP_REVOKED_STATUS_NOSTATUS;
    std::chrono::sys_seconds this_update = kNow - std::chrono::hours(1);
    std::optional<std::chrono::sys_seconds> next_update = kNow + std::chrono::hours(1);
    const EVP_MD* (*hash)() = EVP_sha1;
  };
  std::vector<About> about;
  std::string key = "";  // empty: that named after the signer's subject
  std::vector<const Certificate*> besides = {};
  bool by_key = false, with_signer = true, nonce = false;
  const EVP_MD* (*hash)() = EVP_sha256;
};

inline Owned<ASN1_TIME, ASN1_TIME_free> time_of(std::chrono::sys_seconds at) {
  Owned<ASN1_TIME, ASN1_TIME_free> out(
      ASN1_GENERALIZEDTIME_set(nullptr, static_cast<std::time_t>(at.time_since_epoch().count())));
  return out;
}

inline base::Bytes answer(const AnswerDraft& draft) {
  const Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
  for (const auto& one : draft.about) {
    const Owned<OCSP_CERTID, OCSP_CERTID_free> id(
        OCSP_cert_to_id(one.hash(), one.certificate->native(), one.issuer->native()));
    const auto from = time_of(one.this_update), revoked = time_of(kBegin);
    Owned<ASN1_TIME, ASN1_TIME_free> until;
    if (one.next_update) until = time_of(*one.next_update);
    OCSP_basic_add1_status(basic.get(), id.get(), one.status, one.reason, revoked.get(), from.get(),
                           until.get());
  }
  if (draft.nonce) OCSP_basic_add1_nonce(basic.get(), nullptr, -1);
  for (const auto* const one : draft.besides) OCSP_basic_add1_cert(basic.get(), one->native());
  unsigned long flags = OCSP_NOTIME;
  if (draft.by_key) flags |= OCSP_RESPID_KEY;
  if (!draft.with_signer) flags |= OCSP_NOCERTS;
  const auto subject = "/CN=" + draft.signer->subject().common_name;
  auto signer = *draft.signer;
  if (!draft.key.empty()) {
    // OpenSSL insists on a certificate for the key: one that passes for the signer's.
    signer = made({.subject = subject, .key = draft.key});
    flags |= OCSP_NOCERTS;
    OCSP_basic_add1_cert(basic.get(), draft.signer->native());
  }
  if (OCSP_basic_sign(basic.get(), signer.native(), key(draft.key.empty() ? subject : draft.key),
                      draft.hash(), nullptr, flags) != 1) {
    throw std::runtime_error("OCSP_basic_sign");
  }
  const Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
      OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  unsigned char* der = nullptr;
  const auto size = static_cast<std::size_t>(i2d_OCSP_RESPONSE(response.get(), &der));
  base::Bytes out(der, der + size);
  OPENSSL_free(der);
  return out;
}

}  // namespace sealtone::x509::test
