// SPDX-License-Identifier: Apache-2.0
//
// http over TLS: which responses a connection that ends without close_notify cuts short.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "http/fetch.h"
#include "support/loop.h"
#include "support/peers.h"

namespace sealtone::http {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using trust::FindingCode;

std::string tls_file(const std::string& name) {
  return std::string(SEALTONE_TEST_DATA) + "/tls/" + name + ".pem";
}

// Answers who names no user with the first, others with the second, and closes the TCP connection
// behind either.
class Abrupt {
 public:
  Abrupt(std::string first, std::string second)
      : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free),
        first_(std::move(first)),
        second_(std::move(second)) {
    SSL_CTX_use_certificate_file(context_.get(), tls_file("server").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context_.get(), tls_file("server").c_str(), SSL_FILETYPE_PEM);
  }
  [[nodiscard]] Fetched asked() const {
    FetchOptions options;
    options.context = tls::Context::build({}).value();
    options.anchors = std::make_shared<x509::AnchorSet>(
        x509::parse(base::view(test::read_text(tls_file("root"))), "root").value().certificates);
    options.now = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
    options.user = "phone";
    options.password = "made-for-the-test";
    net::asio::io_context loop;
    const auto url = "https://localhost:" + std::to_string(server_.port()) + "/a.cfg";
    return test::finish(loop, fetch(base::parse_url(url).value(), std::move(options)));
  }

 private:
  void serve(int descriptor) const {
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), descriptor);
    if (SSL_accept(ssl.get()) != 1) return;
    std::string request(4'096, '\0');
    if (SSL_read(ssl.get(), request.data(), static_cast<int>(request.size())) <= 0) return;
    const auto& answer = request.find("Authorization") == std::string::npos ? first_ : second_;
    SSL_write(ssl.get(), answer.data(), static_cast<int>(answer.size()));
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::string first_, second_;
  test::ScriptedServer server_{[this](int descriptor) { serve(descriptor); }};
};

const std::string kAsks = " 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"phones\"\r\n";
const std::string kWhole = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nconfig";

TEST(Ending, BehindAWholeQuestionForAUserCutsNothingShort) {
  for (const std::string version : {"HTTP/1.0", "HTTP/1.1"}) {
    const Abrupt server(version + kAsks + "Content-Length: 4\r\n\r\nwho?", kWhole);
    const auto fetched = server.asked();
    ASSERT_TRUE(fetched.ok()) << version;
    EXPECT_EQ((*fetched.response)->body, "config");
    ASSERT_THAT(fetched.connections, SizeIs(2));
    for (const auto& connection : fetched.connections) {
      EXPECT_THAT(connection.verdict.findings, IsEmpty()) << version;
    }
  }
}

// RFC 9112 §9.8: a response that ends with the connection "is complete only if a valid closure
// alert has been received."
TEST(Ending, OfAResponseWithoutALengthIsWhereItMayBeCutShort) {
  const auto unasked = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nconfig";
  const auto fetched = Abrupt(unasked, kWhole).asked();
  EXPECT_FALSE(fetched.ok());
  EXPECT_TRUE(fetched.connections.at(0).verdict.has(FindingCode::truncated));

  const auto question = Abrupt("HTTP/1.0" + kAsks + "\r\nwho?", kWhole).asked();
  EXPECT_FALSE(question.ok());
  EXPECT_TRUE(question.connections.at(0).verdict.has(FindingCode::truncated));
}

TEST(Ending, BeforeALengthIsFullIsWhereItIsCutShort) {
  const Abrupt server("HTTP/1.1" + kAsks + "Content-Length: 0\r\n\r\n",
                      "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nconfig");
  const auto fetched = server.asked();
  EXPECT_FALSE(fetched.ok());
  EXPECT_THAT(fetched.connections.at(0).verdict.findings, IsEmpty());
  EXPECT_TRUE(fetched.connections.back().verdict.has(FindingCode::truncated));
}

}  // namespace
}  // namespace sealtone::http
