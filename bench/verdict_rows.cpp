// SPDX-License-Identifier: Apache-2.0
//
// bench/verdict_rows: verdicts against X509_verify_cert and GnuTLS, and the loading of identities.
#include <fmt/format.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
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

constexpr auto kJudgedName = "prov.example.com";

using crypto::Owned;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // the certificates stay
};

// A chain, the peer's own first, that ends in what is trusted.
using Chain = std::vector<x509::Certificate>;

// What OpenSSL does for the same chain: signatures, dates, usages, the name.
class OpensslVerifier {
 public:
  explicit OpensslVerifier(const Chain& chain)
      : store_(X509_STORE_new()), sent_(sk_X509_new_null()), leaf_(chain.front()) {
    X509_STORE_add_cert(store_.get(), chain.back().native());
    for (std::size_t at = 1; at + 1 < chain.size(); ++at) {
      sk_X509_push(sent_.get(), chain[at].native());
    }
  }
  void verify() const {
    const Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store_.get(), leaf_.native(), sent_.get());
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    auto* const wanted = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(wanted, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set1_host(wanted, kJudgedName, 0);
    if (X509_verify_cert(context.get()) != 1) throw std::runtime_error("OpenSSL refuses the chain");
  }

 private:
  Owned<X509_STORE, X509_STORE_free> store_;
  std::unique_ptr<STACK_OF(X509), FreeStack> sent_;
  x509::Certificate leaf_;
};

// What GnuTLS does.
class GnutlsVerifier {
 public:
  explicit GnutlsVerifier(const Chain& chain) {
    for (const auto& certificate : chain) {
      auto der = certificate.der();
      const gnutls_datum_t octets{der.data(), static_cast<unsigned int>(der.size())};
      auto& made = chain_.emplace_back();
      gnutls_x509_crt_init(&made);
      if (gnutls_x509_crt_import(made, &octets, GNUTLS_X509_FMT_DER) != GNUTLS_E_SUCCESS) {
        throw std::runtime_error("GnuTLS cannot read a certificate");
      }
    }
    gnutls_x509_trust_list_init(&list_, 0);
    gnutls_x509_trust_list_add_cas(list_, &chain_.back(), 1, 0);
  }
  ~GnutlsVerifier() {
    gnutls_x509_trust_list_deinit(list_, 0);
    for (auto* const certificate : chain_) gnutls_x509_crt_deinit(certificate);
  }
  GnutlsVerifier(const GnutlsVerifier&) = delete;
  GnutlsVerifier& operator=(const GnutlsVerifier&) = delete;

  void verify() {
    std::string host = kJudgedName, purpose = GNUTLS_KP_TLS_WWW_SERVER;
    std::array<gnutls_typed_vdata_st, 2> wanted{
        {{GNUTLS_DT_DNS_HOSTNAME, reinterpret_cast<unsigned char*>(host.data()), 0},
         {GNUTLS_DT_KEY_PURPOSE_OID, reinterpret_cast<unsigned char*>(purpose.data()), 0}}};
    // The trusted one is not sent, but where it is the server's own.
    const auto sent = std::max<std::size_t>(chain_.size() - 1, 1);
    unsigned int status = 0;
    if (gnutls_x509_trust_list_verify_crt2(list_, chain_.data(), static_cast<unsigned int>(sent),
                                           wanted.data(), wanted.size(), 0, &status,
                                           nullptr) != GNUTLS_E_SUCCESS ||
        status != 0) {
      throw std::runtime_error("GnuTLS refuses the chain");
    }
  }

 private:
  std::vector<gnutls_x509_crt_t> chain_;
  gnutls_x509_trust_list_t list_ = nullptr;
};

// What the phone does, with the trusted certificates of a list.
class Judge {
 public:
  Judge(const Chain& chain, std::vector<x509::Certificate> trusted)
      : presented_(chain.begin(), chain.end() - (chain.size() > 1 ? 1 : 0)),
        anchors_(std::make_shared<const x509::AnchorSet>(std::move(trusted))) {}

  void judge() const { accept(trust::judge(presented_, *anchors_, reference_, policy_, now())); }
  void judge_by(trust::KeptVerdicts& kept) const {
    accept(kept.judge(presented_, anchors_, reference_, policy_, now()));
  }

 private:
  static void accept(const trust::Verdict& verdict) {
    if (verdict.decision != trust::Decision::trusted) throw std::runtime_error("not trusted");
  }
  Chain presented_;
  std::shared_ptr<const x509::AnchorSet> anchors_;
  std::optional<trust::ReferenceIdentifier> reference_ =
      trust::ReferenceIdentifier::from_host(kJudgedName);
  trust::Policy policy_;
};

x509::Certificate read(const test::Identity& identity) {
  const auto contents = x509::parse(base::view(identity.pem()), identity.name);
  return value_of(contents).certificates.front();
}

// Made by the openssl tool, all keys of one kind: chains of one to four certificates.
std::vector<Chain> chains_of(const std::string& key) {
  test::Certificates made;
  const auto authority = [&](const std::string& name) {
    test::Wish wish;
    wish.common_name = name;
    wish.key = key;
    wish.ca = true;
    return wish;
  };
  test::Wish server;
  server.common_name = kJudgedName;
  server.names = {std::string("DNS:") + kJudgedName};
  server.key = key;
  server.extended_key_usage = "serverAuth";
  const auto root = made.self_signed("root", authority("Root"));
  const auto upper = made.issue("upper", authority("Upper CA"), root);
  const auto lower = made.issue("lower", authority("Lower CA"), upper);
  return {{read(made.self_signed("one", server))},
          {read(made.issue("two", server, root)), read(root)},
          {read(made.issue("three", server, upper)), read(upper), read(root)},
          {read(made.issue("four", server, lower)), read(lower), read(upper), read(root)}};
}

std::function<void(int)> times(std::function<void()> once) {
  return [once = std::move(once)](int count) {
    for (int i = 0; i < count; ++i) once();
  };
}

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
  const Plan plan{scene.scale.count(21, 2), scene.scale.count(500, 10)};
  for (const auto& [key, name] : {std::pair{"rsa:2048", "RSA 2048"}, {"ec", "P-256"}}) {
    const auto chains = chains_of(key);
    for (const auto& chain : chains) {
      const Judge judge(chain, {chain.back()});
      const OpensslVerifier openssl(chain);
      GnutlsVerifier gnutls(chain);
      Row row{fmt::format("verdict-{}-{}", name, chain.size()),
              fmt::format("one verdict, {}, a chain of {}, parsed", name, chain.size()),
              "µs",
              {},
              {},
              {}};
      std::ranges::replace(row.id, ' ', '-');
      row.series = take_turns({{kOurs, times([&] { judge.judge(); }), own_cpu},
                               {"X509_verify_cert", times([&] { openssl.verify(); }), own_cpu},
                               {"GnuTLS", times([&] { gnutls.verify(); }), own_cpu}},
                              plan);
      row.bars = {at_most(1.3, "X509_verify_cert", row)};
      results.add(row);
    }
  }

  const auto chain = chains_of("ec").at(2);
  const Judge judge(chain, {chain.back()});
  trust::KeptVerdicts kept;
  Row again{"verdict-again", "the same verdict again within a minute", "µs", {}, {}, {}};
  again.series = take_turns({{kOurs, times([&] { judge.judge_by(kept); }), own_cpu}},
                            {scene.scale.count(21, 2), scene.scale.count(10'000, 10)});
  again.bars = {{"≤ 5 µs", 5}};
  results.add(again);

  Authority authority;
  auto many = authority.roots(scene.scale.count(1'000, 100) - 1);
  many.push_back(chain.back());
  const Judge among_many(chain, many);
  const Judge among_few(chain, {many.end() - 10, many.end()});
  Row anchors{"verdict-anchors",
              fmt::format("one verdict, P-256, a chain of 3, {} trusted certificates", many.size()),
              "µs",
              {},
              {},
              {}};
  anchors.series = take_turns({{kOurs, times([&] { among_many.judge(); }), own_cpu},
                               {"with 10 of them", times([&] { among_few.judge(); }), own_cpu}},
                              plan);
  anchors.bars = {at_most(1.1, "with 10 of them", anchors)};
  anchors.notes = {
      fmt::format("{:.2f} times what it costs with 10",
                  anchors.series.at(0).spread.median / anchors.series.at(1).spread.median)};
  results.add(anchors);
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
