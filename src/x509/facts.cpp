// SPDX-License-Identifier: Apache-2.0
//
// x509/facts: see facts.h.
#include "x509/facts.h"

#include <arpa/inet.h>
#include <array>
#include <ctime>
#include <utility>

#include <openssl/evp.h>

#include "x509/name.h"

namespace sealtone::x509 {
namespace {

using GeneralNames = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using AccessDescriptions = Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using KeyPurposes = Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

template <typename Owner>
Owner extension(const X509& certificate, int nid, bool* present = nullptr) {
  int found = -1;  // -1: absent; -2: there more than once; else: critical or not
  Owner value(
      static_cast<typename Owner::pointer>(X509_get_ext_d2i(&certificate, nid, &found, nullptr)));
  if (present != nullptr) *present = found != -1;
  return value;
}

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

std::string serial_of(const X509& certificate) {
  const ASN1_INTEGER* const serial = X509_get0_serialNumber(&certificate);
  std::string hex;
  for (const char c : base::hex_colons(octets(serial))) {
    if (c != ':') hex += c;
  }
  if (hex.empty()) return "00";
  return (ASN1_STRING_type(serial) & V_ASN1_NEG) != 0 ? "-" + hex : hex;
}

std::string address_text(base::ByteView address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = address.size() == 4 ? AF_INET : AF_INET6;
  if (address.size() != 4 && address.size() != 16) return {};
  return inet_ntop(family, address.data(), text.data(), text.size()) != nullptr ? text.data() : "";
}

SubjectAltName general_name(const GENERAL_NAME* name) {
  using Kind = SubjectAltName::Kind;
  int type = 0;
  const void* const value = GENERAL_NAME_get0_value(name, &type);
  const auto* const string = static_cast<const ASN1_STRING*>(value);
  switch (type) {
    case GEN_DNS: return {Kind::dns, std::string(base::text(octets(string)))};
    case GEN_EMAIL: return {Kind::email, std::string(base::text(octets(string)))};
    case GEN_URI: return {Kind::uri, std::string(base::text(octets(string)))};
    case GEN_IPADD: {
      auto text = address_text(octets(string));
      if (text.empty())
        return {Kind::other, "IP address of odd length " + base::hex(octets(string))};
      return {Kind::ip, std::move(text)};
    }
    case GEN_DIRNAME: return {Kind::other, read_name(static_cast<const X509_NAME*>(value)).text};
    case GEN_RID: return {Kind::other, object_name(static_cast<const ASN1_OBJECT*>(value))};
    case GEN_OTHERNAME:
      return {Kind::other, object_name(static_cast<const OTHERNAME*>(value)->type_id)};
    default: return {Kind::other, "a name of another kind"};
  }
}

std::vector<SubjectAltName> names_of(const X509& certificate) {
  std::vector<SubjectAltName> names;
  const auto entries = extension<GeneralNames>(certificate, NID_subject_alt_name);
  for (int at = 0; at < sk_GENERAL_NAME_num(entries.get()); ++at) {
    names.push_back(general_name(sk_GENERAL_NAME_value(entries.get(), at)));
  }
  return names;
}

std::vector<std::string> issuer_addresses(const X509& certificate) {
  std::vector<std::string> addresses;
  const auto entries = extension<AccessDescriptions>(certificate, NID_info_access);
  for (int at = 0; at < sk_ACCESS_DESCRIPTION_num(entries.get()); ++at) {
    const ACCESS_DESCRIPTION* const entry = sk_ACCESS_DESCRIPTION_value(entries.get(), at);
    if (OBJ_obj2nid(entry->method) != NID_ad_ca_issuers) continue;
    if (const auto name = general_name(entry->location); name.kind == SubjectAltName::Kind::uri) {
      addresses.push_back(name.value);
    }
  }
  return addresses;
}

std::optional<std::vector<std::string>> key_usage_of(X509& certificate) {
  static constexpr std::array<std::pair<std::uint32_t, const char*>, 9> kBits{{
      {KU_DIGITAL_SIGNATURE, "digitalSignature"},
      {KU_NON_REPUDIATION, "nonRepudiation"},
      {KU_KEY_ENCIPHERMENT, "keyEncipherment"},
      {KU_DATA_ENCIPHERMENT, "dataEncipherment"},
      {KU_KEY_AGREEMENT, "keyAgreement"},
      {KU_KEY_CERT_SIGN, "keyCertSign"},
      {KU_CRL_SIGN, "cRLSign"},
      {KU_ENCIPHER_ONLY, "encipherOnly"},
      {KU_DECIPHER_ONLY, "decipherOnly"},
  }};
  if (X509_get_ext_by_NID(&certificate, NID_key_usage, -1) < 0) return {};
  std::vector<std::string> usages;
  if ((X509_get_extension_flags(&certificate) & EXFLAG_KUSAGE) == 0) return usages;
  const auto bits = X509_get_key_usage(&certificate);
  for (const auto& [bit, name] : kBits) {
    if ((bits & bit) != 0) usages.emplace_back(name);
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

}  // namespace

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
  const auto flags = X509_get_extension_flags(&certificate);
  const auto path_length = X509_get_pathlen(&certificate);
  CertificateFacts facts{
      .der = std::move(der),
      .sha256 = {},
      .subject = read_name(X509_get_subject_name(&certificate)),
      .issuer = read_name(X509_get_issuer_name(&certificate)),
      .serial_hex = serial_of(certificate),
      .validity = {*not_before, *not_after},
      .names = names_of(certificate),
      .public_key = public_key_of(certificate),
      .signature = signature_name(certificate),
      .signature_hash = signature_hash_of(certificate),
      .version = static_cast<int>(version),
      .is_ca = (flags & EXFLAG_CA) != 0,
      .has_basic_constraints = (flags & EXFLAG_BCONS) != 0,
      .path_length = path_length < 0 ? std::nullopt : std::optional<long>(path_length),
      .key_usage = key_usage_of(certificate),
      .extended_key_usage = extended_key_usage_of(certificate),
      .subject_key_id = copied(X509_get0_subject_key_id(&certificate)),
      .authority_key_id = copied(X509_get0_authority_key_id(&certificate)),
      .aia_issuers = issuer_addresses(certificate),
  };
  facts.sha256 = crypto::sha256(facts.der);
  return facts;
}

}  // namespace sealtone::x509
