// SPDX-License-Identifier: Apache-2.0
//
// bench/verdict_rows: one verdict against X509_verify_cert, and the loading of identities.
#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

#include "bench/authority.h"
#include "bench/rows.h"
#include "bench/servers.h"
#include "crypto/owned.h"
#include "trust/kept_verdicts.h"
#include "x509/parse.h"

namespace sealtone::bench {
namespace {

constexpr auto kName = "prov.example.com";

using crypto::Owned;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // the certificates stay
};

// What OpenSSL does for the same chain: signatures, dates, usages, the name.
class OpensslVerifier {
 public:
  OpensslVerifier(const x509::Certificate& root, const x509::Certificate& intermediate,
                  const x509::Certificate& leaf)
      : store_(X509_STORE_new()), sent_(sk_X509_new_null()), leaf_(leaf) {
    X509_STORE_add_cert(store_.get(), root.native());
    sk_X509_push(sent_.get(), intermediate.native());
  }
  void verify() const {
    const Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store_.get(), leaf_.native(), sent_.get());
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_VERIFY_PARAM_set1_host(X509_STORE_CTX_get0_param(context.get()), kName, 0);
    if (X509_verify_cert(context.get()) != 1) throw std::runtime_error("OpenSSL refuses the chain");
  }

 private:
  Owned<X509_STORE, X509_STORE_free> store_;
  std::unique_ptr<STACK_OF(X509), FreeStack> sent_;
  x509::Certificate leaf_;
};

// What a store of many identities holds for each.
struct Stored {
  base::Bytes certificate, key;  // DER, PKCS#8
  std::string pem;
};

std::vector<Stored> make_identities(int count) {
  Authority authority;
  std::vector<Stored> all;
  for (int i = 0; i < count; ++i) {
    const auto made = authority.client(fmt::format("{:012x}", i));
    all.push_back({made.certificate.der(), value_of(made.key.pkcs8_der()),
                   made.certificate.pem() + value_of(made.key.pkcs8_pem())});
  }
  return all;
}

void load_with_openssl(const Stored& stored) {
  const Owned<BIO, BIO_free_all> text(
      BIO_new_mem_buf(stored.pem.data(), static_cast<int>(stored.pem.size())));
  const Owned<X509, X509_free> certificate(
      PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  const Owned<EVP_PKEY, EVP_PKEY_free> key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  if (!certificate || X509_check_private_key(certificate.get(), key.get()) != 1) {
    throw std::runtime_error("OpenSSL cannot load an identity");
  }
}

x509::DeviceCredential load(const Stored& stored) {
  x509::DeviceCredential credential{{value_of(x509::Certificate::from_der(stored.certificate))},
                                    value_of(crypto::PrivateKey::from_der(stored.key))};
  if (!credential.leaf().matches(credential.key)) throw std::runtime_error("a key does not match");
  return credential;
}

}  // namespace

void verdict_rows(const Scene& scene, Results& results) {
  Authority authority;
  const auto& root = authority.root().certificate;
  const auto& intermediate = authority.intermediate().certificate;
  const auto leaf = authority.server(kName).certificate;
  const std::array presented{leaf, intermediate};
  const auto anchors = std::make_shared<const x509::AnchorSet>(std::vector{root});
  const std::optional reference = trust::ReferenceIdentifier::from_host(kName);
  const trust::Policy policy;
  const OpensslVerifier openssl(root, intermediate, leaf);
  const auto judge = [&](int count) {
    for (int i = 0; i < count; ++i) {
      const auto verdict = trust::judge(presented, *anchors, reference, policy, now());
      if (verdict.decision != trust::Decision::trusted) throw std::runtime_error("not trusted");
    }
  };
  const auto verify = [&](int count) {
    for (int i = 0; i < count; ++i) openssl.verify();
  };
  Row row{"verdict", "one verdict, a chain of three, parsed", "µs", {}, {}, {}};
  row.series = take_turns({{kOurs, judge, own_cpu}, {"X509_verify_cert", verify, own_cpu}},
                          {scene.scale.count(21, 2), scene.scale.count(1'000, 10)});
  row.bars = {at_most(1.3, "X509_verify_cert", row)};
  results.add(row);

  trust::KeptVerdicts kept;
  const auto judge_again = [&](int count) {
    for (int i = 0; i < count; ++i) {
      const auto verdict = kept.judge(presented, anchors, reference, policy, now());
      if (verdict.decision != trust::Decision::trusted) throw std::runtime_error("not trusted");
    }
  };
  Row again{"verdict-again", "the same verdict again within a minute", "µs", {}, {}, {}};
  again.series = take_turns({{kOurs, judge_again, own_cpu}},
                            {scene.scale.count(21, 2), scene.scale.count(10'000, 10)});
  again.bars = {{"≤ 5 µs", 5}};
  results.add(again);
}

void identities_row(const Scene& scene, Results& results) {
  const int count = scene.scale.count(10'000, 20);
  const auto identities = make_identities(count);
  const auto ours = [&](int) {
    std::vector<x509::DeviceCredential> loaded;
    for (const auto& identity : identities) loaded.push_back(load(identity));
  };
  const auto openssl = [&](int) {
    for (const auto& identity : identities) load_with_openssl(identity);
  };
  Row row{"identities", fmt::format("{} identities loaded (DER)", count), "s", {}, {}, {}};
  row.series = take_turns({{kOurs, ours, own_cpu}, {"OpenSSL from PEM", openssl, own_cpu}}, {3, 1});
  constexpr double micros = 1e6;
  for (auto& [name, spread] : row.series) {
    spread.median /= micros;
    spread.lowest /= micros;
    spread.highest /= micros;
  }
  row.bars = {{"≤ 1.5 s", 1.5}};
  results.add(row);
}

}  // namespace sealtone::bench
