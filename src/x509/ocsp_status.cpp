// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: what the answers of OCSP say, and whether their signers may say so.
//
// Source: RFC 6960 §3.2, §4.2.2.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/path_rules.h"
#include "x509/revocation.h"
#include "x509/signatures.h"

namespace sealtone::x509 {
namespace {

constexpr auto kTakesTooLong = "its signature takes longer to verify than is allowed here";

std::string words_for(const OcspAnswer::Single& single, const Certificate& certificate) {
  auto words = fmt::format("{}, of {}, says that serial number {} was revoked", kTheAnswer,
                           base::utc_in_words(single.this_update), certificate.serial_hex());
  if (single.revoked_at) words += fmt::format(" at {}", base::utc_in_words(*single.revoked_at));
  if (!single.reason.empty()) words += fmt::format(" ({})", single.reason);
  return words;
}

}  // namespace

std::optional<bool> RevocationCheck::within_budget(
    const std::pair<crypto::Sha256, crypto::Sha256>& what, const Certificate& signer,
    const std::function<bool()>& check) {
  if (const auto known = answer_signatures_.find(what); known != answer_signatures_.end()) {
    return known->second;
  }
  const auto cost = signature_cost(signer);
  if (spent_on_answers_ + cost > kMaxOcspChecksCost) return std::nullopt;
  spent_on_answers_ += cost;
  return answer_signatures_[what] = check();
}

// RFC 6960 §4.2.2.2: "OCSP signing delegation SHALL be designated by the inclusion of
// id-kp-OCSPSigning in an extended key usage certificate extension included in the OCSP response
// signer's certificate.  This certificate MUST be issued directly by the CA that is identified in
// the request."
std::string RevocationCheck::why_may_not_answer(const Certificate& responder,
                                                const Certificate& issuer,
                                                const Certificate& anchor) {
  const auto& usages = responder.extended_key_usage();
  if (!usages || std::ranges::find(*usages, "OCSPSigning") == usages->end()) {
    return "its signer's certificate lacks OCSPSigning among its extended key usages";
  }
  if (responder.issuer() != issuer.subject()) {
    return "its signer's certificate was issued by another authority";
  }
  PathOptions options = options_;
  options.purpose = Purpose::any;
  options.profile = Profile::standard;
  const Place place{.certificate = responder, .below = {}};
  if (const auto faults = place_faults(place, now_, options); !faults.empty()) {
    return "its signer's certificate is unfit: " + faults.front().detail;
  }
  const auto own = within_budget({responder.sha256(), issuer.sha256()}, issuer,
                                 [&] { return x509::signed_by(responder, issuer); });
  if (!own) return kTakesTooLong;
  if (!*own) return "its signer's certificate was not made by the certificate's issuer";
  // §4.2.2.2.1 has the authority say how the signer's own revocation is checked, and leaves it to
  // local policy where it says nothing.  Nothing is fetched here: by the lists at hand, if there is
  // one that has it, whatever the authority says.
  if (listed(responder, issuer, anchor).status == Status::revoked) {
    return "its signer's certificate is revoked";
  }
  return "";
}

// §3.2, 2 and 4: "The signature on the response is valid" and "The signer is currently authorized
// to provide a response for the certificate in question".
std::string RevocationCheck::why_no_responder(const OcspAnswer& answer, const Certificate& issuer,
                                              const Certificate& anchor) {
  const auto made_it = [&](const Certificate& signer) {
    return within_budget({answer.sha256(), signer.sha256()}, signer,
                         [&] { return answer.signed_by(signer); });
  };
  std::string why_not = "it was signed by nobody who may do so";
  if (answer.names(issuer)) {
    const auto own = made_it(issuer);
    if (own && *own) return "";
    why_not = own ? "its signature was not made by the certificate's issuer, whom it names"
                  : kTakesTooLong;
  }
  for (const auto& responder : answer.certificates()) {
    if (responder == issuer || !answer.names(responder)) continue;
    why_not = why_may_not_answer(responder, issuer, anchor);
    if (!why_not.empty()) continue;
    const auto own = made_it(responder);
    if (own && *own) return "";
    why_not = own ? "its signature was not made by the signer whom it names" : kTakesTooLong;
  }
  return why_not;
}

std::string RevocationCheck::why_unusable(const OcspAnswer& answer,
                                          const OcspAnswer::Single& single,
                                          const Certificate& issuer, const Certificate& anchor) {
  // §3.2, 5: "The time at which the status being indicated is known to be correct (thisUpdate) is
  // sufficiently recent", and 6: "When available, the time at or before which newer information
  // will be available about the status of the certificate (nextUpdate) is greater than the current
  // time."
  if (now_ < single.this_update) {
    return fmt::format("it is of {}, now {}", base::utc_in_words(single.this_update),
                       base::utc_in_words(now_));
  }
  const auto last = single.next_update.value_or(single.this_update + kOcspWithoutNext);
  if (now_ >= last) {
    return fmt::format("it ran out at {}{}, now {}", base::utc_in_words(last),
                       single.next_update ? "" : " (one day after it was made)",
                       base::utc_in_words(now_));
  }
  if (const auto hash = answer.signature_hash(); is_weak_hash(hash, options_)) {
    return "it is signed with " + hash;
  }
  return why_no_responder(answer, issuer, anchor);
}

RevocationCheck::Answer RevocationCheck::answered(const Certificate& certificate,
                                                  const Certificate& issuer,
                                                  const Certificate& anchor) {
  if (!options_.ocsp_responses) return {Status::unknown, ""};
  if (answers_.empty()) return {Status::unknown, "the server sent no answer along (OCSP)"};
  Answer found{Status::unknown, ""};
  for (const auto& answer : answers_) {
    if (!answer.unusable().empty()) {
      found.detail = fmt::format("{} counts for nothing: {}", kTheAnswer, answer.unusable());
      continue;
    }
    const auto singles = answer.about(certificate, issuer);
    if (singles.empty() && found.detail.empty()) {
      found.detail = fmt::format("{} is not about it", kTheAnswer);
    }
    for (const auto& single : singles) {
      if (const auto why = why_unusable(answer, single, issuer, anchor); !why.empty()) {
        if (found.status == Status::unknown) {
          found.detail = fmt::format("{} counts for nothing: {}", kTheAnswer, why);
        }
        continue;
      }
      using Said = OcspAnswer::Single::Status;
      if (single.status == Said::revoked) {
        return {Status::revoked, words_for(single, certificate), single.reason};
      }
      if (single.status == Said::good) found = {Status::good, ""};
      if (single.status == Said::unknown && found.status == Status::unknown) {
        found.detail = fmt::format("{}, of {}, says that it does not know the certificate",
                                   kTheAnswer, base::utc_in_words(single.this_update));
      }
    }
  }
  return found;
}

}  // namespace sealtone::x509
