// SPDX-License-Identifier: Apache-2.0
//
// http/authentication: against lighttpd, and against servers that answer as a test wishes.
#include "http/authentication.h"

#include <gmock/gmock.h>

#include <mutex>

#include "crypto/crypto.h"
#include "http/fetch.h"
#include "support/loop.h"
#include "support/peers.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kPassword = "made-for-the-test";
constexpr const char* kBasic = "Basic cGhvbmU6bWFkZS1mb3ItdGhlLXRlc3Q=";  // phone:made-for-the-test

Fetched get(std::uint16_t port, const std::string& target = "/a.cfg",
            FetchOptions options = FetchOptions{}, const std::string& scheme = "http") {
  static crypto::SystemRandom random;
  if (options.user.empty()) options.user = "phone";
  if (options.password.empty()) options.password = kPassword;
  options.random = &random;
  net::asio::io_context loop;
  const auto url = scheme + "://127.0.0.1:" + std::to_string(port) + target;
  return test::finish(loop, fetch(base::parse_url(url).value(), std::move(options)));
}

std::string outcome(const Fetched& fetched) {
  if (!fetched.response) return "no response";
  if (!*fetched.response) return base::word(fetched.response->error().code);
  return std::to_string((*fetched.response)->status);
}

class WithLighttpd : public ::testing::TestWithParam<const char*> {
 protected:
  static test::Lighttpd::Options options() {
    test::Lighttpd::Options options;
    options.algorithms = GetParam();
    return options;
  }
  // What the last of two requests was answered with: "SHA-256" or "MD5".
  static std::string strongest() {
    return std::string(GetParam()).find("SHA-256") != std::string::npos ? "SHA-256" : "MD5";
  }
};
INSTANTIATE_TEST_SUITE_P(Authentication, WithLighttpd,
                         ::testing::Values("MD5", "SHA-256", "MD5|SHA-256"), [](const auto& info) {
                           std::string name;
                           for (const char c : std::string(info.param)) {
                             name += c == '-' ? '_' : c == '|' ? 'o' : c;
                           }
                           return name;
                         });

TEST_P(WithLighttpd, GetsTheFileByTheStrongestDigestAndNeverSendsThePassword) {
  test::Lighttpd server(options());
  test::write_text(server.folder() / "a.cfg", "config");
  const auto fetched = get(server.port(), "/a.cfg?x=1,y");
  ASSERT_TRUE(fetched.ok()) << outcome(fetched);
  EXPECT_EQ((*fetched.response)->body, "config");
  const auto log = server.stop();
  EXPECT_THAT(log, HasSubstr("401 <-> GET /a.cfg"));
  EXPECT_THAT(log, HasSubstr("200 <Digest username=\\\"phone\\\""));
  EXPECT_THAT(log, HasSubstr("algorithm=" + strongest()));
  EXPECT_THAT(log, AllOf(Not(HasSubstr("Basic")), Not(HasSubstr(kPassword))));
}

TEST_P(WithLighttpd, StopsAtTheFirstRefusalOfAWrongPassword) {
  test::Lighttpd server(options());
  FetchOptions wrong;
  wrong.password = "wrong";
  EXPECT_EQ(outcome(get(server.port(), "/a.cfg", wrong)), "401");
  const auto log = server.stop();
  EXPECT_EQ(std::ranges::count(log, '\n'), 2) << log;
}

TEST_P(WithLighttpd, HidesTheUserNameWhereThatIsOffered) {
  auto hiding = options();
  hiding.userhash = true;
  test::Lighttpd server(hiding);
  test::write_text(server.folder() / "a.cfg", "config");
  EXPECT_EQ(outcome(get(server.port())), "200");
  EXPECT_THAT(server.stop(), AllOf(HasSubstr("userhash=true"), Not(HasSubstr("phone\\\""))));
}

TEST(Authentication, AnswersDigestOverTlsInTheSameConnection) {
  test::Certificates made;
  const auto root = made.root();
  const auto identity = made.server(root);
  test::Lighttpd::Options server_options;
  server_options.identity = &identity;
  test::Lighttpd server(server_options);
  test::write_text(server.folder() / "a.cfg", "config");
  FetchOptions options;
  options.context = tls::Context::build({}).value();
  options.anchors = std::make_shared<x509::AnchorSet>(
      x509::parse(base::view(root.pem()), "root").value().certificates);
  options.now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26};
  const auto fetched = get(server.port(), "/a.cfg", options, "https");
  EXPECT_EQ(outcome(fetched), "200");
  EXPECT_THAT(fetched.connections, SizeIs(1));
}

// Answers each request as reply says, and keeps it.
class Server {
 public:
  using Reply = std::function<std::string(std::size_t number)>;
  explicit Server(Reply reply)
      : server_([this, reply = std::move(reply)](int descriptor) {
          ++connections_;
          std::string unread;
          for (std::string octets; !(octets = test::receive(descriptor)).empty();) {
            unread += octets;
            const auto end = unread.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            const auto number = keep(unread.substr(0, end));
            unread.erase(0, end + 4);
            const auto answer = reply(number);
            test::transmit(descriptor, answer);
            if (answer.starts_with("HTTP/1.0") || answer.find(": close") != std::string::npos) {
              return;
            }
          }
        }) {}
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] int connections() const { return connections_; }
  // The Authorization field of each request so far; "-" where there is none.
  [[nodiscard]] std::vector<std::string> credentials() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> values;
    for (const auto& request : requests_) {
      constexpr std::string_view kName = "\r\nAuthorization: ";
      const auto from = request.find(kName);
      values.push_back(from == std::string::npos
                           ? "-"
                           : request.substr(from + kName.size(),
                                            request.find('\r', from + 2) - from - kName.size()));
    }
    return values;
  }

 private:
  std::size_t keep(std::string request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(request));
    return requests_.size();
  }
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::atomic<int> connections_ = 0;
  test::ScriptedServer server_;  // last: its thread uses the others
};

std::string reply(const std::string& status, const std::string& fields = {},
                  const std::string& version = "1.1") {
  return "HTTP/" + version + " " + status + "\r\n" + fields + "Content-Length: 0\r\n\r\n";
}
std::string asks(const std::string& challenge, const std::string& further = {}) {
  return reply("401 Unauthorized", "WWW-Authenticate: " + challenge + "\r\n" + further);
}
const std::string kDigest = R"(Digest realm="phones", nonce="n", qop="auth", algorithm=SHA-256)";

TEST(Authentication, SendsNothingToAServerThatDoesNotAsk) {
  Server server([](std::size_t) { return reply("200 OK"); });
  EXPECT_EQ(outcome(get(server.port())), "200");
  EXPECT_THAT(server.credentials(), ElementsAre("-"));
}

TEST(Authentication, GivesBasicToAServerThatAsksForIt) {
  Server server([](std::size_t number) {
    return number == 1 ? asks("Basic realm=\"phones\"") : reply("200 OK");
  });
  EXPECT_EQ(outcome(get(server.port())), "200");
  EXPECT_THAT(server.credentials(), ElementsAre("-", kBasic));
  EXPECT_EQ(server.connections(), 1);
}

TEST(Authentication, TakesDigestBeforeBasicAndNeverFallsBackToIt) {
  Server server([](std::size_t) {
    return asks("Basic realm=\"phones\"", "WWW-Authenticate: " + kDigest + "\r\n");
  });
  EXPECT_EQ(outcome(get(server.port())), "401");
  EXPECT_THAT(server.credentials(), ElementsAre("-", HasSubstr("Digest username=\"phone\"")));
}

TEST(Authentication, TakesAFreshNonceForAStaleOneOnce) {
  Server twice([](std::size_t number) {
    return number < 3 ? asks(kDigest + (number > 1 ? ", stale=true" : "")) : reply("200 OK");
  });
  EXPECT_EQ(outcome(get(twice.port())), "200");
  EXPECT_THAT(twice.credentials(), SizeIs(3));

  Server always([](std::size_t) { return asks(kDigest + ", stale=true"); });
  EXPECT_EQ(outcome(get(always.port())), "401");
  EXPECT_THAT(always.credentials(), SizeIs(3));
}

TEST(Authentication, TakesNoBasicForAStaleDigest) {
  Server server([](std::size_t number) {
    return number == 1 ? asks(kDigest) : asks("Basic realm=\"phones\", stale=true");
  });
  EXPECT_EQ(outcome(get(server.port())), "401");
  EXPECT_THAT(server.credentials(), SizeIs(2));
}

TEST(Authentication, ConnectsAnewWhereTheServerClosesBehindItsQuestion) {
  for (const bool says_so : {true, false}) {
    Server server([says_so](std::size_t number) {
      if (number > 1) return reply("200 OK");
      return says_so ? asks(kDigest, "Connection: close\r\n")
                     : reply("401 Unauthorized", "WWW-Authenticate: " + kDigest + "\r\n", "1.0");
    });
    EXPECT_EQ(outcome(get(server.port())), "200") << says_so;
    EXPECT_EQ(server.connections(), 2) << says_so;
    EXPECT_THAT(server.credentials(), ElementsAre("-", HasSubstr("Digest")));
  }
}

TEST(Authentication, CountsItsUsesOverARedirectOfTheSameServer) {
  Server server([](std::size_t number) {
    if (number == 1) return asks(kDigest);
    return number == 2 ? reply("302 Found", "Location: /b.cfg\r\n") : reply("200 OK");
  });
  EXPECT_EQ(outcome(get(server.port())), "200");
  EXPECT_THAT(server.credentials(),
              ElementsAre("-", AllOf(HasSubstr("uri=\"/a.cfg\""), HasSubstr("nc=00000001")),
                          AllOf(HasSubstr("uri=\"/b.cfg\""), HasSubstr("nc=00000002"))));
}

TEST(Authentication, AnswersNoOtherServer) {
  Server other([](std::size_t) { return asks(kDigest); });
  const auto there = "Location: http://127.0.0.1:" + std::to_string(other.port()) + "/\r\n";
  Server server([there](std::size_t) { return reply("302 Found", there); });
  EXPECT_EQ(outcome(get(server.port())), "401");
  EXPECT_THAT(other.credentials(), ElementsAre("-"));
}

TEST(Authentication, TakesNothingFromAServerThatDoesNotKnowThePassword) {
  Server server([](std::size_t number) {
    return number == 1 ? asks(kDigest)
                       : reply("200 OK", "Authentication-Info: rspauth=\"00\", qop=auth\r\n");
  });
  const auto fetched = get(server.port());
  EXPECT_EQ(outcome(fetched), "mismatch");
  EXPECT_THAT(fetched.response->error().detail, HasSubstr("rspauth"));
}

TEST(Authentication, TakesTheNextNonceThatItIsGiven) {
  Server server([](std::size_t number) {
    if (number == 1) return asks(kDigest);
    return number == 2
               ? reply("302 Found", "Location: /b.cfg\r\nAuthentication-Info: nextnonce=\"m\"\r\n")
               : reply("200 OK");
  });
  EXPECT_EQ(outcome(get(server.port())), "200");
  EXPECT_THAT(server.credentials().at(2),
              AllOf(HasSubstr("nonce=\"m\""), HasSubstr("nc=00000001")));
}

TEST(Authentication, SaysWhichWayOfAskingIsNotSupported) {
  Server server([](std::size_t) { return asks("Negotiate, NTLM"); });
  const auto fetched = get(server.port());
  EXPECT_EQ(outcome(fetched), "unsupported");
  EXPECT_THAT(fetched.response->error().detail, HasSubstr("negotiate, ntlm"));
  EXPECT_THAT(server.credentials(), ElementsAre("-"));
}

TEST(Authentication, LetsNoHostileQuestionThrough) {
  std::string thousand;
  for (int i = 0; i < 1'000; ++i) thousand += "Basic,";
  for (const std::string& challenge :
       {thousand, std::string("Digest realm=\"open, nonce=n, qop=auth"),
        std::string("Digest realm=\"a\", realm=\"b\", nonce=n"),
        "Digest realm=\"" + std::string(17'000, 'x') + "\", nonce=n, qop=auth"}) {
    Server server([&challenge](std::size_t) { return asks(challenge); });
    const auto fetched = get(server.port());
    ASSERT_TRUE(fetched.response && !*fetched.response) << challenge.substr(0, 40);
    EXPECT_THAT(server.credentials(), ElementsAre("-")) << challenge.substr(0, 40);
  }
  // A line of its own in what goes back.
  Server server([](std::size_t) { return asks("Digest realm=\"a\\\nX-Injected: 1\", nonce=n"); });
  EXPECT_NE(outcome(get(server.port())), "200");
  EXPECT_THAT(server.credentials(), ElementsAre("-"));
}

}  // namespace
}  // namespace sealtone::http
