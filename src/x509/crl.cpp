// SPDX-License-Identifier: Apache-2.0
//
// x509/crl: see crl.h.
#include "x509/crl.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <openssl/pem.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "x509/der.h"
#include "x509/facts.h"
#include "x509/general_name.h"
#include "x509/name.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using DistributionPoints = Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using IssuingPoint = Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;
using Integer = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Enumerated = Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;
using GeneralNames = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using KeyIdentifier = Owned<AUTHORITY_KEYID, AUTHORITY_KEYID_free>;

template <typename Owner>
Owner extension_of_list(const X509_CRL& crl, int nid) {
  return Owner(
      static_cast<typename Owner::pointer>(X509_CRL_get_ext_d2i(&crl, nid, nullptr, nullptr)));
}

template <typename Owner>
Owner extension_of_entry(const X509_REVOKED& entry, int nid) {
  return Owner(static_cast<typename Owner::pointer>(
      X509_REVOKED_get_ext_d2i(&entry, nid, nullptr, nullptr)));
}

void free_octets(unsigned char* octets) { OPENSSL_free(octets); }

std::vector<GeneralName> general_names(const GENERAL_NAMES* names) {
  std::vector<GeneralName> out;
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    out.push_back(read_general_name(*sk_GENERAL_NAME_value(names, at)));
  }
  return out;
}

std::optional<DistributionPointName> point_name(const DIST_POINT_NAME* name) {
  if (name == nullptr) return std::nullopt;
  DistributionPointName out;
  if (name->type == 0) {
    out.full = general_names(name->name.fullname);
    return out;
  }
  // One RelativeDistinguishedName: as a name of its own it has the octets to append.
  const Owned<X509_NAME, X509_NAME_free> relative(X509_NAME_new());
  const auto* const attributes = name->name.relativename;
  for (int at = 0; at < sk_X509_NAME_ENTRY_num(attributes); ++at) {
    X509_NAME_add_entry(relative.get(), sk_X509_NAME_ENTRY_value(attributes, at), -1,
                        at == 0 ? 0 : -1);
  }
  out.relative = read_name(relative.get()).der;
  return out;
}

Reasons reasons(const ASN1_BIT_STRING* flags) {
  if (flags == nullptr) return kAllReasons;
  Reasons out = 0;
  for (int bit = 1; bit <= 8; ++bit) {
    if (ASN1_BIT_STRING_get_bit(flags, bit) == 1) out |= static_cast<Reasons>(1U << unsigned(bit));
  }
  return out;
}

std::optional<base::Bytes> number(const ASN1_INTEGER* integer) {
  if (integer == nullptr) return std::nullopt;
  auto view = octets(integer);
  while (!view.empty() && view.front() == 0) view = view.subspan(1);
  return base::Bytes(view.begin(), view.end());
}

std::optional<IssuingDistributionPoint> scope_of(const X509_CRL& crl) {
  const auto point = extension_of_list<IssuingPoint>(crl, NID_issuing_distribution_point);
  if (!point) return std::nullopt;
  const int at = X509_CRL_get_ext_by_NID(&crl, NID_issuing_distribution_point, -1);
  const auto der = octets(X509_EXTENSION_get_data(X509_CRL_get_ext(&crl, at)));
  return IssuingDistributionPoint{.name = point_name(point->distpoint),
                                  .only_user = point->onlyuser > 0,
                                  .only_ca = point->onlyCA > 0,
                                  .only_attribute = point->onlyattr > 0,
                                  .indirect = point->indirectCRL > 0,
                                  .reasons = reasons(point->onlysomereasons),
                                  .der = {der.begin(), der.end()}};
}

// RFC 5280 §5.2: "If a CRL contains a critical extension that the application cannot process, then
// the application MUST NOT use that CRL to determine the status of certificates." What must not be
// critical (§5.2.1, §5.2.3) is not processed as such either.
std::string unusable_list(const X509_CRL& crl) {
  for (int at = 0; at < X509_CRL_get_ext_count(&crl); ++at) {
    X509_EXTENSION* const extension = X509_CRL_get_ext(&crl, at);
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    const bool processed = nid == NID_issuing_distribution_point || nid == NID_delta_crl;
    if (X509_EXTENSION_get_critical(extension) == 1 && !processed) {
      return "it has the critical extension " + object_name(X509_EXTENSION_get_object(extension));
    }
  }
  return "";
}

std::string hash_of_signature(const X509_CRL& crl) {
  const X509_ALGOR* algorithm = nullptr;
  X509_CRL_get0_signature(&crl, nullptr, &algorithm);
  return hash_of(*algorithm);
}

bool lacks(const X509_CRL& crl, int nid, bool was_read) {
  return !was_read && X509_CRL_get_ext_by_NID(&crl, nid, -1) >= 0;
}

// §5.3: the same of its entries; and of one whose certificate issuer cannot be read nobody knows
// whom it revokes.
std::string unusable_entry(const X509_REVOKED& entry) {
  for (int at = 0; at < X509_REVOKED_get_ext_count(&entry); ++at) {
    X509_EXTENSION* const extension = X509_REVOKED_get_ext(&entry, at);
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (X509_EXTENSION_get_critical(extension) == 1 && nid != NID_certificate_issuer &&
        nid != NID_crl_reason) {
      return "an entry has the critical extension " +
             object_name(X509_EXTENSION_get_object(extension));
    }
  }
  return "";
}

void read_entries(X509_CRL& crl, Crl::Facts& facts) {
  const auto* const entries = X509_CRL_get_REVOKED(&crl);
  // §5.3.3: "If the certificate issuer extension is not present on […] an entry, the certificate
  // issuer […] is the certificate issuer of the preceding entry", and first the CRL's own issuer.
  base::Bytes issuer = facts.issuer.der;
  for (int at = 0; at < sk_X509_REVOKED_num(entries); ++at) {
    const X509_REVOKED* const entry = sk_X509_REVOKED_value(entries, at);
    if (facts.unusable.empty()) facts.unusable = unusable_entry(*entry);
    if (X509_REVOKED_get_ext_by_NID(entry, NID_certificate_issuer, -1) >= 0) {
      const auto read = extension_of_entry<GeneralNames>(*entry, NID_certificate_issuer);
      const auto names = general_names(read.get());
      const auto named = std::ranges::find(names, GeneralName::Kind::directory, &GeneralName::kind);
      if (named == names.end()) {
        facts.unusable = "an entry's certificate issuer cannot be read";
      } else {
        issuer = named->directory.der;
      }
    }
    const auto reason = extension_of_entry<Enumerated>(*entry, NID_crl_reason);
    const long why = reason ? ASN1_ENUMERATED_get(reason.get()) : CRL_REASON_NONE;
    Crl::Facts::Entry listed{.issuer = issuer,
                             .serial_hex = serial_hex(*X509_REVOKED_get0_serialNumber(entry)),
                             .removed = why == CRL_REASON_REMOVE_FROM_CRL};
    if (!reason_word(why).empty()) {
      // Of one that is named twice, hold does not cover up what lasts.
      auto& told = facts.reasons.try_emplace(listed, static_cast<std::uint8_t>(why)).first->second;
      if (told == CRL_REASON_CERTIFICATE_HOLD) told = static_cast<std::uint8_t>(why);
    }
    facts.entries.insert(std::move(listed));
  }
}

}  // namespace

bool Crl::Facts::same_subject(const Facts& other) const {
  const auto octets = [](const Facts& facts) {
    return facts.scope ? facts.scope->der : base::Bytes{};
  };
  return issuer == other.issuer && octets(*this) == octets(other) &&
         authority_key_id == other.authority_key_id;
}

bool Crl::Facts::number_below(const std::optional<base::Bytes>& other) const {
  if (!number || !other) return false;
  return number->size() != other->size() ? number->size() < other->size() : *number < *other;
}

std::string Crl::Facts::why_not(std::chrono::sys_seconds now) const {
  if (!unusable.empty()) return unusable;
  if (now < this_update) {
    return fmt::format("its list is of {}, now {}", base::utc_in_words(this_update),
                       base::utc_in_words(now));
  }
  if (ran_out(now)) {
    return fmt::format("its list ran out at {}, now {}", base::utc_in_words(*next_update),
                       base::utc_in_words(now));
  }
  return "";
}

bool Crl::Facts::ran_out(std::chrono::sys_seconds now) const {
  return unusable.empty() && next_update && now > *next_update;
}

base::Result<Crl> Crl::from_der(base::ByteView der) {
  const auto* at = der.data();
  std::shared_ptr<X509_CRL> native(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())),
                                   X509_CRL_free);
  if (!native) {
    return base::fail(
        base::ErrorCode::bad_input, "",
        "the revocation list cannot be decoded (" + crypto::drain_openssl_errors() + ")");
  }
  if (!is_padding(der.subspan(static_cast<std::size_t>(at - der.data())))) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "something stands behind the revocation list");
  }
  const ErrorsKept errors;
  const auto this_update = seconds_of(X509_CRL_get0_lastUpdate(native.get()));
  if (!this_update) {
    return base::fail(base::ErrorCode::bad_input, "", "the revocation list has no date");
  }
  Facts facts{.sha256 = crypto::sha256(der),
              .issuer = read_name(X509_CRL_get_issuer(native.get())),
              .this_update = *this_update,
              .next_update = {},
              .authority_key_id = {},
              .number = {},
              .delta_base = {},
              .scope = scope_of(*native),
              .signature_hash = hash_of_signature(*native),
              .unusable = unusable_list(*native),
              .entries = {},
              .reasons = {}};
  if (const auto* const next = X509_CRL_get0_nextUpdate(native.get())) {
    facts.next_update = seconds_of(next);
    if (!facts.next_update) facts.unusable = "the date of the next list cannot be read";
  }
  const auto key = extension_of_list<KeyIdentifier>(*native, NID_authority_key_identifier);
  if (key && key->keyid != nullptr) {
    const auto id = octets(key->keyid);
    facts.authority_key_id.assign(id.begin(), id.end());
  }
  facts.number = x509::number(extension_of_list<Integer>(*native, NID_crl_number).get());
  facts.delta_base = x509::number(extension_of_list<Integer>(*native, NID_delta_crl).get());
  if (lacks(*native, NID_issuing_distribution_point, facts.scope.has_value()) ||
      lacks(*native, NID_delta_crl, facts.delta_base.has_value())) {
    facts.unusable = "an extension that says what it covers cannot be read";
  }
  read_entries(*native, facts);
  return Crl(std::move(native), std::move(facts));
}

base::Bytes Crl::der() const {
  base::Bytes out(static_cast<std::size_t>(std::max(i2d_X509_CRL(native_.get(), nullptr), 0)));
  auto* at = out.data();
  i2d_X509_CRL(native_.get(), &at);
  return out;
}

bool Crl::signed_by(const Certificate& issuer) const {
  const ErrorsKept errors;
  EVP_PKEY* const key = X509_get0_pubkey(issuer.native());
  return key != nullptr && X509_CRL_verify(native_.get(), key) == 1;
}

Crl::Listed Crl::lists(const Certificate& certificate) const {
  const auto& entries = facts_->entries;
  Facts::Entry wanted{certificate.issuer().der, certificate.serial_hex(), false};
  if (entries.contains(wanted)) return Listed::revoked;
  wanted.removed = true;
  return entries.contains(wanted) ? Listed::removed : Listed::no;
}

std::string Crl::reason(const Certificate& certificate) const {
  const auto told =
      facts_->reasons.find({certificate.issuer().der, certificate.serial_hex(), false});
  return told == facts_->reasons.end() ? std::string() : reason_word(told->second);
}

bool Crl::holds(const Certificate& certificate) const { return reason(certificate) == kOnHold; }

// There is no 7; 0, "unspecified", says nothing.
std::string reason_word(long reason) {
  constexpr auto words = std::to_array<std::string_view>(
      {"", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
       "cessationOfOperation", kOnHold, "", "removeFromCRL", "privilegeWithdrawn", "aACompromise"});
  if (reason < 0 || reason >= std::ssize(words)) return "";
  return std::string(words.at(static_cast<std::size_t>(reason)));
}

namespace {

// What a file is in which no revocation list begins; nothing of one that may be a damaged list.
std::optional<std::string> no_list_at_all(base::ByteView file) {
  const auto text = base::text(file);
  if (base::trim(text).empty()) return "the file is empty";
  if (text.find("-----BEGIN CERTIFICATE-----") != text.npos || Certificate::from_der(file)) {
    return "this is a certificate, not a revocation list: give the list (.crl) that this authority "
           "publishes";
  }
  constexpr std::uint8_t sequence = 0x30;
  if (file.front() == sequence) return std::nullopt;
  return "no revocation list is in it, neither as PEM (\"-----BEGIN X509 CRL-----\") nor as DER";
}

}  // namespace

base::Result<std::vector<Crl>> parse_crls(base::ByteView file, std::string_view name) {
  if (file.size() > base::kMaxUploadBytes) {
    return base::fail(base::ErrorCode::too_large, std::string(name), "the file is too large");
  }
  const ErrorsKept errors;
  const Owned<BIO, BIO_free_all> bio(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
  std::vector<Crl> out;
  const auto add = [&](base::ByteView der) -> base::Result<void> {
    auto crl = Crl::from_der(der);
    if (!crl) return base::fail(crl.error().code, std::string(name), crl.error().detail);
    out.push_back(*std::move(crl));
    return {};
  };
  unsigned char* der = nullptr;
  long length = 0;
  // An encrypted block is no list, and nobody is asked for its passphrase.
  const auto no_passphrase = [](char*, int, int, void*) { return 0; };
  while (PEM_bytes_read_bio(&der, &length, nullptr, PEM_STRING_X509_CRL, bio.get(), no_passphrase,
                            nullptr) == 1) {
    const Owned<unsigned char, free_octets> octets(der);
    if (auto added = add({der, static_cast<std::size_t>(length)}); !added) {
      return std::unexpected(added.error());
    }
  }
  if (out.empty()) {
    if (auto what = no_list_at_all(file)) {
      return base::fail(base::ErrorCode::bad_input, std::string(name), *std::move(what));
    }
    if (auto added = add(file); !added) return std::unexpected(added.error());
    return out;
  }
  // A list that is cut must not be passed over: what it revokes would count as good.
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
    return base::fail(
        base::ErrorCode::bad_input, std::string(name),
        fmt::format("behind its first {} revocation lists the file is damaged", out.size()));
  }
  return out;
}

std::vector<DistributionPoint> distribution_points(const Certificate& certificate) {
  const ErrorsKept errors;
  const DistributionPoints points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate.native(), NID_crl_distribution_points, nullptr, nullptr)));
  std::vector<DistributionPoint> out;
  for (int at = 0; at < sk_DIST_POINT_num(points.get()); ++at) {
    const DIST_POINT* const point = sk_DIST_POINT_value(points.get(), at);
    DistributionPoint read{.name = point_name(point->distpoint),
                           .reasons = reasons(point->reasons)};
    for (auto& name : general_names(point->CRLissuer)) {
      if (name.kind == GeneralName::Kind::directory) {
        read.crl_issuer.push_back(std::move(name.directory));
      }
    }
    out.push_back(std::move(read));
  }
  return out;
}

}  // namespace sealtone::x509
