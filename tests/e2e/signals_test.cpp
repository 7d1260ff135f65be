// SPDX-License-Identifier: Apache-2.0
//
// The phone as a service: how it stops, what HUP does, and that a state folder has one owner.
#include <gmock/gmock.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

// What `sealtone phone` has to do once it was told to stop.
constexpr std::chrono::seconds kStopLimit{2};

// A TLS connection to the page that waits for nothing.
class Visitor {
 public:
  explicit Visitor(std::uint16_t port) : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    BIO* bio = BIO_new_connect(("127.0.0.1:" + std::to_string(port)).c_str());
    ssl_ = SSL_new(context_.get());
    if (BIO_do_connect(bio) != 1) throw std::runtime_error("the page does not answer");
    SSL_set_bio(ssl_, bio, bio);
    if (SSL_connect(ssl_) != 1) throw std::runtime_error("no handshake with the page");
  }
  ~Visitor() { SSL_free(ssl_); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  // What it reads to the end of the stream.
  std::string rest() {
    std::string text;
    std::array<char, 4096> piece{};
    for (int got = 0; (got = SSL_read(ssl_, piece.data(), piece.size())) > 0;) {
      text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
  }
  // After rest(): close_notify was the last that came.
  [[nodiscard]] bool was_told_goodbye() const {
    return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0;
  }
  void say(const std::string& text) {
    if (SSL_write(ssl_, text.data(), static_cast<int>(text.size())) <= 0) {
      throw std::runtime_error("the page took nothing");
    }
  }
  // One answer, up to the end of its header section.
  std::string answer() {
    std::string text;
    for (char c = 0; text.find("\r\n\r\n") == std::string::npos && SSL_read(ssl_, &c, 1) == 1;)
      text += c;
    return text;
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  SSL* ssl_;
};

struct Ended {
  int status;
  std::chrono::milliseconds took;
};

Ended end(PhoneUnderTest& phone, int number) {
  const auto began = steady_clock::now();
  phone.process().signal(number);
  const int status = phone.process().wait();
  return {status,
          std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began)};
}

// Names, sizes and times of all that a folder holds.
std::map<std::string, std::string> facts_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> facts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    struct stat found{};
    ::lstat(entry.path().c_str(), &found);
    facts[entry.path().filename()] =
        std::to_string(found.st_ino) + " " + std::to_string(found.st_size) + " " +
        std::to_string(found.st_mode) + " " + std::to_string(found.st_mtim.tv_sec) + "." +
        std::to_string(found.st_mtim.tv_nsec);
  }
  return facts;
}

class Stopping : public testing::TestWithParam<int> {};

TEST_P(Stopping, TellsAHundredConnectionsGoodbyeAndEndsInTime) {
  PhoneUnderTest phone;
  std::vector<std::unique_ptr<Visitor>> visitors;
  for (int i = 0; i < 100; ++i) visitors.push_back(std::make_unique<Visitor>(phone.port()));
  // Some have asked before and may ask again.
  for (int i = 0; i < 3; ++i) {
    visitors[static_cast<std::size_t>(i)]->say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    EXPECT_THAT(visitors[static_cast<std::size_t>(i)]->answer(), HasSubstr("200 OK"));
  }

  const auto ended = end(phone, GetParam());
  EXPECT_EQ(ended.status, 0) << phone.process().err();
  EXPECT_LT(ended.took, kStopLimit);
  int told = 0;
  for (const auto& visitor : visitors) {
    (void)visitor->rest();
    told += visitor->was_told_goodbye() ? 1 : 0;
  }
  EXPECT_EQ(told, 100);
  EXPECT_FALSE(std::filesystem::exists(phone.state() / "admin.sock"));
  EXPECT_FALSE(answers(phone.port(), std::chrono::milliseconds(0)));
  // SQLite removes its log when it closes what it wrote.
  EXPECT_FALSE(std::filesystem::exists(phone.state() / "sealtone.db-wal"));
  // What was noted last is kept: the visits are among the connections.
  EXPECT_THAT(phone.command({"connections"}).out, HasSubstr("page"));
}

INSTANTIATE_TEST_SUITE_P(Signals, Stopping, testing::Values(SIGTERM, SIGINT), [](const auto& info) {
  return std::string(info.param == SIGTERM ? "TERM" : "INT");
});

TEST(Stopping, EndsAtOnceAtTheSecondSignal) {
  // Somebody who asks and never finishes asking keeps it for the second it gives.
  PhoneUnderTest phone;
  Visitor visitor(phone.port());
  visitor.say("GET / HTTP/1.1\r\nHost: 127");
  visitor.say(".0.0.1\r\n");
  phone.process().signal(SIGTERM);
  ASSERT_TRUE(phone.process().said("the phone stops"));
  const auto ended = end(phone, SIGTERM);
  EXPECT_EQ(ended.status, 128 + SIGTERM);
}

TEST(Stopping, WaitsNoLongerThanASecondForWhoDoesNotListen) {
  PhoneUnderTest phone;
  // It begins a request, never ends it, and never reads what is said to it.
  Visitor visitor(phone.port());
  visitor.say("GET / HTTP/1.1\r\nHost: 127");
  const auto ended = end(phone, SIGTERM);
  EXPECT_EQ(ended.status, 0);
  EXPECT_LT(ended.took, kStopLimit);
}

TEST(LookingAgain, TakesAChangedFileAndANewKeyLogAndDropsNoConnection) {
  TempDir folder;
  const auto config =
      folder.write("phone.cfg", "#!version:1.0.0.1\nstatic.network.port.https = 8443\n");
  const auto keys = folder.path() / "keys.log";
  PhoneUnderTest phone({"--config", config.string(), "--keylog", keys.string()});
  Visitor before(phone.port());
  before.say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_THAT(before.answer(), HasSubstr("200 OK"));
  const auto old_keys = folder.path() / "keys.log.1";
  std::filesystem::rename(keys, old_keys);
  const auto old_size = std::filesystem::file_size(old_keys);
  EXPECT_GT(old_size, 0U);

  write_text(config, "#!version:1.0.0.1\nstatic.security.trust_certificates = 0\n");
  phone.process().signal(SIGHUP);
  ASSERT_TRUE(phone.process().said("HUP: looking again"));
  EXPECT_TRUE(phone.process().said("the file of session keys was opened again"));
  EXPECT_TRUE(phone.process().said("this computer's roots were read again: "));
  ASSERT_TRUE(phone.process().said("HUP: done")) << phone.process().err();
  EXPECT_THAT(phone.command({"get", "static.security.trust_certificates"}).out, HasSubstr("= 0"));

  // Who was there before is still served, under the context it began with.
  before.say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_THAT(before.answer(), HasSubstr("200 OK"));
  Visitor after(phone.port());
  EXPECT_GT(std::filesystem::file_size(keys), 0U);
  EXPECT_EQ(std::filesystem::file_size(old_keys), old_size);
  EXPECT_EQ(end(phone, SIGTERM).status, 0);
}

TEST(LookingAgain, KeepsTheSettingsIfTheFileHasMistakes) {
  TempDir folder;
  const auto config =
      folder.write("phone.cfg", "#!version:1.0.0.1\nstatic.security.trust_certificates = 0\n");
  PhoneUnderTest phone({"--config", config.string()});
  write_text(config, "#!version:1.0.0.1\nstatic.security.trust_certificates = maybe\n");
  phone.process().signal(SIGHUP);
  EXPECT_TRUE(phone.process().said("Nothing was applied")) << phone.process().err();
  EXPECT_THAT(phone.command({"get", "static.security.trust_certificates"}).out, HasSubstr("= 0"));
  std::filesystem::remove(config);
  phone.process().signal(SIGHUP);
  EXPECT_TRUE(phone.process().said("the settings stay as they are")) << phone.process().err();
}

TEST(StateFolder, OfALaterStartNamesTheWayToANewPassword) {
  const TempDir folder;
  const auto state = folder.path() / "state";
  EXPECT_NE(PhoneUnderTest::on(state).one_time_password(), "");
  auto later = PhoneUnderTest::on(state);
  EXPECT_EQ(later.one_time_password(), "");
  EXPECT_THAT(later.process().out(),
              HasSubstr("\nPassword: as before; if nobody has it, have a new one made by: sealtone "
                        "admin reset-password --state " +
                        state.string() + "\n"));
}

TEST(StateFolder, OfARunningPhoneIsLeftAlone) {
  PhoneUnderTest phone;
  const auto before = facts_of(phone.state());
  const auto second = sealtone({"phone", "--state", phone.state().string(), "--https-port", "0"});
  EXPECT_EQ(second.status, 2);
  EXPECT_THAT(second.err, HasSubstr("process " + std::to_string(phone.process().pid())));
  EXPECT_THAT(second.err, HasSubstr(phone.state().string()));
  EXPECT_EQ(second.out, "");
  EXPECT_EQ(facts_of(phone.state()), before);
  EXPECT_EQ(phone.command({"trust", "list"}).status, 0);
  (void)Visitor(phone.port());
}

}  // namespace
}  // namespace sealtone::test
