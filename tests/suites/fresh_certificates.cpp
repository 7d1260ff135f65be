// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/fresh_certificates: see fresh_certificates.h.
#include "suites/fresh_certificates.h"

#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "support/process.h"

namespace sealtone::test {
namespace {

void must(bool done, const std::string& what) {
  if (done) return;
  std::array<char, 256> words{};
  ERR_error_string_n(ERR_get_error(), words.data(), words.size());
  throw std::runtime_error("libcrypto does not make " + what + ": " + words.data());
}

template <typename T, auto free>
std::shared_ptr<T> shared(T* made) {
  must(made != nullptr, "an object");
  return {made, free};
}

std::shared_ptr<BIO> memory() { return shared<BIO, BIO_free_all>(BIO_new(BIO_s_mem())); }

std::string text_of(BIO* bio) {
  const char* text = nullptr;
  const auto length = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(length)};
}

Key generated(const std::vector<std::string>& options, const TempDir& folder) {
  const auto file = folder.path() / "key.pem";
  Arguments command{"openssl", "genpkey", "-out", file.string()};
  command.insert(command.end(), options.begin(), options.end());
  run_ok(command);
  const auto pem = read_text(file);
  const auto bio =
      shared<BIO, BIO_free_all>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return shared<EVP_PKEY, EVP_PKEY_free>(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

std::shared_ptr<X509_NAME> name_of(const std::string& common_name) {
  auto name = shared<X509_NAME, X509_NAME_free>(X509_NAME_new());
  const auto add = [&](const char* field, const std::string& value) {
    must(X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1,
         "a name");
  };
  add("O", "Fresh");
  if (!common_name.empty()) add("CN", common_name);
  return name;
}

// What directory name constraints point to.
CONF* directories() {
  static const auto conf = [] {
    const std::string text = "[ours]\nO=Fresh\n[others]\nO=Somebody Else\n";
    auto made = shared<CONF, NCONF_free>(NCONF_new(nullptr));
    const auto bio =
        shared<BIO, BIO_free_all>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    long line = 0;
    must(NCONF_load_bio(made.get(), bio.get(), &line) == 1, "the sections of names");
    return made;
  }();
  return conf.get();
}

void set_time(ASN1_TIME* time, std::chrono::sys_seconds at) {
  must(ASN1_TIME_set(time, at.time_since_epoch().count()) != nullptr, "a time");
}

void sign(X509* certificate, const Key& key, const std::string& digest) {
  const bool has_digest = EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519;
  must(X509_sign(certificate, key.get(),
                 has_digest ? EVP_get_digestbyname(digest.c_str()) : nullptr) > 0,
       "a signature");
}

}  // namespace

std::size_t below(Chance& chance, std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(chance);
}

bool one_in(Chance& chance, std::size_t times) { return below(chance, times) == 0; }

KeyPool::KeyPool() {
  const TempDir folder;
  const auto add = [&](const std::string& kind, int count,
                       const std::vector<std::string>& options) {
    for (int i = 0; i < count; ++i) keys_[kind].push_back(generated(options, folder));
  };
  const auto curve = [](const std::string& name) {
    return std::vector<std::string>{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + name};
  };
  const auto rsa = [](const std::string& bits) {
    return std::vector<std::string>{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + bits};
  };
  add("P-256", 12, curve("P-256"));
  add("P-384", 2, curve("P-384"));
  add("ED25519", 2, {"-algorithm", "ED25519"});
  add("RSA 2048", 4, rsa("2048"));
  add("RSA 1024", 1, rsa("1024"));
  add("P-192", 1, curve("prime192v1"));
  auto spelled_out = curve("P-256");
  spelled_out.insert(spelled_out.end(), {"-pkeyopt", "ec_param_enc:explicit"});
  add("explicit", 1, spelled_out);
}

Key KeyPool::any(const std::string& kind, Chance& chance) const {
  const auto& keys = keys_.at(kind);
  return keys[below(chance, keys.size())];
}

Key KeyPool::sound(Chance& chance) const {
  if (one_in(chance, 8)) return any("RSA 2048", chance);
  if (one_in(chance, 30)) return any("P-384", chance);
  if (one_in(chance, 30)) return any("ED25519", chance);
  return any("P-256", chance);
}

Key KeyPool::other_than(const Key& key, Chance& chance) const {
  for (;;) {
    if (auto other = sound(chance); other != key) return other;
  }
}

void Wanted::set(const std::string& extension, const std::string& value) {
  for (auto& [name, old] : extensions) {
    if (name == extension) {
      old = value;
      return;
    }
  }
  extensions.emplace_back(extension, value);
}

void Wanted::remove(const std::string& extension) {
  std::erase_if(extensions, [&](const auto& one) { return one.first == extension; });
}

std::string Made::pem() const {
  const auto bio = memory();
  PEM_write_bio_X509(bio.get(), x509.get());
  return text_of(bio.get());
}

Made make(const Wanted& wanted, const Made* issuer, Chance& chance) {
  Made made{
      .x509 = shared<X509, X509_free>(X509_new()), .key = wanted.key, .digest = wanted.digest};
  auto* const x509 = made.x509.get();
  X509_set_version(x509, X509_VERSION_3);
  const auto serial = static_cast<std::uint64_t>(chance() >> 1 | 1);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial);
  const auto name = name_of(wanted.common_name);
  X509_set_subject_name(x509, name.get());
  X509_set_issuer_name(x509,
                       issuer == nullptr ? name.get() : X509_get_subject_name(issuer->x509.get()));
  set_time(X509_getm_notBefore(x509), wanted.not_before);
  set_time(X509_getm_notAfter(x509), wanted.not_after);
  must(X509_set_pubkey(x509, wanted.key.get()) == 1, "a public key");

  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer == nullptr ? x509 : issuer->x509.get(), x509, nullptr, nullptr,
                 0);
  X509V3_set_nconf(&context, directories());
  const auto add = [&](const std::string& extension, const std::string& value) {
    auto* const encoded =
        X509V3_EXT_nconf(directories(), &context, extension.c_str(), value.c_str());
    must(encoded != nullptr, extension + "=" + value);
    X509_add_ext(x509, shared<X509_EXTENSION, X509_EXTENSION_free>(encoded).get(), -1);
  };
  if (wanted.key_ids) add("subjectKeyIdentifier", "hash");
  for (const auto& [extension, value] : wanted.extensions) add(extension, value);
  const bool issuer_has_id =
      issuer != nullptr &&
      X509_get_ext_by_NID(issuer->x509.get(), NID_subject_key_identifier, -1) >= 0;
  if (wanted.key_ids && issuer_has_id) add("authorityKeyIdentifier", "keyid:always");
  sign(x509, issuer == nullptr ? wanted.key : issuer->key, wanted.digest);
  return made;
}

Made damaged(const Made& made) {
  unsigned char* der = nullptr;
  const int length = i2d_X509(made.x509.get(), &der);
  must(length > 0, "an encoding");
  const std::shared_ptr<unsigned char> owned(der, [](unsigned char* p) { OPENSSL_free(p); });
  der[length - 1] ^= 1;
  const unsigned char* at = der;
  auto out = made;
  out.x509 = shared<X509, X509_free>(d2i_X509(nullptr, &at, length));
  return out;
}

std::string FreshList::pem() const {
  const auto bio = memory();
  PEM_write_bio_X509_CRL(bio.get(), crl.get());
  return text_of(bio.get());
}

FreshList list_of(const Made& issuer, const std::vector<const Made*>& revoked,
                  std::chrono::sys_seconds now) {
  FreshList list{shared<X509_CRL, X509_CRL_free>(X509_CRL_new())};
  auto* const crl = list.crl.get();
  X509_CRL_set_version(crl, X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer.x509.get()));
  const auto time = shared<ASN1_TIME, ASN1_TIME_free>(ASN1_TIME_new());
  set_time(time.get(), now - std::chrono::days(3));
  X509_CRL_set1_lastUpdate(crl, time.get());
  for (const auto* const one : revoked) {
    auto* const entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(one->x509.get()));
    X509_REVOKED_set_revocationDate(entry, time.get());
    X509_CRL_add0_revoked(crl, entry);
  }
  set_time(time.get(), now + std::chrono::days(30));
  X509_CRL_set1_nextUpdate(crl, time.get());
  const auto number = shared<ASN1_INTEGER, ASN1_INTEGER_free>(ASN1_INTEGER_new());
  ASN1_INTEGER_set(number.get(), 1);
  must(X509_CRL_add1_ext_i2d(crl, NID_crl_number, number.get(), 0, X509V3_ADD_DEFAULT) == 1,
       "the number of a list");
  X509_CRL_sort(crl);
  const bool has_digest = EVP_PKEY_get_base_id(issuer.key.get()) != EVP_PKEY_ED25519;
  must(X509_CRL_sign(crl, issuer.key.get(), has_digest ? EVP_sha256() : nullptr) > 0,
       "a signature on a list");
  return list;
}

}  // namespace sealtone::test
