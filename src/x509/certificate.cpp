// SPDX-License-Identifier: Apache-2.0
//
// x509/certificate: see certificate.h.
#include "x509/certificate.h"

#include <algorithm>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "x509/extensions.h"
#include "x509/facts.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using SharedX509 = std::shared_ptr<X509>;

std::string pem_block(const char* label, base::ByteView der) {
  const Owned<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio(bio.get(), label, "", der.data(), static_cast<long>(der.size()));
  const char* text = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

bool allows(const Certificate& certificate, std::string_view purpose) {
  const auto& usages = certificate.extended_key_usage();
  return !usages || std::ranges::find(*usages, purpose) != usages->end() ||
         std::ranges::find(*usages, "anyExtendedKeyUsage") != usages->end();
}

}  // namespace

base::Result<Certificate> Certificate::from_der(base::ByteView der) {
  const auto* at = der.data();
  SharedX509 native(d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
  if (!native) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "the certificate cannot be decoded (" + crypto::drain_openssl_errors() + ")");
  }
  if (at != der.data() + der.size()) {
    return base::fail(base::ErrorCode::bad_input, "", "something stands behind the certificate");
  }
  const ErrorsKept errors;
  auto facts = read_facts(*native, {der.begin(), der.end()});
  if (!facts) return std::unexpected(facts.error());
  return Certificate(std::move(native), std::move(*facts));
}

base::Result<Certificate> Certificate::from_native(x509_st* shared) {
  const ErrorsKept errors;
  const int length = i2d_X509(shared, nullptr);
  if (length <= 0) {
    return base::fail(base::ErrorCode::bad_input, "", "the certificate cannot be encoded");
  }
  base::Bytes der(static_cast<std::size_t>(length));
  auto* at = der.data();
  i2d_X509(shared, &at);
  X509_up_ref(shared);
  SharedX509 native(shared, X509_free);
  auto facts = read_facts(*native, std::move(der));
  if (!facts) return std::unexpected(facts.error());
  return Certificate(std::move(native), std::move(*facts));
}

bool Certificate::self_signed() const {
  using Answer = Facts::Answer;
  if (!self_issued()) return false;
  auto answer = facts_->self_signed.load(std::memory_order_relaxed);
  if (answer == Answer::unknown) {
    answer = signed_by(*this, *this) ? Answer::yes : Answer::no;
    facts_->self_signed.store(answer, std::memory_order_relaxed);
  }
  return answer == Answer::yes;
}

Certificate::Facts::~Facts() { delete extensions.load(); }

const Extensions& Certificate::extensions() const {
  const auto* known = facts_->extensions.load();
  if (known != nullptr) return *known;
  auto read = std::make_unique<const Extensions>(read_extensions(*this));
  // Where two threads read them at once, both go on with the first one's.
  return facts_->extensions.compare_exchange_strong(known, read.get()) ? *read.release() : *known;
}

std::string Certificate::fingerprint() const { return base::hex_colons(sha256()); }

std::string Certificate::pem() const { return pem_block("CERTIFICATE", der()); }

std::string Certificate::public_key_pem() const {
  unsigned char* spki = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(native()), &spki);
  if (length <= 0) return {};
  auto pem = pem_block("PUBLIC KEY", {spki, static_cast<std::size_t>(length)});
  OPENSSL_free(spki);
  return pem;
}

bool Certificate::matches(const crypto::PrivateKey& key) const {
  const ErrorsKept errors;
  const EVP_PKEY* const own = X509_get0_pubkey(native());
  return own != nullptr && !key.empty() && EVP_PKEY_eq(own, key.native()) == 1;
}

bool signed_by(const Certificate& certificate, const Certificate& issuer) {
  const ErrorsKept errors;
  EVP_PKEY* const key = X509_get0_pubkey(issuer.native());
  return key != nullptr && X509_verify(certificate.native(), key) == 1;
}

bool Certificate::allows_server_use() const { return allows(*this, "serverAuth"); }

bool Certificate::allows_client_use() const { return allows(*this, "clientAuth"); }

}  // namespace sealtone::x509
