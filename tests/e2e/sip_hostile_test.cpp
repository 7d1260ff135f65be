// SPDX-License-Identifier: Apache-2.0
//
// A registered server that floods the phone, and thousands who connect and say nothing.
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <sstream>

#include "e2e/phone_under_test.h"
#include "e2e/stranger.h"
#include "support/kamailio.h"
#include "support/loopback.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

void set_account(const PhoneUnderTest& phone, std::uint16_t port, const std::string& transport) {
  phone.set("account.1.user_name", "201");
  phone.set("account.1.password", "made-for-the-test");
  phone.set("account.1.sip_server.1.address", "localhost");
  phone.set("account.1.sip_server.1.port", std::to_string(port));
  phone.set("account.1.sip_server.1.transport_type", transport);
  phone.set("account.1.enable", "1");
}

std::string state_of(const PhoneUnderTest& phone) {
  return phone.ask({"sip", "status"}).at("accounts").at(0).at("state");
}

// Of the process, in user space and in the kernel.
std::chrono::milliseconds cpu_of(int pid) {
  const auto stat = read_text("/proc/" + std::to_string(pid) + "/stat");
  std::istringstream fields(stat.substr(stat.rfind(')') + 2));
  constexpr int kBefore = 11;  // proc(5): utime is the 14th, the third stands behind the name
  std::string skipped;
  for (int i = 0; i < kBefore; ++i) fields >> skipped;
  long user = 0, system = 0;
  fields >> user >> system;
  return std::chrono::milliseconds((user + system) * 1'000 / sysconf(_SC_CLK_TCK));
}

// A registrar that grants the registration, then asks without end, and counts what is answered.
class Flooding {
 public:
  std::atomic<bool> floods = false, ends = false;
  std::atomic<int> answered = 0, refused = 0;
  std::atomic<long> sent = 0;

  void operator()(int descriptor) {
    std::string in;
    while (in.find("\r\n\r\n") == std::string::npos) {
      const auto more = receive(descriptor);
      if (more.empty()) return;
      in += more;
    }
    transmit(descriptor, granted(in));
    floods = true;
    const std::string one =
        "OPTIONS sip:201@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKf\r\n"
        "Max-Forwards: 70\r\nFrom: <sip:x@localhost>;tag=f\r\nTo: <sip:201@localhost>\r\n"
        "Call-ID: flood\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    std::string many;
    for (int i = 0; i < 100; ++i) many += one;
    while (!ends) {
      pollfd watched{descriptor, POLLIN | POLLOUT, 0};
      poll(&watched, 1, 50);
      if ((watched.revents & POLLOUT) != 0) {
        const auto put = send(descriptor, many.data(), many.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put > 0) sent += put / static_cast<long>(one.size());
        // What was cut off within one is none that can be read; it is begun anew on purpose.
      }
      if ((watched.revents & POLLIN) == 0) continue;
      const auto got = receive(descriptor);
      if (got.empty()) return;
      count(got);
    }
  }

 private:
  static std::string line_of(const std::string& message, const std::string& name) {
    const auto at = message.find("\r\n" + name + ":");
    return message.substr(at + 2, message.find("\r\n", at + 2) - at);
  }
  static std::string granted(const std::string& request) {
    auto contact = line_of(request, "Contact");
    contact.insert(contact.size() - 2, ";expires=3600");
    return "SIP/2.0 200 OK\r\n" + line_of(request, "Via") + line_of(request, "From") +
           line_of(request, "To") + line_of(request, "Call-ID") + line_of(request, "CSeq") +
           contact + "Content-Length: 0\r\n\r\n";
  }
  void count(const std::string& got) {
    tail_ += got;
    for (const auto& [begin, counter] :
         {std::pair{"SIP/2.0 200", &answered}, std::pair{"SIP/2.0 503", &refused}}) {
      for (auto at = tail_.find(begin); at != std::string::npos; at = tail_.find(begin, at + 1)) {
        ++*counter;
      }
    }
    tail_ = tail_.substr(tail_.size() - std::min<std::size_t>(tail_.size(), 10));
  }
  std::string tail_;
};

TEST(SipHostile, AFloodOfRequestsFromARegisteredServerIsBounded) {
  Flooding flooding;
  ScriptedServer server([&](int descriptor) { flooding(descriptor); });
  PhoneUnderTest phone;
  set_account(phone, server.port(), "1");
  const auto limit = SteadyClock::now() + kPatience;
  while (!flooding.floods && SteadyClock::now() < limit) std::this_thread::yield();
  ASSERT_TRUE(flooding.floods);
  const int pid = phone.process().pid();
  const auto began = SteadyClock::now();
  const auto cpu = cpu_of(pid);
  const auto memory = kilobytes(pid, "VmRSS");
  while (SteadyClock::now() - began < 3s) {
    const auto asked = SteadyClock::now();
    EXPECT_EQ(state_of(phone), "registered");
    EXPECT_LT(SteadyClock::now() - asked, 10s);
  }
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - began);
  const auto seconds = static_cast<int>(took / 1s) + 2;
  const auto used = cpu_of(pid) - cpu;
  std::printf("  %ld asked, %d answered, %d refused in %ld ms, %ld ms of CPU\n",
              flooding.sent.load(), flooding.answered.load(), flooding.refused.load(),
              static_cast<long>(took.count()), static_cast<long>(used.count()));
  flooding.ends = true;
  EXPECT_GT(flooding.answered, 0);
  EXPECT_LE(flooding.answered, 50 * seconds);
  EXPECT_LE(flooding.answered + flooding.refused, 200 * seconds);
  // The commands that ask are served besides.
  EXPECT_LT(used, took / 2);
  EXPECT_LT(kilobytes(pid, "VmRSS") - memory, 8 * 1'024);
}

// What this process may open, as what it starts may; restored at the end.
class OpenFiles {
 public:
  OpenFiles() {
    getrlimit(RLIMIT_NOFILE, &before_);
    auto most = before_;
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
  }
  ~OpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  OpenFiles(const OpenFiles&) = delete;
  OpenFiles& operator=(const OpenFiles&) = delete;
  static void set(rlim_t soft) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = soft;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  static rlim_t most() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max;
  }

 private:
  rlimit before_{};
};

TEST(SipHostile, TenThousandSilentConnectionsDoNotKeepThePhoneFromRegistering) {
  constexpr int kOfOne = 250;
  constexpr rlim_t kOwn = 200, kOfThePhone = 1'024;
  const OpenFiles restored;
  ASSERT_GE(OpenFiles::most(), 2 * kOfThePhone) << "this machine lets a process open too little";
  // Ten times what the phone may open, or as many as this machine lets a process open.
  const int many = static_cast<int>(std::min<rlim_t>(10'000, OpenFiles::most() - kOwn));
  Certificates certificates;
  const auto root = certificates.root();
  const Kamailio kamailio({.identity = certificates.server(root)});
  OpenFiles::set(kOfThePhone);  // what a process has where nobody sets it
  PhoneUnderTest phone({}, {root.certificate});
  OpenFiles::set(OpenFiles::most());
  std::vector<int> silent;
  silent.reserve(static_cast<std::size_t>(many));
  for (int i = 0; i < many; ++i) {
    silent.push_back(dial_loopback(phone.port(), static_cast<std::uint8_t>(2 + i / kOfOne)));
  }
  set_account(phone, kamailio.tls_port(), "2");
  const auto limit = SteadyClock::now() + kPatience;
  while (kamailio.times("REGISTERED 201") == 0 && SteadyClock::now() < limit) {
    EXPECT_NE(state_of(phone), "failed");
  }
  EXPECT_GT(kamailio.times("REGISTERED 201"), 0U) << phone.process().err();
  for (const int descriptor : silent) {
    if (descriptor >= 0) close(descriptor);
  }
}

}  // namespace
}  // namespace sealtone::test
