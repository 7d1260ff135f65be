// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace --by phone: 300 clients of six kinds, each from an address of its own, and whether
// the table says of each what became of it.

#include <algorithm>
#include <csignal>
#include <functional>

#include "e2e/loopback_clients.h"
#include "e2e/trace_fixture.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;

constexpr int kOfEachKind = 50;
constexpr int kAtOnce = 20;

constexpr const char* kEither = "either";  // whoever was faster

// What the table has to say of a client.
struct Expected {
  std::string kind, by = {}, alert = {}, offers, model = {}, firmware = {};
  bool encrypted = false;
};

std::string address(int net, int host) {
  return "127." + std::to_string(net) + ".0." + std::to_string(host);
}

// Twenty processes at a time, each to its end.
void in_batches(const std::function<Arguments(int)>& command) {
  for (int first = 1; first <= kOfEachKind; first += kAtOnce) {
    std::vector<std::unique_ptr<Process>> batch;
    for (int host = first; host < first + kAtOnce && host <= kOfEachKind; ++host) {
      batch.push_back(std::make_unique<Process>(command(host)));
    }
    for (auto& each : batch) (void)each->wait();
  }
}

// Once it reads, the first INT is its own to handle: Linux says so, a bit a signal.
void wait_until_it_heeds(const Process& live) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  const auto status = "/proc/" + std::to_string(live.pid()) + "/status";
  for (bool heeds = false; !heeds;) {
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "it never came to heed INT";
    const auto text = read_text(status);
    const auto at = text.find("SigCgt:");
    if (at == std::string::npos) continue;
    const auto caught = std::stoull(text.substr(at + 8, 17), nullptr, 16);
    heeds = (caught & (1ULL << (SIGINT - 1))) != 0;
  }
}

class TraceByPhone : public Trace {
 protected:
  TraceByPhone() {
    std::signal(SIGINT, SIG_DFL);  // it may be ignored where the tests run in the background
    Nginx::Options tls;
    tls.server =
        nginx_identity(server_) + "ssl_protocols TLSv1.2 TLSv1.3; location / { return 200 ok; }";
    https_ = std::make_unique<Nginx>(tls);
    Nginx::Options plain;
    plain.tls = false;
    plain.server = "location / { return 200 ok; }";
    http_ = std::make_unique<Nginx>(plain);
    capture_ = std::make_unique<Capture>(
        https_->port(), "port " + port() + " or port " + std::to_string(http_->port()));
  }
  [[nodiscard]] std::string port() const { return std::to_string(https_->port()); }
  void expect(int net, const Expected& expected) {
    for (int host = 1; host <= kOfEachKind; ++host) tally_[address(net, host)] = expected;
  }

  // The first kind says in the clear which phone it is, as phones do that fetch a file before.
  void openssl_that_trusts_another() {
    for (int host = 1; host <= kOfEachKind; ++host) {
      ask_in_the_clear(address(10, host), http_->port(),
                       "Yealink SIP-T28P 2.73.0.50 00:15:65:00:00:01");
    }
    in_batches([&](int host) {
      return Arguments{"openssl",  "s_client",
                       "-connect", "127.0.0.1:" + port(),
                       "-bind",    address(10, host) + ":0",
                       "-tls1_2",  "-verify_return_error",
                       "-CAfile",  other_root_.certificate.string()};
    });
    expect(10, {.kind = "refused",
                .by = "client",
                .alert = "unknown_ca",
                .offers = "TLS 1.2",
                .model = "Yealink SIP-T28P",
                .firmware = "2.73.0.50"});
  }
  void curl_that_is_content() {
    in_batches([&](int host) {
      return Arguments{"curl",
                       "-s",
                       "--interface",
                       address(11, host),
                       "--cacert",
                       root_.certificate.string(),
                       "https://127.0.0.1:" + port() + "/"};
    });
    expect(11, {.kind = "established", .by = "", .alert = "", .offers = "TLS 1.3"});
  }
  // GnuTLS encrypts its alert, as TLS 1.3 wants it. The relay hands on alert and end one after the
  // other, and the server may close between the two.
  void gnutls_that_refuses_in_tls13() {
    AddressRelay relay(12, https_->port());
    in_batches([&](int) {
      return Arguments{"gnutls-cli",
                       "--x509cafile",
                       other_root_.certificate.string(),
                       "--priority",
                       "NORMAL:-VERS-ALL:+VERS-TLS1.3",
                       "--port",
                       std::to_string(relay.port()),
                       "127.0.0.1"};
    });
    wait_for(relay);
    expect(12, {.kind = "broken-off",
                .by = kEither,
                .alert = "",
                .offers = "TLS 1.3",
                .model = "",
                .firmware = "",
                .encrypted = true});
  }
  // Registers at a server whose issuer it does not know, without a word.
  void baresip_that_trusts_anybody() {
    AddressRelay relay(13, https_->port());
    const auto config = folder_.path() / "baresip";
    std::filesystem::create_directory(config);
    write_text(config / "config",
               "module_path /usr/lib/baresip/modules\nmodule_app account.so\nmodule_app menu.so\n");
    write_text(config / "accounts",
               "<sip:100@127.0.0.1:" + std::to_string(relay.port()) +
                   ";transport=tls>;regint=3600;auth_pass=made-for-the-test\n");
    write_text(config / "contacts", "\n");
    for (int first = 0; first < kOfEachKind; first += kAtOnce) {
      const int last = std::min(first + kAtOnce, kOfEachKind);
      std::vector<std::unique_ptr<Process>> batch;
      for (int i = first; i < last; ++i) {
        batch.push_back(std::make_unique<Process>(Arguments{"baresip", "-f", config.string()}));
      }
      wait_for(relay, last);
      for (auto& each : batch) each->signal(SIGKILL);  // it would wait for a registrar's goodbye
    }
    expect(13, {.kind = "established", .by = "", .alert = "", .offers = "TLS 1.3"});
  }
  void sealtone_of_yesterday() {
    AddressRelay relay(14, https_->port());
    in_batches([&](int) {
      return Arguments{std::getenv("SEALTONE_BINARY"),
                       "check",
                       "127.0.0.1:" + std::to_string(relay.port()),
                       "--tls",
                       "1.1",
                       "--trust",
                       root_.certificate.string()};
    });
    wait_for(relay);
    expect(14,
           {.kind = "refused", .by = "server", .alert = "protocol_version", .offers = "TLS 1.1"});
  }
  void some_that_reset() {
    for (int host = 1; host <= kOfEachKind; ++host) {
      hello_and_reset(address(15, host), https_->port());
    }
    expect(15, {.kind = "broken-off", .by = "client", .alert = "", .offers = "TLS 1.2"});
  }

  static void wait_for(AddressRelay& relay, int connections = kOfEachKind) {
    EXPECT_EQ(relay.wait_for(connections, kPatience), connections);
  }

  std::unique_ptr<Nginx> https_, http_;
  std::unique_ptr<Capture> capture_;
  std::map<std::string, Expected> tally_;
};

TEST_F(TraceByPhone, SaysOf300ClientsOfSixKindsWhatBecameOfThem) {
  openssl_that_trusts_another();
  curl_that_is_content();
  gnutls_that_refuses_in_tls13();
  baresip_that_trusts_anybody();
  sealtone_of_yesterday();
  some_that_reset();
  capture_->stop();
  const auto file = capture_->file().string();

  const auto all = trace_json({"--by", "phone", file}, 1);
  const auto& phones = all.at("phones");
  EXPECT_EQ(phones.size(), tally_.size());
  bool connected_before = false;
  for (const auto& row : phones) {
    const auto client = row.at("client").get<std::string>();
    ASSERT_TRUE(tally_.contains(client)) << client;
    const auto& expected = tally_.at(client);
    const auto& outcome = row.at("outcome");
    const auto text = [&](const char* key) {
      return outcome.at(key).is_null() ? "" : outcome.at(key).get<std::string>();
    };
    EXPECT_EQ(text("kind"), expected.kind) << row.dump(1);
    if (expected.by == kEither) {
      EXPECT_THAT(text("by"), ::testing::AnyOf("client", "server")) << row.dump(1);
    } else {
      EXPECT_EQ(text("by"), expected.by) << row.dump(1);
    }
    EXPECT_EQ(text("alert"), expected.alert) << row.dump(1);
    EXPECT_EQ(outcome.at("reason_encrypted"), expected.encrypted) << row.dump(1);
    if (expected.encrypted) {
      EXPECT_EQ(text("brief"), "closed after the server's certificate; the reason is encrypted");
    }
    EXPECT_EQ(row.at("newest_version_offered"), expected.offers) << client;
    EXPECT_EQ(row.at("model"), expected.model) << client;
    EXPECT_EQ(row.at("firmware"), expected.firmware) << client;
    EXPECT_EQ(row.at("connections"), 1) << client;
    EXPECT_FALSE(text("says").empty());
    const bool failed = outcome.at("failed").get<bool>();
    EXPECT_FALSE(failed && connected_before) << "the refused ones come first: " << client;
    connected_before = connected_before || !failed;
  }
  EXPECT_EQ(all.at("left_out").at("connections"), 0);

  const auto words = trace({"--by", "phone", file});
  EXPECT_EQ(words.status, 1);
  EXPECT_THAT(unwrapped(words.out),
              HasSubstr("300 clients: 200 refused or broken off, 100 connected."));
  EXPECT_THAT(unwrapped(words.out), HasSubstr("Yealink SIP-T28P 2.73.0.50"));
  EXPECT_EQ(trace({"--by", "phone", "--address", "127.11.0.0/16", file}).status, 0);
}

// As a terminal has it: `script` gives the program one.
TEST_F(TraceByPhone, IsDrawnAgainOnATerminalAsTheCaptureGrows) {
  StartOptions kept_open;
  kept_open.keep_input_open = true;
  Process live({"script", "-q", "-e", "-c",
                "stty cols 100 rows 10; exec " + std::string(std::getenv("SEALTONE_BINARY")) +
                    " trace --follow --by phone " + capture_->file().string(),
                "/dev/null"},
               kept_open);
  EXPECT_TRUE(live.said("0 clients")) << live.out();
  // A connection is known to have ended two seconds of the capture later.
  const std::chrono::milliseconds between(200);
  int host = 0;
  do {
    hello_and_reset(address(15, ++host), https_->port());
  } while ((host < 12 || !live.said("broken-off", between)) && host < 250);
  EXPECT_TRUE(live.said("broken-off")) << live.out();
  EXPECT_TRUE(live.said("… and ")) << live.out();
  live.send("\x03");
  EXPECT_EQ(live.wait(), 1) << live.out();
  const auto table = live.out().substr(live.out().rfind("\x1B[2J"));
  EXPECT_THAT(table, HasSubstr("gave no reason."));
  EXPECT_THAT(table, HasSubstr("Stopped before the capture ended"));
}

// Where standard output is no terminal, too, who stops it is told all that there is by then.
TEST_F(TraceByPhone, TellsWhatItHoldsWhereItIsStopped) {
  hello_and_reset("127.15.0.1", https_->port());
  capture_->stop();
  const auto file = capture_->file().string();
  constexpr std::chrono::seconds limit{3};  // of this program one, of a busy machine the rest
  for (const int number : {SIGINT, SIGTERM}) {
    for (const auto& form : {Arguments{"--by", "phone"}, {"--by", "phone", "--json"}, {"--json"}}) {
      Arguments command{std::getenv("SEALTONE_BINARY"), "trace", "--follow", file};
      command.insert(command.end(), form.begin(), form.end());
      Process live(std::move(command));
      ASSERT_NO_FATAL_FAILURE(wait_until_it_heeds(live));
      const auto began = std::chrono::steady_clock::now();
      live.signal(number);
      EXPECT_EQ(live.wait(), 1) << live.err();
      EXPECT_LE(std::chrono::steady_clock::now() - began, limit);
      if (form.back() != "--json") {
        EXPECT_THAT(unwrapped(live.out()), HasSubstr("127.15.0.1 reset the connection"));
        EXPECT_THAT(live.out(), HasSubstr("1 client: 1 refused or broken off"));
        continue;
      }
      const auto told = nlohmann::json::parse(live.out());
      EXPECT_EQ(told.at(form.size() == 1 ? "connections" : "phones").size(), 1U);
      EXPECT_EQ(told.at("totals").at("stopped"), true);
      EXPECT_EQ(told.at("totals").at("whole"), false);
    }
  }
}

// What tcpdump writes to a pipe: the table comes when the pipe ends.
TEST_F(TraceByPhone, TellsAtTheEndOfAPipe) {
  hello_and_reset("127.15.0.1", https_->port());
  capture_->stop();
  StartOptions piped;
  piped.input = read_text(capture_->file());
  const auto shown = trace({"--by", "phone", "-"}, piped);
  EXPECT_EQ(shown.status, 1) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("127.15.0.1"));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("reset the connection"));
  EXPECT_EQ(shown.out.find('\x1B'), std::string::npos);
}

}  // namespace
}  // namespace sealtone::test
