// SPDX-License-Identifier: Apache-2.0
//
// The same filter as the program's, in a process made for it that then makes one call.
#include "app/confinement.h"

#include <gtest/gtest.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <set>
#include <thread>

#include "app/allowed_calls.h"
#include "app/loop.h"
#include "net/resolve.h"

namespace sealtone::app {
namespace {

struct Attempt {
  const char* name;
  std::function<void()> call;
};

class Forbidden : public testing::TestWithParam<Attempt> {
 protected:
  void SetUp() override {
    if constexpr (!kConfines) GTEST_SKIP() << "a build with sanitizers is not confined";
  }
};
using Confinement = Forbidden;

// Ends with 3 if the call came back: then it was not stopped.
[[noreturn]] void confined(const std::function<void()>& call) {
  if (!confine()) _exit(2);
  call();
  _exit(3);
}

TEST_P(Forbidden, EndsTheProcess) {
  EXPECT_EXIT(confined(GetParam().call), testing::KilledBySignal(SIGSYS), "");
}

INSTANTIATE_TEST_SUITE_P(
    Calls, Forbidden,
    testing::Values(Attempt{"StartingAProgram", [] { ::execl("/bin/true", "true", nullptr); }},
                    Attempt{"StartingAProcess", [] { (void)::syscall(SYS_fork); }},
                    Attempt{"StartingAThread", [] { (void)::syscall(SYS_clone3, nullptr, 0); }},
                    Attempt{"LookingIntoAnother",
                            [] { ::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0); }},
                    Attempt{"ReadingAnothersMemory",
                            [] { (void)::syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0); }},
                    Attempt{"SignallingAnother", [] { ::kill(::getppid(), 0); }},
                    Attempt{"PacketSocket", [] { (void)::socket(AF_PACKET, SOCK_RAW, 0); }},
                    Attempt{"NetlinkSocket", [] { (void)::socket(AF_NETLINK, SOCK_RAW, 0); }},
                    Attempt{"MemoryThatIsCode",
                            [] {
                              (void)::mmap(nullptr, 4096, PROT_READ | PROT_EXEC,
                                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                            }},
                    Attempt{"MemoryThatBecomesCode",
                            [] {
                              void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                                                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                              ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
                            }},
                    Attempt{"NewNamespace", [] { ::unshare(CLONE_NEWUSER); }},
                    Attempt{"AnotherUser", [] { ::setuid(65'534); }},
                    Attempt{"TypingForTheTerminal", [] { ::ioctl(0, TIOCSTI, "x"); }},
                    Attempt{"IoUring", [] { (void)::syscall(SYS_io_uring_setup, 1, nullptr); }},
                    Attempt{"AnotherFilter", [] { ::prctl(PR_SET_SECCOMP, 1, 0, 0, 0); }}),
    [](const auto& info) { return std::string(info.param.name); });

// A thread that ran before is held to it as well.
void call_from_a_thread_started_before() {
  std::atomic<bool> go = false;
  std::thread other([&go] {
    go.wait(false);
    ::execl("/bin/true", "true", nullptr);
    _exit(3);
  });
  if (!confine()) _exit(2);
  go = true;
  go.notify_all();
  other.join();
  _exit(4);
}

TEST_F(Confinement, HoldsForThreadsThatRunAlready) {
  EXPECT_EXIT(call_from_a_thread_started_before(), testing::KilledBySignal(SIGSYS), "");
}

// What a thread does before its first line of ours may come behind the filter.
TEST_F(Confinement, LetsThreadsBeginThatWereStartedBefore) {
  const auto start = [] {
    std::vector<std::thread> starting;
    for (int i = 0; i < 20; ++i) starting.emplace_back([] {});
    if (!confine()) _exit(2);
    for (auto& each : starting) each.join();
    _exit(0);
  };
  for (int i = 0; i < 10; ++i) EXPECT_EXIT(start(), testing::ExitedWithCode(0), "");
}

TEST_F(Confinement, IsTheSameTwice) {
  const auto twice = [] {
    const bool both = confine() && confine();
    _exit(both ? 0 : 1);
  };
  EXPECT_EXIT(twice(), testing::ExitedWithCode(0), "");
}

TEST_F(Confinement, LetsPassWhatAPhoneDoes) {
  const auto work = [] {
    const int internet = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int local = ::socket(AF_UNIX, SOCK_STREAM, 0);
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    _exit(internet >= 0 && local >= 0 && page != MAP_FAILED ? 0 : 1);
  };
  EXPECT_EXIT(confined(work), testing::ExitedWithCode(0), "");
}

// By c-ares, which has sockets and reads files of its own.
void look_up_a_name() {
  net::asio::io_context loop;
  // Nobody answers there; the looking is what matters.
  auto found = run_until_done(
      loop, net::resolve("prov.example.com", std::chrono::seconds(5), "127.0.0.1:1"));
  _exit(found ? 1 : 0);
}

TEST_F(Confinement, LetsNamesBeLookedUp) {
  EXPECT_EXIT(confined(look_up_a_name), testing::ExitedWithCode(0), "");
}

TEST_F(Confinement, KeepsMemoryOutOfCoreDumpsAndOtherProcesses) {
  const auto look = [] {
    rlimit core{1, 1};
    const bool kept = keep_memory_private().has_value() && ::getrlimit(RLIMIT_CORE, &core) == 0 &&
                      core.rlim_cur == 0 && core.rlim_max == 0 &&
                      ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
    _exit(kept ? 0 : 1);
  };
  EXPECT_EXIT(look(), testing::ExitedWithCode(0), "");
}

TEST(AllowedCalls, StandOnceEachWithTheirReason) {
  std::set<int> seen;
  for (const auto& call : kAllowedCalls) {
    EXPECT_TRUE(seen.insert(call.number).second) << call.why;
    EXPECT_STRNE(call.why, "");
  }
  // What is held to an argument is not allowed without it.
  for (const auto& call : kHeldCalls) EXPECT_FALSE(seen.contains(call.number)) << call.why;
}

}  // namespace
}  // namespace sealtone::app
