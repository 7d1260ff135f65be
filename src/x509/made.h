// SPDX-License-Identifier: Apache-2.0
//
// x509/made: for tests, certificates and revocation lists that OpenSSL makes as it is told in its
// own notation (x509v3_config(5)), so that none of our own code vouches for itself.
#pragma once

#include <map>
#include <stdexcept>

#include <openssl/conf.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "x509/crl.h"
#include "x509/openssl.h"
#include "x509/test_data.h"

namespace sealtone::x509::test {

inline constexpr std::chrono::sys_seconds kBegin{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::January / 1}};
inline constexpr std::chrono::sys_seconds kEnd{
    std::chrono::sys_days{std::chrono::year{2027} / std::chrono::January / 1}};

// P-256, or P-384 where the name ends so; the same one for the same name.
inline EVP_PKEY* key(const std::string& name) {
  static std::map<std::string, Owned<EVP_PKEY, EVP_PKEY_free>> keys;
  auto& made = keys[name];
  if (!made) made.reset(EVP_EC_gen(name.ends_with("P-384") ? "P-384" : "P-256"));
  return made.get();
}

struct Draft {
  std::string subject;                  // "/O=Acme/CN=Root", as in `openssl req -subj`; empty: none
  std::string extensions = "";          // lines of an extension section, and sections of their own
  const Certificate* issuer = nullptr;  // nullptr: the subject itself
  std::string key = "";                 // a name for it; empty: the subject's
  std::string issuer_key = "";          // empty: that named after the issuer's subject
  Validity validity = {kBegin, kEnd};
  int version = 3;
};

inline void set_time(ASN1_TIME* time, std::chrono::sys_seconds to) {
  ASN1_TIME_set(time, static_cast<std::time_t>(to.time_since_epoch().count()));
}

inline Owned<X509_NAME, X509_NAME_free> name(const std::string& subject) {
  Owned<X509_NAME, X509_NAME_free> out(X509_NAME_new());
  for (const auto part : base::split(subject, '/')) {
    if (part.empty()) continue;
    const std::string attribute(part.substr(0, part.find('=')));
    const std::string value(part.substr(part.find('=') + 1));
    X509_NAME_add_entry_by_txt(out.get(), attribute.c_str(), MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0);
  }
  return out;
}

// Gives each extension of the text to add.
template <typename Add>
void for_extensions(const std::string& text, X509V3_CTX& context, const Add& add) {
  const Owned<BIO, BIO_free_all> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Owned<CONF, NCONF_free> notation(NCONF_new(nullptr));
  long line = 0;
  if (text.empty()) return;
  if (NCONF_load_bio(notation.get(), bio.get(), &line) != 1) throw std::runtime_error(text);
  X509V3_set_nconf(&context, notation.get());
  const auto* const lines = NCONF_get_section(notation.get(), "default");
  for (int at = 0; at < sk_CONF_VALUE_num(lines); ++at) {
    const CONF_VALUE* const one = sk_CONF_VALUE_value(lines, at);
    const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_nconf(notation.get(), &context, one->name, one->value));
    if (!extension) throw std::runtime_error(std::string(one->name) + " = " + one->value);
    add(extension.get());
  }
}

inline Certificate made(const Draft& draft) {
  static long serial = 1'000;
  const Owned<X509, X509_free> native(X509_new());
  X509_set_version(native.get(), draft.version - 1);
  ASN1_INTEGER_set(X509_get_serialNumber(native.get()), ++serial);
  const auto subject = name(draft.subject);
  X509_set_subject_name(native.get(), subject.get());
  X509_set_issuer_name(native.get(), draft.issuer != nullptr
                                         ? X509_get_subject_name(draft.issuer->native())
                                         : subject.get());
  set_time(X509_getm_notBefore(native.get()), draft.validity.not_before);
  set_time(X509_getm_notAfter(native.get()), draft.validity.not_after);
  const auto& own = draft.key.empty() ? draft.subject : draft.key;
  X509_set_pubkey(native.get(), key(own));
  X509V3_CTX context;
  X509V3_set_ctx(&context, draft.issuer != nullptr ? draft.issuer->native() : native.get(),
                 native.get(), nullptr, nullptr, 0);
  for_extensions(draft.extensions, context,
                 [&](X509_EXTENSION* one) { X509_add_ext(native.get(), one, -1); });
  auto signer = draft.issuer_key;
  if (signer.empty() && draft.issuer != nullptr)
    signer = "/CN=" + draft.issuer->subject().common_name;
  if (signer.empty()) signer = own;
  if (X509_sign(native.get(), key(signer), EVP_sha256()) == 0) throw std::runtime_error("sign");
  return Certificate::from_native(native.get()).value();
}

// What a CA has, and more lines.
inline std::string ca(const std::string& more = "") {
  return "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n" + more;
}

struct ListDraft {
  const Certificate* issuer;
  std::string extensions = "";
  struct Entry {
    const Certificate* certificate;
    std::string extensions = "";
  };
  std::vector<Entry> entries = {};
  std::string key = "";  // empty: that named after the issuer's subject
  std::chrono::sys_seconds this_update = kBegin;
  std::optional<std::chrono::sys_seconds> next_update = kEnd;
  const EVP_MD* (*hash)() = EVP_sha256;
};

inline base::Bytes list_der(const ListDraft& draft) {
  const Owned<X509_CRL, X509_CRL_free> native(X509_CRL_new());
  X509_CRL_set_version(native.get(), 1);
  X509_CRL_set_issuer_name(native.get(), X509_get_subject_name(draft.issuer->native()));
  const Owned<ASN1_TIME, ASN1_TIME_free> time(ASN1_TIME_new());
  set_time(time.get(), draft.this_update);
  X509_CRL_set1_lastUpdate(native.get(), time.get());
  if (draft.next_update) {
    set_time(time.get(), *draft.next_update);
    X509_CRL_set1_nextUpdate(native.get(), time.get());
  }
  X509V3_CTX context;
  X509V3_set_ctx(&context, draft.issuer->native(), nullptr, nullptr, native.get(), 0);
  for (const auto& entry : draft.entries) {
    X509_REVOKED* const revoked = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(revoked, X509_get_serialNumber(entry.certificate->native()));
    set_time(time.get(), kBegin);
    X509_REVOKED_set_revocationDate(revoked, time.get());
    for_extensions(entry.extensions, context,
                   [&](X509_EXTENSION* one) { X509_REVOKED_add_ext(revoked, one, -1); });
    X509_CRL_add0_revoked(native.get(), revoked);
  }
  for_extensions(draft.extensions, context,
                 [&](X509_EXTENSION* one) { X509_CRL_add_ext(native.get(), one, -1); });
  const auto signer = draft.key.empty() ? "/CN=" + draft.issuer->subject().common_name : draft.key;
  X509_CRL_sign(native.get(), key(signer), draft.hash());
  base::Bytes der(static_cast<std::size_t>(i2d_X509_CRL(native.get(), nullptr)));
  auto* at = der.data();
  i2d_X509_CRL(native.get(), &at);
  return der;
}

inline Crl list(const ListDraft& draft) { return Crl::from_der(list_der(draft)).value(); }

// The certificateIssuer extension of an entry (RFC 5280 §5.3.3) that names the certificate's
// issuer.
inline std::string entry_of_issuer(const Certificate& certificate) {
  const Owned<GENERAL_NAMES, GENERAL_NAMES_free> names(GENERAL_NAMES_new());
  GENERAL_NAME* const one = GENERAL_NAME_new();
  GENERAL_NAME_set0_value(one, GEN_DIRNAME,
                          X509_NAME_dup(X509_get_issuer_name(certificate.native())));
  sk_GENERAL_NAME_push(names.get(), one);
  unsigned char* der = nullptr;
  const auto size = static_cast<std::size_t>(i2d_GENERAL_NAMES(names.get(), &der));
  auto out = "certificateIssuer=critical,DER:" + base::hex({der, size}) + "\n";
  OPENSSL_free(der);
  return out;
}

}  // namespace sealtone::x509::test
