// SPDX-License-Identifier: Apache-2.0
//
// x509/issue: see issue.h.
#include "x509/issue.h"

#include <arpa/inet.h>
#include <algorithm>
#include <array>
#include <utility>

#include <openssl/evp.h>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using Draft = Owned<X509, X509_free>;
using GeneralNames = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;

constexpr std::size_t kMaxCommonName = 64;  // ub-common-name, RFC 5280 appendix A.1

std::unexpected<base::Error> internal(const char* what) {
  return base::fail(ErrorCode::internal, what, crypto::drain_openssl_errors());
}

bool add_extension(X509& draft, int nid, bool critical, void* value) {
  return X509_add1_ext_i2d(&draft, nid, value, critical ? 1 : 0, X509V3_ADD_DEFAULT) == 1;
}

// The text of an extension in OpenSSL's own notation, for values that hold nothing from outside.
bool add_extension(X509& draft, X509V3_CTX& context, int nid, const std::string& value) {
  const Owned<X509_EXTENSION, X509_EXTENSION_free> made(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return made && X509_add_ext(&draft, made.get(), -1) == 1;
}

bool set_serial(X509& draft, base::Random& random) {
  std::array<std::uint8_t, 16> octets{};
  random.fill(octets);
  octets[0] = static_cast<std::uint8_t>((octets[0] & 0x7FU) | 0x40U);  // positive, full length
  const Owned<BIGNUM, BN_free> number(
      BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&draft)) != nullptr;
}

bool add_name_part(X509_NAME* name, int nid, const std::string& value) {
  return value.empty() ||
         X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1;
}

bool set_subject(X509& draft, const Request& request) {
  X509_NAME* const name = X509_get_subject_name(&draft);
  const bool fits = request.common_name.size() <= kMaxCommonName;
  return add_name_part(name, NID_organizationName, request.organization) &&
         (!fits || add_name_part(name, NID_commonName, request.common_name));
}

bool set_validity(X509& draft, const Validity& validity) {
  const auto seconds = [](std::chrono::sys_seconds time) {
    return static_cast<std::time_t>(time.time_since_epoch().count());
  };
  return ASN1_TIME_set(X509_getm_notBefore(&draft), seconds(validity.not_before)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(&draft), seconds(validity.not_after)) != nullptr;
}

base::Bytes address_octets(const std::string& text) {
  base::Bytes octets(16);
  if (inet_pton(AF_INET6, text.c_str(), octets.data()) == 1) return octets;
  octets.resize(4);
  if (inet_pton(AF_INET, text.c_str(), octets.data()) == 1) return octets;
  return {};
}

bool is_ascii_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7F; });
}

base::Result<GeneralNames> general_names(const std::vector<SubjectAltName>& names) {
  GeneralNames out(GENERAL_NAMES_new());
  for (const auto& name : names) {
    const bool is_address = name.kind == SubjectAltName::Kind::ip;
    const auto octets = is_address ? address_octets(name.value) : base::Bytes();
    const auto content = is_address ? base::ByteView(octets) : base::view(name.value);
    const bool fits = is_address
                          ? !octets.empty()
                          : name.kind == SubjectAltName::Kind::dns && is_ascii_name(name.value);
    if (!fits) {
      return base::fail(ErrorCode::bad_input, base::visible(name.value, 100),
                        "it is neither a DNS name nor an IP address");
    }
    ASN1_STRING* const string =
        ASN1_STRING_type_new(is_address ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
    ASN1_STRING_set(string, content.data(), static_cast<int>(content.size()));
    GENERAL_NAME* const entry = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(entry, is_address ? GEN_IPADD : GEN_DNS, string);
    sk_GENERAL_NAME_push(out.get(), entry);
  }
  return out;
}

bool add_issuer_address(X509& draft, const std::string& address) {
  using AccessDescriptions = Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
  const AccessDescriptions all(AUTHORITY_INFO_ACCESS_new());
  ACCESS_DESCRIPTION* const entry = ACCESS_DESCRIPTION_new();
  ASN1_STRING* const string = ASN1_STRING_type_new(V_ASN1_IA5STRING);
  ASN1_STRING_set(string, address.data(), static_cast<int>(address.size()));
  ASN1_OBJECT_free(entry->method);
  entry->method = OBJ_nid2obj(NID_ad_ca_issuers);
  GENERAL_NAME_set0_value(entry->location, GEN_URI, string);
  sk_ACCESS_DESCRIPTION_push(all.get(), entry);
  return add_extension(draft, NID_info_access, false, all.get());
}

bool add_usages(X509& draft, X509V3_CTX& context, const Request& request) {
  std::string purposes;
  for (const auto& purpose : request.extended_key_usage) {
    purposes += (purposes.empty() ? "" : ",") + purpose;
  }
  return add_extension(draft, context, NID_basic_constraints,
                       request.ca ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
         add_extension(draft, context, NID_key_usage,
                       request.ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
         (purposes.empty() || add_extension(draft, context, NID_ext_key_usage, purposes));
}

bool allowed_purposes(const std::vector<std::string>& purposes) {
  return std::ranges::all_of(purposes, [](const std::string& purpose) {
    return purpose == "serverAuth" || purpose == "clientAuth";
  });
}

// issuer is null for a self-signed certificate.
base::Result<Issued> make(const Request& request, const Issued* issuer, base::Random& random) {
  if (!allowed_purposes(request.extended_key_usage)) {
    return base::fail(ErrorCode::bad_input, "extended key usage",
                      "only serverAuth and clientAuth are issued here");
  }
  const auto names = general_names(request.names);
  if (!names) return std::unexpected(names.error());
  auto key = crypto::PrivateKey::generate_p256();
  if (!key) return std::unexpected(key.error());

  const Draft draft(X509_new());
  X509* const issuer_native = issuer == nullptr ? draft.get() : issuer->certificate.native();
  if (!draft || X509_set_version(draft.get(), X509_VERSION_3) != 1 || !set_serial(*draft, random) ||
      !set_subject(*draft, request) || !set_validity(*draft, request.validity) ||
      X509_set_issuer_name(draft.get(), X509_get_subject_name(issuer_native)) != 1 ||
      X509_set_pubkey(draft.get(), key->native()) != 1) {
    return internal("new certificate");
  }

  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer_native, draft.get(), nullptr, nullptr, 0);
  const bool no_subject = X509_NAME_entry_count(X509_get_subject_name(draft.get())) == 0;
  if (!add_usages(*draft, context, request) ||
      !add_extension(*draft, context, NID_subject_key_identifier, "hash") ||
      !add_extension(*draft, context, NID_authority_key_identifier, "keyid") ||
      (!request.names.empty() &&
       // RFC 5280 §4.2.1.6: "If the subject field contains an empty sequence, then […] MUST mark
       // the extension as critical."
       !add_extension(*draft, NID_subject_alt_name, no_subject, names->get())) ||
      (!request.aia_issuers.empty() && !add_issuer_address(*draft, request.aia_issuers))) {
    return internal("new certificate's extensions");
  }
  EVP_PKEY* const signer = issuer == nullptr ? key->native() : issuer->key.native();
  if (X509_sign(draft.get(), signer, EVP_sha256()) <= 0)
    return internal("new certificate's signature");
  auto certificate = Certificate::from_native(draft.get());
  if (!certificate) return std::unexpected(certificate.error());
  return Issued{std::move(*certificate), std::move(*key)};
}

}  // namespace

base::Result<Issued> issue_self_signed(const Request& request, base::Random& random) {
  return make(request, nullptr, random);
}

base::Result<Issued> issue(const Request& request, const Issued& issuer, base::Random& random) {
  return make(request, &issuer, random);
}

}  // namespace sealtone::x509
