// SPDX-License-Identifier: Apache-2.0
//
// x509/general_name: see general_name.h.
#include "x509/general_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "x509/der.h"
#include "x509/name.h"

namespace sealtone::x509 {
namespace {

using Kind = GeneralName::Kind;

GeneralName text_name(Kind kind, const void* value) {
  return {.kind = kind,
          .text = std::string(base::text(octets(static_cast<const ASN1_STRING*>(value))))};
}

// The elements of the one SEQUENCE that value is.
std::optional<std::vector<DerElement>> sequence(base::ByteView value) {
  const auto outer = elements(value);
  if (!outer || outer->size() != 1) return std::nullopt;
  const auto& only = outer->front();
  if (only.context_specific || only.tag != V_ASN1_SEQUENCE) return std::nullopt;
  return elements(only.content);
}

std::optional<GeneralName> general_name(const DerElement& element) {
  if (!element.context_specific || element.tag > GEN_RID) {
    return GeneralName{.kind = Kind::unknown,
                       .text = fmt::format("a name of the unknown kind {}", element.tag)};
  }
  const auto* at = element.whole.data();
  const Owned<GENERAL_NAME, GENERAL_NAME_free> name(
      d2i_GENERAL_NAME(nullptr, &at, static_cast<long>(element.whole.size())));
  if (!name) return std::nullopt;
  return read_general_name(*name);
}

// GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
std::optional<GeneralName> subtree(const DerElement& element, NameConstraints& out) {
  if (element.context_specific || element.tag != V_ASN1_SEQUENCE) return std::nullopt;
  const auto parts = elements(element.content);
  if (!parts || parts->empty()) return std::nullopt;
  for (const auto& bound : std::span(*parts).subspan(1)) {
    const bool zero = std::ranges::all_of(bound.content, [](auto octet) { return octet == 0; });
    if (bound.tag != 0 || !zero) out.has_bounds = true;
  }
  return general_name(parts->front());
}

}  // namespace

std::string address_text(base::ByteView octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (octets.size() != 4 && octets.size() != 16) return base::hex(octets);
  const int family = octets.size() == 4 ? AF_INET : AF_INET6;
  return inet_ntop(family, octets.data(), text.data(), text.size()) != nullptr ? text.data() : "";
}

GeneralName read_general_name(const GENERAL_NAME& name) {
  int type = 0;
  const void* const value = GENERAL_NAME_get0_value(&name, &type);
  switch (type) {
    case GEN_EMAIL: return text_name(Kind::email, value);
    case GEN_DNS: return text_name(Kind::dns, value);
    case GEN_URI: return text_name(Kind::uri, value);
    case GEN_IPADD: {
      const auto address = octets(static_cast<const ASN1_STRING*>(value));
      return {.kind = Kind::ip, .octets = {address.begin(), address.end()}};
    }
    case GEN_DIRNAME:
      return {.kind = Kind::directory,
              .directory = read_name(static_cast<const X509_NAME*>(value))};
    case GEN_X400: return {.kind = Kind::x400, .text = "an X.400 address"};
    case GEN_EDIPARTY: return {.kind = Kind::edi_party, .text = "an EDI party name"};
    case GEN_RID:
      return {.kind = Kind::registered_id,
              .text = object_name(static_cast<const ASN1_OBJECT*>(value))};
    default: break;
  }
  return {.kind = Kind::other_name,
          .text = object_name(static_cast<const OTHERNAME*>(value)->type_id)};
}

std::optional<std::vector<GeneralName>> read_general_names(base::ByteView value) {
  const auto parts = sequence(value);
  if (!parts) return std::nullopt;
  std::vector<GeneralName> names;
  for (const auto& part : *parts) {
    auto name = general_name(part);
    if (!name) return std::nullopt;
    names.push_back(*std::move(name));
  }
  return names;
}

std::optional<NameConstraints> read_name_constraints(base::ByteView value) {
  const auto parts = sequence(value);
  if (!parts) return std::nullopt;
  NameConstraints constraints;
  for (const auto& part : *parts) {
    if (!part.context_specific || part.tag > 1) return std::nullopt;
    auto& names = part.tag == 0 ? constraints.permitted : constraints.excluded;
    const auto subtrees = elements(part.content);
    if (!subtrees) return std::nullopt;
    for (const auto& one : *subtrees) {
      auto name = subtree(one, constraints);
      if (!name) return std::nullopt;
      names.push_back(*std::move(name));
    }
  }
  return constraints;
}

}  // namespace sealtone::x509
