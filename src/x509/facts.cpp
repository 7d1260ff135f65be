// SPDX-License-Identifier: Apache-2.0
//
// x509/facts: see facts.h.
#include "x509/facts.h"

#include <array>
#include <ctime>
#include <utility>

#include <openssl/evp.h>

#include "x509/general_name.h"
#include "x509/name.h"

namespace sealtone::x509 {
namespace {

using AccessDescriptions = Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using BasicConstraints = Owned<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>;
using BitString = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using KeyId = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using AuthorityKeyId = Owned<AUTHORITY_KEYID, AUTHORITY_KEYID_free>;
using KeyPurposes = Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

template <typename Owner>
Owner extension(const X509& certificate, int nid, bool* present = nullptr) {
  int found = -1;  // -1: absent; -2: there more than once; else: critical or not
  Owner value(
      static_cast<typename Owner::pointer>(X509_get_ext_d2i(&certificate, nid, &found, nullptr)));
  if (present != nullptr) *present = found != -1;
  return value;
}

SubjectAltName shown_name(GeneralName name) {
  using Kind = SubjectAltName::Kind;
  switch (name.kind) {
    case GeneralName::Kind::dns: return {Kind::dns, std::move(name.text)};
    case GeneralName::Kind::email: return {Kind::email, std::move(name.text)};
    case GeneralName::Kind::uri: return {Kind::uri, std::move(name.text)};
    case GeneralName::Kind::ip:
      if (name.octets.size() == 4 || name.octets.size() == 16) {
        return {Kind::ip, address_text(name.octets)};
      }
      return {Kind::other, "IP address of odd length " + base::hex(name.octets)};
    case GeneralName::Kind::directory: return {Kind::other, std::move(name.directory.text)};
    default: return {Kind::other, std::move(name.text)};
  }
}

std::vector<SubjectAltName> names_of(const X509& certificate) {
  std::vector<SubjectAltName> names;
  const int at = X509_get_ext_by_NID(&certificate, NID_subject_alt_name, -1);
  if (at < 0) return names;
  auto read = read_general_names(octets(X509_EXTENSION_get_data(X509_get_ext(&certificate, at))));
  if (!read) return names;
  for (auto& name : *read) names.push_back(shown_name(std::move(name)));
  return names;
}

std::vector<std::string> issuer_addresses(const X509& certificate) {
  std::vector<std::string> addresses;
  const auto entries = extension<AccessDescriptions>(certificate, NID_info_access);
  for (int at = 0; at < sk_ACCESS_DESCRIPTION_num(entries.get()); ++at) {
    const ACCESS_DESCRIPTION* const entry = sk_ACCESS_DESCRIPTION_value(entries.get(), at);
    if (OBJ_obj2nid(entry->method) != NID_ad_ca_issuers) continue;
    if (auto name = read_general_name(*entry->location); name.kind == GeneralName::Kind::uri) {
      addresses.push_back(std::move(name.text));
    }
  }
  return addresses;
}

std::optional<std::vector<std::string>> key_usage_of(const X509& certificate) {
  // RFC 5280 §4.2.1.3.
  static constexpr std::array<std::pair<int, const char*>, 9> kBits{{
      {0, "digitalSignature"},
      {1, "nonRepudiation"},
      {2, "keyEncipherment"},
      {3, "dataEncipherment"},
      {4, "keyAgreement"},
      {5, "keyCertSign"},
      {6, "cRLSign"},
      {7, "encipherOnly"},
      {8, "decipherOnly"},
  }};
  bool present = false;
  const auto usage = extension<BitString>(certificate, NID_key_usage, &present);
  if (!present) return {};
  std::vector<std::string> usages;
  for (const auto& [bit, name] : kBits) {
    if (ASN1_BIT_STRING_get_bit(usage.get(), bit) == 1) usages.emplace_back(name);
  }
  return usages;
}

std::optional<std::vector<std::string>> extended_key_usage_of(const X509& certificate) {
  bool present = false;
  const auto purposes = extension<KeyPurposes>(certificate, NID_ext_key_usage, &present);
  if (!present) return {};
  std::vector<std::string> usages;
  for (int at = 0; at < sk_ASN1_OBJECT_num(purposes.get()); ++at) {
    usages.push_back(object_name(sk_ASN1_OBJECT_value(purposes.get(), at)));
  }
  return usages;
}

PublicKey public_key_of(const X509& certificate) {
  if (const EVP_PKEY* const key = X509_get0_pubkey(&certificate)) return crypto::key_facts(*key);
  // A kind of key that this OpenSSL does not know: its name is all there is to say.
  ASN1_OBJECT* algorithm = nullptr;
  X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(&certificate));
  PublicKey key;
  key.kind = object_name(algorithm);
  return key;
}

std::string signature_hash_of(X509& certificate) {
  int hash = NID_undef;
  if (X509_get_signature_info(&certificate, &hash, nullptr, nullptr, nullptr) == 1) {
    return hash_name(hash);
  }
  OBJ_find_sigid_algs(X509_get_signature_nid(&certificate), &hash, nullptr);
  return hash_name(hash);
}

std::string signature_name(const X509& certificate) {
  const X509_ALGOR* const algorithm = X509_get0_tbs_sigalg(&certificate);
  const int nid = OBJ_obj2nid(algorithm->algorithm);
  return nid == NID_undef ? object_name(algorithm->algorithm) : OBJ_nid2ln(nid);
}

base::Bytes copied(const ASN1_STRING* string) {
  const auto view = octets(string);
  return {view.begin(), view.end()};
}

// One below zero allows none; one too large for a number here is no limit.
std::optional<long> path_length_of(const BASIC_CONSTRAINTS* constraints) {
  if (constraints == nullptr || constraints->pathlen == nullptr) return std::nullopt;
  if (ASN1_STRING_type(constraints->pathlen) == V_ASN1_NEG_INTEGER) return 0;
  std::int64_t length = 0;
  if (ASN1_INTEGER_get_int64(&length, constraints->pathlen) != 1) return std::nullopt;
  return length;
}

}  // namespace

std::optional<std::chrono::sys_seconds> seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  // RFC 5280 §4.1.2.5: in UTC, with seconds. X509_cmp_time alone insists on it.
  std::time_t any = 0;
  if (X509_cmp_time(time, &any) == 0) return {};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  const std::chrono::year_month_day date{
      std::chrono::year(parts.tm_year + 1900),
      std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
      std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  return std::chrono::sys_days(date) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::string hash_name(int nid) {
  switch (nid) {
    case NID_undef: return "";
    case NID_sha1: return "SHA-1";
    case NID_sha224: return "SHA-224";
    case NID_sha256: return "SHA-256";
    case NID_sha384: return "SHA-384";
    case NID_sha512: return "SHA-512";
    default: return OBJ_nid2sn(nid);
  }
}

std::string hash_of(const X509_ALGOR& signature) {
  const int nid = OBJ_obj2nid(signature.algorithm);
  int hash = NID_undef;
  if (nid != NID_rsassaPss) {
    OBJ_find_sigid_algs(nid, &hash, nullptr);
    return hash_name(hash);
  }
  // RFC 4055 §3.1: without one "the default hash algorithm […] is SHA-1".
  const Owned<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free> parameters(static_cast<RSA_PSS_PARAMS*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), signature.parameter)));
  const bool named = parameters && parameters->hashAlgorithm != nullptr;
  return hash_name(named ? OBJ_obj2nid(parameters->hashAlgorithm->algorithm) : NID_sha1);
}

std::string serial_hex(const ASN1_INTEGER& serial) {
  std::string hex;
  for (const char c : base::hex_colons(octets(&serial))) {
    if (c != ':') hex += c;
  }
  if (hex.empty()) return "00";
  return (ASN1_STRING_type(&serial) & V_ASN1_NEG) != 0 ? "-" + hex : hex;
}

base::Result<CertificateFacts> read_facts(X509& certificate, base::Bytes der) {
  // Reads the extensions into OpenSSL's cache now, so that threads that share it find them there.
  X509_check_purpose(&certificate, -1, 0);
  const auto not_before = seconds_of(X509_get0_notBefore(&certificate));
  const auto not_after = seconds_of(X509_get0_notAfter(&certificate));
  if (!not_before || !not_after) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "the certificate's validity is not a pair of dates");
  }
  const auto version = X509_get_version(&certificate) + 1;
  if (version < 1 || version > 3) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "the certificate's version is none of 1, 2 and 3");
  }
  // One by one, for OpenSSL's own reading of them gives up at the first that is malformed.
  const auto constraints = extension<BasicConstraints>(certificate, NID_basic_constraints);
  const auto subject_key_id = extension<KeyId>(certificate, NID_subject_key_identifier);
  const auto authority = extension<AuthorityKeyId>(certificate, NID_authority_key_identifier);
  CertificateFacts facts{
      .der = std::move(der),
      .sha256 = {},
      .subject = read_name(X509_get_subject_name(&certificate)),
      .issuer = read_name(X509_get_issuer_name(&certificate)),
      .serial_hex = serial_hex(*X509_get0_serialNumber(&certificate)),
      .validity = {*not_before, *not_after},
      .names = names_of(certificate),
      .public_key = public_key_of(certificate),
      .signature = signature_name(certificate),
      .signature_hash = signature_hash_of(certificate),
      .version = static_cast<int>(version),
      .is_ca = constraints && constraints->ca != 0,
      .has_basic_constraints = constraints != nullptr,
      .path_length = path_length_of(constraints.get()),
      .key_usage = key_usage_of(certificate),
      .extended_key_usage = extended_key_usage_of(certificate),
      .subject_key_id = copied(subject_key_id.get()),
      .authority_key_id = copied(authority ? authority->keyid : nullptr),
      .aia_issuers = issuer_addresses(certificate),
  };
  facts.sha256 = crypto::sha256(facts.der);
  return facts;
}

}  // namespace sealtone::x509
