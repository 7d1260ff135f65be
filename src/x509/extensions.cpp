// SPDX-License-Identifier: Apache-2.0
//
// x509/extensions: see extensions.h.
#include "x509/extensions.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "x509/general_name.h"
#include "x509/name.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

// RFC 5280 §4.2: "A certificate-using system MUST reject the certificate if it encounters a
// critical extension it does not recognize or a critical extension that contains information that
// it cannot process." Both key identifiers are missing here because §4.2.1.1 and .2 forbid to
// mark them critical.
constexpr std::array kProcessed{
    NID_basic_constraints,       NID_key_usage,          NID_ext_key_usage,
    NID_subject_alt_name,        NID_name_constraints,   NID_certificate_policies,
    NID_policy_mappings,         NID_policy_constraints, NID_inhibit_any_policy,
    NID_crl_distribution_points, NID_freshest_crl,       NID_id_pkix_OCSP_noCheck,
};

// What OpenSSL decodes.
constexpr std::array kDecoded{
    NID_basic_constraints,
    NID_key_usage,
    NID_ext_key_usage,
    NID_certificate_policies,
    NID_policy_mappings,
    NID_policy_constraints,
    NID_inhibit_any_policy,
    NID_subject_key_identifier,
    NID_authority_key_identifier,
    NID_crl_distribution_points,
    NID_freshest_crl,
    NID_info_access,
};

template <auto Free, typename Value>
Owned<Value, Free> decoded(const X509& certificate, int nid) {
  return Owned<Value, Free>(
      static_cast<Value*>(X509_get_ext_d2i(&certificate, nid, nullptr, nullptr)));
}

void free_mappings(POLICY_MAPPINGS* mappings) {
  sk_POLICY_MAPPING_pop_free(mappings, POLICY_MAPPING_free);
}

std::string dotted(const ASN1_OBJECT* object) {
  std::array<char, 256> text{};
  OBJ_obj2txt(text.data(), text.size(), object, 1);
  return text.data();
}

base::ByteView value_of(X509_EXTENSION& extension) {
  return octets(X509_EXTENSION_get_data(&extension));
}

// Whether the value of an extension that is known here is one.
bool readable(X509_EXTENSION& extension, int nid) {
  if (nid == NID_subject_alt_name || nid == NID_issuer_alt_name) {
    return read_general_names(value_of(extension)).has_value();
  }
  if (nid == NID_name_constraints) return read_name_constraints(value_of(extension)).has_value();
  if (std::ranges::find(kDecoded, nid) == kDecoded.end()) return true;
  const ASN1_ITEM* const kind = ASN1_ITEM_ptr(X509V3_EXT_get(&extension)->it);
  const auto value = value_of(extension);
  const auto* at = value.data();
  ASN1_VALUE* const read = ASN1_item_d2i(nullptr, &at, static_cast<long>(value.size()), kind);
  if (read == nullptr) return false;
  ASN1_item_free(read, kind);
  return at == value.data() + value.size();
}

void read_presence(const X509& certificate, Extensions& out) {
  std::set<std::string> seen;
  for (int at = 0; at < X509_get_ext_count(&certificate); ++at) {
    X509_EXTENSION* const extension = X509_get_ext(&certificate, at);
    const ASN1_OBJECT* const object = X509_EXTENSION_get_object(extension);
    const int nid = OBJ_obj2nid(object);
    const bool critical = X509_EXTENSION_get_critical(extension) == 1;
    auto name = object_name(object);
    // RFC 5280 §4.2: "A certificate MUST NOT include more than one instance of a particular
    // extension."
    if (!seen.insert(dotted(object)).second) {
      out.unreadable.push_back(name + " stands there twice");
    } else if (!readable(*extension, nid)) {
      out.unreadable.push_back(name + " cannot be read");
    }
    if (critical && std::ranges::find(kProcessed, nid) == kProcessed.end()) {
      out.unknown_critical.push_back(name);
    }
    out.present.push_back({std::move(name), critical});
  }
}

X509_EXTENSION* extension_of(const X509& certificate, int nid) {
  const int at = X509_get_ext_by_NID(&certificate, nid, -1);
  return at < 0 ? nullptr : X509_get_ext(&certificate, at);
}

void read_names(const X509& certificate, Extensions& out) {
  if (auto* const extension = extension_of(certificate, NID_subject_alt_name)) {
    out.names = read_general_names(value_of(*extension)).value_or(std::vector<GeneralName>{});
  }
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  const int count = X509_NAME_entry_count(subject);
  out.subject_attributes = static_cast<std::size_t>(count);
  for (int at = 0; at < count; ++at) {
    const X509_NAME_ENTRY* const attribute = X509_NAME_get_entry(subject, at);
    const int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(attribute));
    auto value = utf8(X509_NAME_ENTRY_get_data(attribute));
    if (nid == NID_pkcs9_emailAddress) {
      out.subject_emails.push_back(std::move(value));
    } else if (nid == NID_commonName) {
      out.common_names.push_back(std::move(value));
    }
  }
}

void read_constraints(const X509& certificate, Extensions& out) {
  auto* const extension = extension_of(certificate, NID_name_constraints);
  if (extension == nullptr) return;
  out.name_constraints = read_name_constraints(value_of(*extension));
  if (out.name_constraints) {
    out.name_constraints->critical = X509_EXTENSION_get_critical(extension) == 1;
  }
}

std::optional<std::uint64_t> skip_certs(const ASN1_INTEGER* number) {
  std::uint64_t value = 0;
  if (number == nullptr) return std::nullopt;
  // One below zero, which SkipCerts cannot be, lets none pass; one that is larger than any path is
  // as good as the largest there is.
  if (ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER) return 0;
  return ASN1_INTEGER_get_uint64(&value, number) == 1 ? value
                                                      : std::numeric_limits<std::uint64_t>::max();
}

// RFC 5280 §4.2.1.4: "If this extension is critical, the path validation software MUST be able to
// interpret this extension (including the optional qualifier), or MUST reject the certificate."
// It defines two qualifiers, a pointer and a notice, and both are for people to read.
void read_qualifiers(const POLICYINFO& policy, Extensions& out) {
  for (int at = 0; at < sk_POLICYQUALINFO_num(policy.qualifiers); ++at) {
    const auto* const kind = sk_POLICYQUALINFO_value(policy.qualifiers, at)->pqualid;
    const int nid = OBJ_obj2nid(kind);
    if (nid == NID_id_qt_cps || nid == NID_id_qt_unotice) continue;
    out.unknown_critical.push_back("certificatePolicies, with the qualifier " + dotted(kind));
  }
}

void read_policies(const X509& certificate, Extensions& out) {
  if (const auto policies = decoded<CERTIFICATEPOLICIES_free, CERTIFICATEPOLICIES>(
          certificate, NID_certificate_policies)) {
    auto* const extension = extension_of(certificate, NID_certificate_policies);
    const bool critical = extension != nullptr && X509_EXTENSION_get_critical(extension) == 1;
    out.policies.emplace();
    for (int at = 0; at < sk_POLICYINFO_num(policies.get()); ++at) {
      const POLICYINFO& policy = *sk_POLICYINFO_value(policies.get(), at);
      out.policies->push_back(dotted(policy.policyid));
      if (critical) read_qualifiers(policy, out);
    }
  }
  const auto mappings = decoded<free_mappings, POLICY_MAPPINGS>(certificate, NID_policy_mappings);
  for (int at = 0; at < sk_POLICY_MAPPING_num(mappings.get()); ++at) {
    const POLICY_MAPPING* const mapping = sk_POLICY_MAPPING_value(mappings.get(), at);
    out.policy_mappings.emplace_back(dotted(mapping->issuerDomainPolicy),
                                     dotted(mapping->subjectDomainPolicy));
  }
  if (const auto constraints = decoded<POLICY_CONSTRAINTS_free, POLICY_CONSTRAINTS>(
          certificate, NID_policy_constraints)) {
    out.require_explicit_policy = skip_certs(constraints->requireExplicitPolicy);
    out.inhibit_policy_mapping = skip_certs(constraints->inhibitPolicyMapping);
  }
  const auto inhibit =
      decoded<ASN1_INTEGER_free, ASN1_INTEGER>(certificate, NID_inhibit_any_policy);
  out.inhibit_any_policy = skip_certs(inhibit.get());
}

void read_authority_key_id(const X509& certificate, Extensions& out) {
  const auto identifier =
      decoded<AUTHORITY_KEYID_free, AUTHORITY_KEYID>(certificate, NID_authority_key_identifier);
  if (!identifier) return;
  out.authority_key_id = {.key_id = identifier->keyid != nullptr,
                          .issuer = identifier->issuer != nullptr,
                          .serial = identifier->serial != nullptr};
}

}  // namespace

const Extensions::Present* Extensions::find(std::string_view name) const {
  const auto found = std::ranges::find(present, name, &Present::name);
  return found == present.end() ? nullptr : &*found;
}

bool Extensions::has_name_of(GeneralName::Kind kind) const {
  return std::ranges::find(names, kind, &GeneralName::kind) != names.end();
}

Extensions read_extensions(const Certificate& certificate) {
  const ErrorsKept errors;
  const X509& native = *certificate.native();
  Extensions out;
  read_presence(native, out);
  read_names(native, out);
  read_constraints(native, out);
  read_policies(native, out);
  read_authority_key_id(native, out);
  return out;
}

}  // namespace sealtone::x509
