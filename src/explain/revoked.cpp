// SPDX-License-Identifier: Apache-2.0
#include "explain/revoked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "explain/wording.h"
#include "x509/crl.h"

namespace sealtone::explain {
namespace {

struct Why {
  std::string_view reason, words;
  bool key_is_sound;  // as far as the reason tells: another certificate for it is none the worse
};
constexpr auto kWhys = std::to_array<Why>({
    {"keyCompromise", "because its private key became known, or may have", false},
    {"cACompromise", "because an authority's private key became known, or may have", false},
    {"affiliationChanged", "because what it says of its holder does not hold any more", true},
    {"superseded", "because another one took its place", true},
    {"cessationOfOperation", "because it is not needed any more for what it was issued for", true},
    {"privilegeWithdrawn", "because what it allows was withdrawn", true},
    {"aACompromise", "because what vouches for its attributes is not to be relied on", false},
});

const Why* why(const trust::Evidence& evidence) {
  if (evidence.found.empty()) return nullptr;
  const auto* const at = std::ranges::find(kWhys, evidence.found.front(), &Why::reason);
  return at == kWhys.end() ? nullptr : at;
}

bool on_hold(const trust::Evidence& evidence) {
  return !evidence.found.empty() && evidence.found.front() == x509::kOnHold;
}

}  // namespace

std::string revoked_by(const std::string& certificate, const x509::DistinguishedName& issuer,
                       const trust::Evidence& evidence) {
  const auto whom = in_quotes(issuer.short_name());
  if (on_hold(evidence)) {
    return fmt::format("{} was put on hold by {}, which may take that back ({})", certificate, whom,
                       x509::kOnHold);
  }
  const auto* const known = why(evidence);
  if (known != nullptr) {
    return fmt::format("{} was revoked by {}, {} ({})", certificate, whom, known->words,
                       known->reason);
  }
  return fmt::format("{} was revoked by {}", certificate, whom);
}

std::string instead_of_revoked(const trust::Evidence& evidence, const std::string& issuer) {
  if (on_hold(evidence)) {
    return fmt::format(
        "Ask {} to release it, and go by the list or the answer that says so; or put another "
        "certificate on the server.",
        issuer);
  }
  const auto* const known = why(evidence);
  if (known != nullptr && known->reason == "superseded") {
    return "Put the certificate that took its place on the server.";
  }
  if (known != nullptr && known->key_is_sound) return "Put a new certificate on the server.";
  return fmt::format("{}ut a new certificate for a new key on the server.",
                     known != nullptr ? "P"
                                      : "Its authority takes it back, most often because its key "
                                        "became known: p");
}

std::string instead_of_revoked_issuer(const trust::Evidence& evidence, const std::string& issuer) {
  const auto* const again =
      "ave the server's certificate issued again, by a certificate authority whose own certificate "
      "is not revoked.";
  return on_hold(evidence)
             ? fmt::format(
                   "Ask {} to release it, and go by the list or the answer that says so; or h{}",
                   issuer, again)
             : fmt::format("H{}", again);
}

}  // namespace sealtone::explain
