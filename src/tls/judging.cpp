// SPDX-License-Identifier: Apache-2.0
//
// tls/connection: the peer's certificates and its answer of OCSP on their way to a verdict.
#include <algorithm>

#include "tls/connection.h"
#include "tls/kept_chains.h"
#include "trust/answer_to_come.h"

namespace sealtone::tls {

using handshake::Role;

// RFC 8446 §4.4.2.1 puts the answer beside the certificate, RFC 6066 §8 into a message behind it.
Connection::OcspAnswer Connection::answer_by_now() const {
  if (role() == Role::server || !context_->options().ask_for_ocsp) return NotAsked{};
  const auto& answer = builder_.record().stapled_ocsp;
  if (answer.empty() && SSL_version(ssl_.get()) < TLS1_3_VERSION) return StillToCome{};
  return answer;
}

trust::Verdict Connection::verdict_on(std::span<const x509::Certificate> chain,
                                      const OcspAnswer& answer) const {
  static const auto nobody =
      std::make_shared<const x509::AnchorSet>(std::vector<x509::Certificate>{});
  const auto& given = role() == Role::server ? context_->options().client_anchors : check_.anchors;
  const auto& anchors = given ? given : nobody;
  auto policy = check_.policy;
  if (const auto* octets = std::get_if<base::Bytes>(&answer)) {
    std::vector<base::Bytes> answers;
    if (!octets->empty()) answers.push_back(*octets);
    policy.path.ocsp_responses =
        std::make_shared<const std::vector<base::Bytes>>(std::move(answers));
  }
  const auto judge = [&](const trust::Policy& by) {
    if (!check_.kept) return trust::judge(chain, *anchors, check_.reference, by, check_.now);
    return check_.kept->verdicts.judge(chain, anchors, check_.reference, by, check_.now);
  };
  return std::holds_alternative<StillToCome>(answer) ? trust::judge_before_answer(policy, judge)
                                                     : judge(policy);
}

int Connection::judge(X509_STORE_CTX* store) {
  std::vector<x509::Certificate> presented;
  std::string unreadable;
  STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(store);
  const int count = std::min(sk_X509_num(sent), static_cast<int>(x509::kMaxPresented));
  for (int i = 0; i < count && unreadable.empty(); ++i) {
    auto* one = sk_X509_value(sent, i);
    auto certificate = check_.kept ? check_.kept->certificates.from_native(one)
                                   : x509::Certificate::from_native(one);
    if (!certificate)
      unreadable = certificate.error().detail + " (certificate " + std::to_string(i + 1) + ")";
    if (certificate) presented.push_back(std::move(*certificate));
  }
  if (!unreadable.empty() || presented.empty()) {
    // OpenSSL could decode it and we cannot say what it holds: nobody can vouch for it.
    trust::Evidence evidence;
    evidence.detail = unreadable;
    judged_ = trust::Verdict{trust::Decision::untrusted,
                             {{trust::FindingCode::certificate_unreadable, {}, evidence}},
                             {}};
  } else {
    judged_ = verdict_on(presented, answer_by_now());
    presented_ = std::move(presented);
  }
  const bool accepted = judged_->accepted();
  X509_STORE_CTX_set_error(store, accepted ? X509_V_OK : trust::verify_error_for(*judged_));
  return accepted ? 1 : 0;
}

// OpenSSL asks once more when all of the server's part is there, in TLS 1.2 behind its
// ServerHelloDone and in TLS 1.3 behind its Finished, and before anything of ours but the
// ClientHello is sent.  RFC 6066 §8: clients "MUST check the OCSP response and abort the handshake
// if the response is not satisfactory with bad_certificate_status_response(113) alert".
bool Connection::judge_ocsp_answer() {
  // What was said of a session's certificates, that answer included, was judged before it was
  // offered.
  if (SSL_session_reused(ssl_.get()) == 1) return true;
  if (!judged_ || !judged_->accepted()) return false;
  if (SSL_version(ssl_.get()) >= TLS1_3_VERSION) return true;  // it came with the certificates
  judged_ = verdict_on(presented_, builder_.record().stapled_ocsp);
  return judged_->accepted();
}

}  // namespace sealtone::tls
