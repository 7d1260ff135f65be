// SPDX-License-Identifier: Apache-2.0
//
// http/fetch: against nginx: verdicts, redirects, credentials, client certificates.
#include "http/fetch.h"

#include <gmock/gmock.h>

#include "support/fault_proxy.h"
#include "support/loop.h"
#include "support/peers.h"

namespace sealtone::http {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;
using test::kNginxAsksForAnyUser;
using test::Nginx;
using ::testing::HasSubstr;
using trust::Decision;
using trust::FindingCode;

std::string file(const std::string& name) {
  return std::string(SEALTONE_TEST_DATA) + "/tls/" + name + ".pem";
}
x509::Contents contents(const std::string& name) {
  const auto text = test::read_text(file(name));
  return x509::parse(base::view(text), name).value();
}

// Logs what a request brought along.
Nginx nginx(const std::string& server, const std::string& certificate = "server", bool tls = true) {
  Nginx::Options options;
  options.tls = tls;
  options.log_format = "$status <$http_authorization> $request";
  const auto own = file(certificate);
  if (tls) options.server = "ssl_certificate " + own + "; ssl_certificate_key " + own + ";";
  options.server += server;
  return Nginx(options);
}

FetchOptions trusting(const std::string& anchor, const std::string& own = "") {
  tls::ContextOptions context;
  if (!own.empty()) context.credential = x509::device_credential(contents(own), own).value();
  FetchOptions options;
  options.context = tls::Context::build(context).value();
  options.anchors = std::make_shared<x509::AnchorSet>(
      anchor.empty() ? std::vector<x509::Certificate>{}
                     : std::vector{contents(anchor).certificates.at(0)});
  options.now = std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1};
  return options;
}

std::string https(const Nginx& server, const std::string& target = "/") {
  return "https://localhost:" + std::to_string(server.port()) + target;
}

Fetched get(const std::string& url, const FetchOptions& options) {
  net::asio::io_context loop;
  return finish(loop, fetch(base::parse_url(url).value(), options));
}

ErrorCode error_of(const Fetched& fetched) {
  if (!fetched.response || *fetched.response) throw std::runtime_error("there is no error");
  return fetched.response->error().code;
}

TEST(Fetch, GetsAFileFromATrustedServer) {
  auto server = nginx("location / { return 200 'config'; }");
  const auto fetched = get(https(server, "/y000000000000.cfg?x=1"), trusting("root"));
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ((*fetched.response)->body, "config");
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::trusted);
  EXPECT_GT(fetched.connections[0].record.application_sent, 0U);
  EXPECT_EQ(server.stop(), "200 <-> GET /y000000000000.cfg?x=1 HTTP/1.1\n");
}

TEST(Fetch, SendsARefusedServerNothing) {
  auto server = nginx("location / { return 200 'config'; } ssl_verify_client optional_no_ca;");
  auto options = trusting("other-root", "client");
  options.user = "phone";
  options.password = "secret";
  const auto fetched = get(https(server), options);
  EXPECT_FALSE(fetched.response);
  EXPECT_FALSE(fetched.unreachable);
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::untrusted);
  EXPECT_EQ(fetched.connections[0].record.application_sent, 0U);
  EXPECT_TRUE(fetched.connections[0].record.client_chain.empty());
  EXPECT_EQ(server.stop(), "");
}

TEST(Fetch, SendsTheCredentialsGivenAndBeforeThemThoseOfTheUrl) {
  auto server = nginx(std::string(kNginxAsksForAnyUser) + "location / { return 200 'config'; }");
  auto options = trusting("root");
  options.user = "Aladdin";
  options.password = "open sesame";
  EXPECT_TRUE(get(https(server), options).ok());
  auto url = https(server);
  url.replace(0, 8, "https://test:1%3A2@");
  const auto fetched = get(url, options);
  EXPECT_TRUE(fetched.ok());
  EXPECT_EQ(fetched.final_url.user, "");
  EXPECT_EQ(fetched.connections[0].url.password, "");
  EXPECT_EQ(server.stop(),
            "401 <-> GET / HTTP/1.1\n200 <Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==> GET / HTTP/1.1\n"
            "401 <-> GET / HTTP/1.1\n200 <Basic dGVzdDoxOjI=> GET / HTTP/1.1\n");
  EXPECT_EQ(fetched.connections.size(), 1U);
}

TEST(Fetch, DoesNotAskAgainWhenTheCredentialsAreWrong) {
  for (const std::string& asks : {std::string(), std::string(kNginxAsksForAnyUser)}) {
    auto server = nginx(asks + "location / { return 401; }");
    auto options = trusting("root");
    options.user = "phone";
    const auto fetched = get(https(server), options);
    ASSERT_TRUE(fetched.response && *fetched.response);
    EXPECT_EQ((*fetched.response)->status, 401);
    EXPECT_FALSE(fetched.ok());
    EXPECT_EQ(fetched.connections.size(), 1U);
    const std::string given = asks.empty() ? "" : "401 <Basic cGhvbmU6> GET / HTTP/1.1\n";
    EXPECT_EQ(server.stop(), "401 <-> GET / HTTP/1.1\n" + given);
  }
}

TEST(Fetch, FollowsRedirectsWithinTheOriginWithItsCredentials) {
  auto server = nginx(std::string(kNginxAsksForAnyUser) +
                      "location /a { return 302 /b; } location /b { return 200 'here'; }");
  auto options = trusting("root");
  options.user = "u";
  const auto fetched = get(https(server, "/a"), options);
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ((*fetched.response)->body, "here");
  EXPECT_EQ(fetched.connections.size(), 2U);
  EXPECT_EQ(fetched.final_url.target, "/b");
  EXPECT_EQ(server.stop(),
            "401 <-> GET /a HTTP/1.1\n302 <Basic dTo=> GET /a HTTP/1.1\n"
            "200 <Basic dTo=> GET /b HTTP/1.1\n");
}

TEST(Fetch, TakesNoCredentialsToAnotherOrigin) {
  auto second = nginx(std::string(kNginxAsksForAnyUser) + "location / { return 200 'there'; }");
  auto address = https(second, "/c");
  address.replace(0, 8, "https://evil:evil@");
  auto first = nginx("location / { return 301 " + address + "; }");
  auto options = trusting("root");
  options.user = "u";
  EXPECT_FALSE(get(https(first), options).ok());
  EXPECT_EQ(second.stop(), "401 <-> GET /c HTTP/1.1\n");
}

TEST(Fetch, JudgesTheServerItIsRedirectedTo) {
  auto second = nginx("location / { return 200 'there'; }", "server-rsa");
  auto first = nginx("location / { return 307 " + https(second) + "; }");
  const auto fetched = get(https(first), trusting("root"));
  EXPECT_FALSE(fetched.response);
  ASSERT_EQ(fetched.connections.size(), 2U);
  EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::trusted);
  EXPECT_EQ(fetched.connections[1].verdict.decision, Decision::untrusted);
  EXPECT_EQ(fetched.connections[1].record.application_sent, 0U);
  EXPECT_EQ(fetched.final_url.port, second.port());
  EXPECT_EQ(second.stop(), "");
}

TEST(Fetch, DoesNotGoFromHttpsToHttp) {
  auto plain = nginx("location / { return 200 'open'; }", "", false);
  const auto target = "http://localhost:" + std::to_string(plain.port()) + "/";
  auto first = nginx("location / { return 302 " + target + "; }");
  const auto fetched = get(https(first), trusting("root"));
  EXPECT_EQ(error_of(fetched), ErrorCode::not_allowed);
  EXPECT_THAT(fetched.response->error().detail, HasSubstr(target));
  EXPECT_EQ(plain.stop(), "");
}

TEST(Fetch, GoesFromHttpToHttps) {
  auto second = nginx("location / { return 200 'safe'; }");
  auto plain = nginx("location / { return 302 " + https(second) + "; }", "", false);
  const auto url = "http://localhost:" + std::to_string(plain.port()) + "/";
  const auto fetched = get(url, trusting("root"));
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ(fetched.connections.size(), 1U);
}

TEST(Fetch, FollowsFiveRedirectsAndNotSix) {
  auto server = nginx(
      "location /0 { return 200 'end'; } location /1 { return 302 /0; }"
      "location /2 { return 302 /1; } location /3 { return 302 /2; }"
      "location /4 { return 302 /3; } location /5 { return 302 /4; }"
      "location /6 { return 302 /5; }");
  EXPECT_TRUE(get(https(server, "/5"), trusting("root")).ok());
  EXPECT_EQ(error_of(get(https(server, "/6"), trusting("root"))), ErrorCode::bad_input);
  auto options = trusting("root");
  options.follow_redirects = false;
  EXPECT_EQ((*get(https(server, "/6"), options).response)->status, 302);
}

TEST(Fetch, RefusesRedirectsToWhatIsNoWebAddress) {
  auto server = nginx("location / { return 302 sip:1001@example.com; }");
  EXPECT_EQ(error_of(get(https(server), trusting("root"))), ErrorCode::bad_input);
}

TEST(Fetch, JudgesByAnotherNameOnTheFirstHopAlone) {
  auto server = nginx("location /a { return 302 /b; } location /b { return 200 'x'; }");
  auto options = trusting("root");
  options.reference_host = "prov.example.com";
  auto fetched = get(https(server, "/b"), options);
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ(fetched.connections[0].record.client_hello->server_name, "prov.example.com");
  options.reference_host = "other.example.com";
  fetched = get(https(server, "/b"), options);
  EXPECT_FALSE(fetched.response);
  EXPECT_TRUE(fetched.connections[0].verdict.has(FindingCode::name_mismatch));
  options.reference_host = "prov.example.com";
  fetched = get(https(server, "/a"), options);
  ASSERT_EQ(fetched.connections.size(), 2U);
  EXPECT_EQ(fetched.connections[1].record.client_hello->server_name, "localhost");
}

TEST(Fetch, SendsNoServerNameForAnAddress) {
  auto server = nginx("location / { return 200 'x'; }");
  const auto url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  const auto fetched = get(url, trusting("root"));
  ASSERT_TRUE(fetched.ok());
  EXPECT_EQ(fetched.connections[0].record.client_hello->server_name, "");
}

class NginxAsksForACertificate : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Fetch, NginxAsksForACertificate, ::testing::Values("TLSv1.2", "TLSv1.3"),
                         [](const auto& info) {
                           return std::string(info.param) == "TLSv1.2" ? "Tls1_2" : "Tls1_3";
                         });

TEST_P(NginxAsksForACertificate, AndItsAnswerOf400IsUnderstood) {
  auto server = nginx("ssl_protocols " + std::string(GetParam()) +
                      "; ssl_verify_client on; ssl_client_certificate " + file("root") +
                      "; location / { return 200 'for phones'; }");
  auto fetched = get(https(server), trusting("root", "client"));
  ASSERT_TRUE(fetched.ok());
  EXPECT_TRUE(fetched.connections[0].verdict.findings.empty());

  fetched = get(https(server), trusting("root"));
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::trusted);
  EXPECT_TRUE(fetched.connections[0].verdict.has(FindingCode::client_certificate_wanted_none_set));
  EXPECT_EQ(fetched.connections[0].record.http_status, "400 No required SSL certificate was sent");

  fetched = get(https(server), trusting("root", "client-other"));
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::trusted);
  EXPECT_TRUE(fetched.connections[0].verdict.has(FindingCode::client_certificate_refused));
}

TEST(Fetch, SaysThatNobodyAnswers) {
  const auto port = test::free_port();
  const auto fetched = get("https://127.0.0.1:" + std::to_string(port) + "/", trusting("root"));
  EXPECT_FALSE(fetched.response);
  ASSERT_TRUE(fetched.unreachable);
  EXPECT_EQ(fetched.unreachable->code, ErrorCode::unreachable);
  EXPECT_EQ(fetched.unreachable->where, "127.0.0.1:" + std::to_string(port));
  EXPECT_TRUE(fetched.connections.empty());
}

TEST(Fetch, RefusesAddressesThatAreNotOfTheWeb) {
  EXPECT_EQ(error_of(get("sips:example.com", trusting("root"))), ErrorCode::bad_input);
}

TEST(Fetch, HoldsTheFileToItsLimit) {
  auto server = nginx("location / { return 200 '123456'; }");
  auto options = trusting("root");
  options.limits.body_bytes = 5;
  EXPECT_EQ(error_of(get(https(server), options)), ErrorCode::too_large);
}

TEST(Fetch, SaysPlainTextWhereThereIsNoTls) {
  auto server = nginx("location / { return 200 'x'; }", "", false);
  const auto fetched = get(https(server), trusting("root"));
  EXPECT_FALSE(fetched.response);
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_TRUE(fetched.connections[0].verdict.has(FindingCode::plain_text_on_tls_port));
}

TEST(Fetch, SaysTlsWhereItAskedInTheClear) {
  auto server = nginx("location / { return 200 'x'; }");
  const test::ScriptedServer alerting([](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor, std::string("\x15\x03\x01\x00\x02\x02\x16", 7));
  });
  for (const auto port : {server.port(), alerting.port()}) {
    const auto fetched = get("http://localhost:" + std::to_string(port) + "/", trusting("root"));
    EXPECT_FALSE(fetched.response);
    ASSERT_EQ(fetched.connections.size(), 1U);
    EXPECT_TRUE(fetched.connections[0].verdict.has(FindingCode::tls_on_plain_port));
    EXPECT_EQ(fetched.connections[0].verdict.decision, Decision::not_established);
  }
}

// A response that never ends, in its header section or in its body.
ErrorCode error_of_endless(const std::string& start, const std::string& more) {
  const test::ScriptedServer endless([&](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor, start);
    constexpr std::size_t far_more_than_allowed = 50'000'000;
    for (std::size_t sent = 0; sent < far_more_than_allowed; sent += more.size()) {
      test::transmit(descriptor, more);
    }
  });
  return error_of(get("http://127.0.0.1:" + std::to_string(endless.port()) + "/", {}));
}

TEST(Fetch, EndsAnEndlessResponseAtItsLimits) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string line = "X-More: " + std::string(1'000, 'x') + "\r\n";
  const std::string octets(100'000, 'x');
  EXPECT_EQ(error_of_endless(ok, line), ErrorCode::too_large);
  EXPECT_EQ(error_of_endless(ok + "X: ", octets), ErrorCode::too_large);
  EXPECT_EQ(error_of_endless(ok + "\r\n", octets), ErrorCode::too_large);
  const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(error_of_endless(chunked, "186A0\r\n" + octets + "\r\n"), ErrorCode::too_large);
  EXPECT_EQ(error_of_endless(chunked + "1;", octets), ErrorCode::too_large);
  EXPECT_EQ(error_of_endless(chunked + "0\r\n", line), ErrorCode::too_large);
}

TEST(Fetch, DoesNotWaitForAServerThatDrips) {
  const test::ScriptedServer server([](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor,
                   "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x'));
  });
  const test::FaultProxy proxy(server.port(), {.kind = test::Fault::Kind::drip, .octets = 50});
  FetchOptions options;
  options.limits.request = 100ms;
  const auto fetched = get("http://127.0.0.1:" + std::to_string(proxy.port()) + "/", options);
  EXPECT_EQ(error_of(fetched), ErrorCode::timeout);
  EXPECT_TRUE(proxy.struck());
}

}  // namespace
}  // namespace sealtone::http
