// SPDX-License-Identifier: Apache-2.0
#include "explain/name_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "explain/fixes.h"
#include "explain/wording.h"
#include "x509/name_constraints.h"

namespace sealtone::explain {
namespace {

using x509::Certificate;
using x509::GeneralName;

std::string text_of(const GeneralName& name) {
  return name.kind == GeneralName::Kind::ip ? x509::address_text(name.octets) : name.text;
}

bool names(const std::string& name, const std::string& host) {
  const auto plain = base::lower_ascii(name);
  const auto below = host.find('.');
  return plain == host || (plain.starts_with("*.") && below != std::string::npos &&
                           plain.substr(1) == host.substr(below));
}

bool all_may_name(std::span<const Certificate> issuers, const GeneralName& name) {
  return std::ranges::all_of(issuers, [&](const Certificate& issuer) {
    const auto& limits = issuer.extensions().name_constraints;
    return !limits || x509::may_name(*limits, name, {});
  });
}

}  // namespace

std::string within_the_limits(const trust::Finding& finding, const x509::CheckedPath& checked,
                              std::string host) {
  const auto& path = checked.path;
  const auto& found = finding.evidence.found;
  if (finding.certificate != 0 || found.empty() || path.empty()) {
    return std::string(kByAnotherAuthority);
  }
  host = base::lower_ascii(host);
  const auto& all = path.front().extensions().names;
  const auto at_fault = [&](const GeneralName& name) { return text_of(name) == found.front(); };
  const bool can_go = std::ranges::any_of(all, at_fault);
  const bool another = std::ranges::any_of(all, [&](const GeneralName& name) {
    return !at_fault(name) && names(text_of(name), host) &&
           all_may_name(std::span(path).subspan(1), name);
  });
  if (!can_go || !another) return std::string(kByAnotherAuthority);
  return fmt::format(
      "Have the server's certificate issued again without the name {}, or by a certificate "
      "authority whose own certificate allows it.",
      in_quotes(found.front()));
}

}  // namespace sealtone::explain
