// SPDX-License-Identifier: Apache-2.0
#include "explain/missing_issuer.h"

#include <fmt/format.h>

#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

constexpr std::size_t kMostOfAName = 80, kMostOfAnAddress = 200;

}  // namespace

std::string holder(const x509::DistinguishedName& name) {
  return base::visible(name.organization.empty() ? name.short_name() : name.organization,
                       kMostOfAName);
}

std::string missing_issuer(const x509::Certificate& child) {
  auto text = in_quotes(child.issuer().short_name());
  if (!child.authority_key_id().empty()) {
    text += fmt::format(" (its key identifier: {})", base::hex_colons(child.authority_key_id()));
  }
  return text;
}

std::string ask_for_issuer(const x509::Certificate& child) {
  auto text = fmt::format("ask {} for it", holder(child.issuer()));
  if (!child.aia_issuers().empty()) {
    text += fmt::format(" (the address in the certificate, unchecked: {})",
                        base::visible(child.aia_issuers().front(), kMostOfAnAddress));
  }
  return text;
}

}  // namespace sealtone::explain
