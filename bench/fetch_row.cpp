// SPDX-License-Identifier: Apache-2.0
//
// bench/fetch_row: a configuration file over a new mutual-TLS connection, each with a certificate
// of its own, from nginx.
#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "bench/authority.h"
#include "bench/load.h"
#include "bench/rows.h"
#include "bench/servers.h"
#include "http/fetch.h"
#include "support/loop.h"
#include "tls/kept_chains.h"

namespace sealtone::bench {
namespace {

constexpr std::size_t kFileSize = 1'500;

// One phone: its certificate parsed for us and the bare loop, in PEM for libcurl, as files for
// curl.
struct Client {
  x509::DeviceCredential credential;
  std::string certificate_pem, key_pem;
  std::filesystem::path certificate_file, key_file;
};

// The server that demands a certificate, and those who have one.
struct Fleet {
  test::TempDir folder;
  std::filesystem::path root_file;
  x509::Certificate root;
  std::vector<Client> clients;
  std::unique_ptr<test::Nginx> nginx;
  std::string url;

  Fleet(const Scene& scene, int count);
};

Fleet::Fleet(const Scene& scene, int count)
    : root_file(scene.root.certificate),
      root(value_of(x509::Certificate::from_der(base::view(test::read_text(scene.root.der))))) {
  Authority authority;
  for (int i = 0; i < count; ++i) {
    const auto made = authority.client(fmt::format("{:012x}", i));
    Client client{
        {{made.certificate, authority.intermediate().certificate}, made.key}, {}, {}, {}, {}};
    client.certificate_pem = made.certificate.pem() + authority.intermediate().certificate.pem();
    client.key_pem = value_of(made.key.pkcs8_pem());
    client.certificate_file = folder.write(fmt::format("{}.pem", i), client.certificate_pem);
    client.key_file = folder.write(fmt::format("{}-key.pem", i), client.key_pem);
    clients.push_back(std::move(client));
  }
  const auto trusted = folder.write("clients-root.pem", authority.root().certificate.pem());
  test::Nginx::Options options;
  options.server = test::nginx_identity(scene.p256) +
                   " ssl_protocols TLSv1.3; ssl_client_certificate " + trusted.string() +
                   "; ssl_verify_client on; ssl_verify_depth 3;";
  nginx = std::make_unique<test::Nginx>(options);
  test::write_text(nginx->folder() / "y000000000000.cfg", std::string(kFileSize, '#'));
  url = fmt::format("https://127.0.0.1:{}/y000000000000.cfg", nginx->port());
}

void expect_whole(std::size_t size, const char* who) {
  if (size != kFileSize) throw std::runtime_error(fmt::format("{} did not get the file", who));
}

// As the phone does it: contexts built before, the verdict, the record, the HTTP client.
class OurFetches {
 public:
  explicit OurFetches(const Fleet& fleet)
      : fleet_(fleet), url_(value_of(base::parse_url(fleet.url))) {
    options_.anchors =
        std::make_shared<const x509::AnchorSet>(std::vector<x509::Certificate>{fleet.root});
    for (const auto& client : fleet.clients) {
      tls::ContextOptions wanted;
      wanted.credential = client.credential;
      contexts_.push_back(value_of(tls::Context::build(wanted)));
    }
  }
  void fetch(int count) {
    options_.now = now();
    options_.kept = kept_;
    for (int i = 0; i < count; ++i) {
      options_.context = contexts_.at(static_cast<std::size_t>(i) % contexts_.size());
      const auto fetched = test::finish(loop_, http::fetch(url_, options_));
      expect_whole(fetched.ok() ? (*fetched.response)->body.size() : 0, kOurs);
    }
  }

 private:
  const Fleet& fleet_;
  base::Url url_;
  net::asio::io_context loop_;
  http::FetchOptions options_;
  std::shared_ptr<tls::KeptChains> kept_ = std::make_shared<tls::KeptChains>();
  std::vector<std::shared_ptr<const tls::Context>> contexts_;
};

// The least that does the same with OpenSSL alone: one context, blocking calls.
class BareFetches {
 public:
  explicit BareFetches(const Fleet& fleet)
      : fleet_(fleet), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_file(context_.get(), fleet.root_file.c_str()) != 1) {
      throw std::runtime_error("bare OpenSSL: the root was not taken");
    }
  }
  void fetch(int count) const {
    for (int i = 0; i < count; ++i) {
      fetch_one(fleet_.clients.at(static_cast<std::size_t>(i) % fleet_.clients.size()));
    }
  }

 private:
  void fetch_one(const Client& client) const {
    const Dialled dialled(fleet_.nginx->port());
    const Ssl ssl(SSL_new(context_.get()));
    SSL_set_fd(ssl.get(), dialled.descriptor());
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), "127.0.0.1");
    const auto& chain = client.credential.chain;
    SSL_use_certificate(ssl.get(), chain.at(0).native());
    SSL_use_PrivateKey(ssl.get(), client.credential.key.native());
    SSL_add1_chain_cert(ssl.get(), chain.at(1).native());
    if (SSL_connect(ssl.get()) != 1) throw std::runtime_error("bare OpenSSL: no connection");
    const auto request = fmt::format(
        "GET /y000000000000.cfg HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        fleet_.nginx->port());
    SSL_write(ssl.get(), request.data(), static_cast<int>(request.size()));
    std::string answer;
    std::array<char, 16'384> piece{};
    for (int got = 1; got > 0;) {
      got = SSL_read(ssl.get(), piece.data(), piece.size());
      if (got > 0) answer.append(piece.data(), static_cast<std::size_t>(got));
    }
    SSL_shutdown(ssl.get());
    expect_whole(answer.size() - answer.find("\r\n\r\n") - 4, "bare OpenSSL");
  }

  const Fleet& fleet_;
  SslContext context_;
};

std::size_t count_octets(char*, std::size_t one, std::size_t size, void* total) {
  *static_cast<std::size_t*>(total) += one * size;
  return one * size;
}

curl_blob blob_of(const std::string& text) {
  return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
}

void fetch_with_libcurl(const Fleet& fleet, int count) {
  for (int i = 0; i < count; ++i) {
    const auto& client = fleet.clients.at(static_cast<std::size_t>(i) % fleet.clients.size());
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(),
                                                                   curl_easy_cleanup);
    auto certificate = blob_of(client.certificate_pem);
    auto key = blob_of(client.key_pem);
    std::size_t got = 0;
    curl_easy_setopt(easy.get(), CURLOPT_URL, fleet.url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_CAINFO, fleet.root_file.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_SSLCERT_BLOB, &certificate);
    curl_easy_setopt(easy.get(), CURLOPT_SSLKEY_BLOB, &key);
    curl_easy_setopt(easy.get(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, count_octets);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &got);
    if (const auto failed = curl_easy_perform(easy.get()); failed != CURLE_OK) {
      throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(failed));
    }
    expect_whole(got, "libcurl");
  }
}

void fetch_with_curl(const Fleet& fleet, int count) {
  std::string config = "parallel\nparallel-max = 8\nsilent\nshow-error\n";
  for (int i = 0; i < count; ++i) {
    const auto& client = fleet.clients.at(static_cast<std::size_t>(i) % fleet.clients.size());
    config += fmt::format(
        "{}fail\nurl = \"{}\"\ncacert = \"{}\"\ncert = \"{}\"\nkey = \"{}\"\noutput = \"{}\"\n",
        i == 0 ? "" : "next\n", fleet.url, fleet.root_file.string(),
        client.certificate_file.string(), client.key_file.string(),
        (fleet.folder.path() / fmt::format("{}.out", i)).string());
  }
  const auto file = fleet.folder.write("curl.cfg", config);
  test::run_ok({"curl", "--config", file.string()});
  for (int i = 0; i < count; ++i) {
    const auto out = fleet.folder.path() / fmt::format("{}.out", i);
    expect_whole(std::filesystem::file_size(out), "curl");
    std::filesystem::remove(out);
  }
}

}  // namespace

void fetch_row(const Scene& scene, Results& results) {
  const int count = scene.scale.count(100, 4);
  const Fleet fleet(scene, count);
  OurFetches ours(fleet);
  const BareFetches bare(fleet);
  Row row{"fetch", "fetch over a new mutual-TLS connection, own certificate", "µs", {}, {}, {}};
  row.series =
      take_turns({{kOurs, [&](int n) { ours.fetch(n); }, own_cpu},
                  {"bare OpenSSL", [&](int n) { bare.fetch(n); }, own_cpu},
                  {"libcurl", [&](int n) { fetch_with_libcurl(fleet, n); }, own_cpu},
                  {"curl --parallel", [&](int n) { fetch_with_curl(fleet, n); }, cpu_of_children}},
                 {scene.scale.count(15, 2), count});
  row.bars = {at_most(1.10, "bare OpenSSL", row), at_most(0.45, "curl --parallel", row)};
  results.add(row);
}

}  // namespace sealtone::bench
