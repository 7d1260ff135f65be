// SPDX-License-Identifier: Apache-2.0
//
// store: what was acknowledged is on the disk, and a change is there whole or not at all, when the
// process is killed and when the disk is full.
#include <sys/resource.h>
#include <sys/wait.h>
#include <csignal>

#include <fmt/format.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

class Crash : public StoreTest {
 protected:
  // Change N: the URL says N, the list holds certificate N alone, the server certificate is one of
  // two by N's parity.
  static Store::Batch change(std::uint32_t number) {
    Store::Batch batch;
    batch.settings.set("static.auto_provision.server.url",
                       fmt::format("https://prov.example.com/{}", number));
    batch.clear_trusted = true;
    batch.add_trusted = {numbered(number)};
    batch.credential = credential(number % 2 == 0 ? "p256.pem" : "chain.pem");
    return batch;
  }
  // Which change a snapshot shows, seen to be whole.
  static std::uint32_t change_in(const Snapshot& snapshot) {
    const auto url = snapshot.settings.get("static.auto_provision.server.url");
    if (url.empty()) return 0;
    const auto number = static_cast<std::uint32_t>(std::stoul(url.substr(url.rfind('/') + 1)));
    EXPECT_EQ(snapshot.trusted.size(), 1U);
    EXPECT_EQ(snapshot.trusted.at(0).certificate, numbered(number));
    EXPECT_EQ(snapshot.credential.value().chain, change(number).credential->chain);
    return number;
  }
};

TEST_F(Crash, OfAProcessKilledLosesNoChangeThatWasAcknowledged) {
  std::uint32_t acknowledged = 0;
  for (std::uint32_t round = 0; round < 10; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto opened = Store::open(dir_);
      if (!opened) ::_exit(1);
      for (std::uint32_t number = acknowledged + 1;; ++number) {
        if (!(*opened)->apply(change(number), kNow)) ::_exit(1);
        if (::write(pipe[1], &number, sizeof number) != sizeof number) ::_exit(1);
      }
    }
    ::close(pipe[1]);
    std::uint32_t number = 0;
    for (std::uint32_t i = 0; i <= round % 4; ++i) {
      ASSERT_EQ(::read(pipe[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
      acknowledged = number;
    }
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    // What the child said before it died.
    while (::read(pipe[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number))
      acknowledged = number;
    ::close(pipe[0]);

    with_store([&](Store& store) {
      const auto found = change_in(*store.snapshot());
      EXPECT_GE(found, acknowledged);
      EXPECT_LE(found, acknowledged + 1);
      acknowledged = found;
    });
  }
  EXPECT_GE(acknowledged, 10U);
}

// No file may grow beyond a size: to the store that is a disk that refuses to write.
class Limited {
 public:
  explicit Limited(rlim_t most) {
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{most, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~Limited() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(Crash, OfTheDiskLeavesTheChangeBeforeAndTheStoreUsable) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.apply(change(1), kNow));
    const auto before = store.snapshot();
    {
      const Limited disk(50'000);
      expect_failure(store.put_connection(row("a", std::string(200'000, 'j'))), ErrorCode::io,
                     "nothing was changed");
      Store::Batch large = change(2);
      for (std::uint32_t i = 10; i < 300; ++i) large.add_trusted.push_back(numbered(i));
      expect_failure(store.apply(large, kNow), ErrorCode::io, "nothing was changed");
      EXPECT_EQ(store.snapshot(), before);
      EXPECT_TRUE(store.connections().value().empty());
    }
    EXPECT_EQ(change_in(*store.snapshot()), 1U);
    ASSERT_TRUE(store.apply(change(2), kNow));
    ASSERT_TRUE(store.put_connection(row("a", std::string(200'000, 'j'))));
  });
  with_store([](Store& store) {
    EXPECT_EQ(change_in(*store.snapshot()), 2U);
    EXPECT_EQ(store.connections().value().size(), 1U);
  });
}

TEST_F(Crash, OfTheDiskAtTheFirstStartLeavesNothingThatStopsTheNext) {
  for (const rlim_t most : {0, 1, 100, 4'096, 5'000, 20'000}) {
    {
      const Limited disk(most);
      expect_failure(Store::open(dir_), ErrorCode::io);
    }
    EXPECT_NE(open(), nullptr) << most;
    fs::remove_all(dir_);
  }
}

}  // namespace
}  // namespace sealtone::store
