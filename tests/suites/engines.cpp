// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/engines: see engines.h.
#include "suites/engines.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

namespace sealtone::test {
namespace {

constexpr int kSecurityLevel = 2;  // 112 bits: RSA 2048, no SHA-1

template <typename T>
std::vector<unsigned char> der_of(const T* object, int (*encode)(const T*, unsigned char**)) {
  std::vector<unsigned char> der(static_cast<std::size_t>(encode(object, nullptr)));
  auto* at = der.data();
  encode(object, &at);
  return der;
}

gnutls_datum_t datum(std::vector<unsigned char>& octets) {
  return {octets.data(), static_cast<unsigned int>(octets.size())};
}

// GnuTLS asks for the time through a function without an argument.
time_t gnutls_now = 0;
time_t told_time(time_t* out) {
  if (out != nullptr) *out = gnutls_now;
  return gnutls_now;
}

// Certificates of one list as GnuTLS has them; those that it cannot read are left out.
class GnutlsCertificates {
 public:
  explicit GnutlsCertificates(const std::vector<const Made*>& made) {
    for (const auto* const one : made) {
      auto der = der_of<X509>(one->x509.get(), i2d_X509);
      const auto octets = datum(der);
      gnutls_x509_crt_t certificate = nullptr;
      gnutls_x509_crt_init(&certificate);
      if (gnutls_x509_crt_import(certificate, &octets, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS) {
        all_.push_back(certificate);
      } else {
        gnutls_x509_crt_deinit(certificate);
        if (one == made.front()) first_unreadable_ = true;
      }
    }
  }
  ~GnutlsCertificates() {
    for (auto* const one : all_) gnutls_x509_crt_deinit(one);
  }
  GnutlsCertificates(const GnutlsCertificates&) = delete;
  GnutlsCertificates& operator=(const GnutlsCertificates&) = delete;
  [[nodiscard]] std::vector<gnutls_x509_crt_t>& all() { return all_; }
  [[nodiscard]] bool first_unreadable() const { return first_unreadable_; }

 private:
  std::vector<gnutls_x509_crt_t> all_;
  bool first_unreadable_ = false;
};

std::vector<const Made*> pointers(const std::vector<Made>& made, const Made* first = nullptr) {
  std::vector<const Made*> out;
  if (first != nullptr) out.push_back(first);
  for (const auto& one : made) out.push_back(&one);
  return out;
}

std::shared_ptr<gnutls_x509_trust_list_st> gnutls_list(const FreshCase& fresh,
                                                       GnutlsCertificates& trusted) {
  gnutls_x509_trust_list_t made = nullptr;
  gnutls_x509_trust_list_init(&made, 0);
  std::shared_ptr<gnutls_x509_trust_list_st> list(
      made, [](gnutls_x509_trust_list_t one) { gnutls_x509_trust_list_deinit(one, 0); });
  gnutls_x509_trust_list_add_cas(made, trusted.all().data(),
                                 static_cast<unsigned int>(trusted.all().size()), 0);
  for (const auto& one : fresh.lists) {
    auto der = der_of<X509_CRL>(one.crl.get(), i2d_X509_CRL);
    const auto octets = datum(der);
    // Read and added in one call, which keeps it.
    if (gnutls_x509_trust_list_add_trust_mem(made, nullptr, &octets, GNUTLS_X509_FMT_DER, 0, 0) <
        1) {
      throw std::runtime_error("GnuTLS does not take a revocation list");
    }
  }
  return list;
}

}  // namespace

EngineAnswer ask_openssl(const FreshCase& fresh) {
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  for (const auto& one : fresh.trusted) X509_STORE_add_cert(store.get(), one.x509.get());
  for (const auto& one : fresh.lists) X509_STORE_add_crl(store.get(), one.crl.get());
  const std::shared_ptr<STACK_OF(X509)> sent(sk_X509_new_null(),
                                             [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
  for (const auto& one : fresh.sent) sk_X509_push(sent.get(), one.x509.get());
  const std::shared_ptr<X509_STORE_CTX> context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), fresh.leaf.x509.get(), sent.get());
  X509_STORE_CTX_set_default(context.get(), "ssl_server");
  auto* const wanted = X509_STORE_CTX_get0_param(context.get());
  unsigned long flags = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK;
  if (fresh.explicit_policy) flags |= X509_V_FLAG_EXPLICIT_POLICY;
  // Any policy will do (RFC 5280 §6.1.1 (c)); without that OpenSSL accepts none.
  X509_VERIFY_PARAM_add0_policy(wanted, OBJ_txt2obj("2.5.29.32.0", 1));
  if (!fresh.lists.empty()) flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL;
  X509_VERIFY_PARAM_set_flags(wanted, flags);
  X509_VERIFY_PARAM_set_time(wanted, fresh.now.time_since_epoch().count());
  X509_VERIFY_PARAM_set_auth_level(wanted, kSecurityLevel);
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (fresh.by_address) {
    X509_VERIFY_PARAM_set1_ip_asc(wanted, fresh.host.c_str());
  } else {
    X509_VERIFY_PARAM_set1_host(wanted, fresh.host.c_str(), 0);
  }
  const bool accepts = X509_verify_cert(context.get()) == 1;
  return {accepts, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()))};
}

EngineAnswer ask_gnutls(const FreshCase& fresh) {
  gnutls_now = fresh.now.time_since_epoch().count();
  gnutls_global_set_time_function(told_time);
  GnutlsCertificates chain(pointers(fresh.sent, &fresh.leaf));
  if (chain.first_unreadable()) return {false, "the certificate cannot be read"};
  GnutlsCertificates trusted(pointers(fresh.trusted));
  const auto list = gnutls_list(fresh, trusted);

  std::string host = fresh.host, purpose = GNUTLS_KP_TLS_WWW_SERVER;
  std::shared_ptr<ASN1_OCTET_STRING> address;
  std::array<gnutls_typed_vdata_st, 2> wanted{};
  wanted[0] = {GNUTLS_DT_DNS_HOSTNAME, reinterpret_cast<unsigned char*>(host.data()), 0};
  if (fresh.by_address) {
    address.reset(a2i_IPADDRESS(host.c_str()), ASN1_OCTET_STRING_free);
    auto* const octets = const_cast<unsigned char*>(ASN1_STRING_get0_data(address.get()));
    wanted[0] = {GNUTLS_DT_IP_ADDRESS, octets,
                 static_cast<unsigned int>(ASN1_STRING_length(address.get()))};
  }
  wanted[1] = {GNUTLS_DT_KEY_PURPOSE_OID, reinterpret_cast<unsigned char*>(purpose.data()), 0};
  unsigned int status = 0;
  const int done = gnutls_x509_trust_list_verify_crt2(
      list.get(), chain.all().data(), static_cast<unsigned int>(chain.all().size()), wanted.data(),
      wanted.size(), GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM), &status, nullptr);
  if (done != GNUTLS_E_SUCCESS) return {false, gnutls_strerror(done)};
  gnutls_datum_t words{};
  gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &words, 0);
  EngineAnswer answer{status == 0, reinterpret_cast<const char*>(words.data)};
  gnutls_free(words.data);
  return answer;
}

}  // namespace sealtone::test
