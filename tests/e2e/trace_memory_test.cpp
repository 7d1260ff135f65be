// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: captures that were made to be too much for it.  However they are made, it takes
// no more memory than it is allowed, and comes to an end.
//
// The captures go through a pipe, so that none has to lie anywhere.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>

#include "support/process.h"
#include "support/sanitized.h"

namespace sealtone::test {
namespace {

// What the program is itself, with the libraries it uses, and what its heap keeps of what is free.
constexpr std::int64_t kProgramItself = 48'000'000;
constexpr std::int64_t kAllowed = 256'000'000;
// Of CPU time, of a build without optimisation.
constexpr int kMostSeconds = kSanitized ? 600 : 90;
// Under a sanitizer memory says nothing, and all takes longer.
constexpr std::uint32_t kScale = kSanitized ? 20 : 1;

std::string big(std::uint64_t number, int octets) {
  std::string out;
  for (int i = octets - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
  return out;
}
std::string little(std::uint64_t number, int octets) {
  auto out = big(number, octets);
  std::ranges::reverse(out);
  return out;
}

// Where a capture is written as it is made; what is refused (the program may have had enough) is
// nobody's loss.
class Pipe {
 public:
  explicit Pipe(int descriptor) : descriptor_(descriptor) {}
  ~Pipe() { flush(); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void write(std::string_view octets) {
    waiting_ += octets;
    constexpr std::size_t enough = 1 << 20;
    if (waiting_.size() > enough) flush();
  }
  void flush() {
    for (std::string_view rest = waiting_; !rest.empty() && !closed_;) {
      const auto written = ::write(descriptor_, rest.data(), rest.size());
      closed_ = written < 0 && errno != EINTR;
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    waiting_.clear();
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int descriptor_;
  std::string waiting_;
  bool closed_ = false;
};

// pcap, its packets IP alone; a packet a millisecond.
class Pcap {
 public:
  explicit Pcap(Pipe& pipe) : pipe_(pipe) {
    pipe_.write(little(0xA1B2C3D4, 4) + little(2, 2) + little(4, 2) + little(0, 8) +
                little(262'144, 4) + little(101, 4));
  }
  void packet(std::string_view ip) {
    millis_ += 1;
    pipe_.write(little(1'700'000'000 + millis_ / 1000, 4) + little(millis_ % 1000 * 1000, 4) +
                little(ip.size(), 4) + little(ip.size(), 4));
    pipe_.write(ip);
  }
  void ipv4(std::uint32_t from, std::uint32_t to, std::uint8_t protocol, std::string_view payload,
            unsigned place = 0, unsigned identification = 0) {
    packet("\x45" + big(0, 1) + big(20 + payload.size(), 2) + big(identification, 2) +
           big(place, 2) + big(64, 1) + big(protocol, 1) + big(0, 2) + big(from, 4) + big(to, 4) +
           std::string(payload));
  }

 private:
  Pipe& pipe_;
  std::uint64_t millis_ = 0;
};

constexpr unsigned kFin = 1, kSyn = 2, kRst = 4, kAck = 16;
constexpr std::uint32_t kServer = 0xC0000201;

// One direction of a connection from an address of its own to 192.0.2.1:443, or back.
struct End {
  std::uint32_t client;
  std::uint16_t port;
  bool is_client = true;
  std::uint32_t next = 1;
};
void say(Pcap& pcap, End& end, unsigned flags, std::string_view payload = {},
         std::uint32_t ahead = 0) {
  const std::uint16_t server_port = 443;
  pcap.ipv4(end.is_client ? end.client : kServer, end.is_client ? kServer : end.client, 6,
            big(end.is_client ? end.port : server_port, 2) +
                big(end.is_client ? server_port : end.port, 2) + big(end.next + ahead, 4) +
                big(1, 4) + "\x50" + big(flags, 1) + std::string("\x20\0\0\0\0\0", 6) +
                std::string(payload));
  if (ahead == 0) end.next += static_cast<std::uint32_t>(payload.size()) + (flags & kSyn) / kSyn;
}

std::string record(std::uint8_t content, std::string_view body) {
  return big(content, 1) + "\x03\x03" + big(body.size(), 2) + std::string(body);
}
std::string message(std::uint8_t type, std::string_view body) {
  return big(type, 1) + big(body.size(), 3) + std::string(body);
}
std::string client_hello(const std::string& name) {
  const auto server_name = big(name.size() + 3, 2) + big(0, 1) + big(name.size(), 2) + name;
  std::string suites;
  for (int i = 0; i < 50; ++i) suites += big(0xC000U + static_cast<unsigned>(i), 2);
  const auto extension = big(0, 2) + big(server_name.size(), 2) + server_name;
  return record(
      22, message(1, "\x03\x03" + std::string(32, 'r') + big(0, 1) + big(suites.size(), 2) +
                         suites + big(1, 1) + big(0, 1) + big(extension.size(), 2) + extension));
}
std::string server_hello() {
  return record(22,
                message(2, "\x03\x03" + std::string(32, 'r') + big(0, 1) + "\xC0\x2F" + big(0, 1)));
}
// Ten thousand that are none, in the largest message that is read.
std::string many_certificates() {
  constexpr std::size_t size = 23, count = 10'000;
  std::string list;
  for (std::size_t i = 0; i < count; ++i)
    list += big(size - 4, 3) + big(i, 4) + std::string(15, 'c');
  const auto whole = message(11, big(list.size(), 3) + list);
  std::string records;
  constexpr std::size_t most = 16'000;
  for (std::size_t at = 0; at < whole.size(); at += most) {
    records += record(22, std::string_view(whole).substr(at, most));
  }
  return records;
}
void say_all(Pcap& pcap, End& end, std::string_view octets, std::size_t most = 60'000) {
  for (; !octets.empty(); octets.remove_prefix(std::min(most, octets.size()))) {
    say(pcap, end, kAck, octets.substr(0, most));
  }
}

struct Used {
  int status = -1;
  std::int64_t octets = 0;
  double seconds = 0;
};

class TraceMemory : public testing::Test {
 protected:
  static Used trace(const std::function<void(Pipe&)>& make, Arguments further = {}) {
    further.insert(further.begin(), "-");
    return run_trace(std::move(further), make);
  }
  static Used trace_file(const std::string& file) {
    return run_trace({file}, [](Pipe&) {});
  }
  static Used run_trace(Arguments further, const std::function<void(Pipe&)>& make) {
    Arguments command{std::getenv("SEALTONE_BINARY"), "trace"};
    command.insert(command.end(), further.begin(), further.end());
    std::vector<char*> pointers;
    for (auto& each : command) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    EXPECT_EQ(posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    {
      Pipe pipe(ends[1]);
      make(pipe);
    }
    ::close(ends[1]);
    Used used;
    int status = 0;
    rusage usage{};
    EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
    used.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    used.octets = usage.ru_maxrss * 1024;
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    used.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    return used;
  }
  static void expect_bounded(const Used& used) {
    EXPECT_LE(used.status, 2);
    EXPECT_LE(used.seconds, kMostSeconds);
    if (!kSanitized) {
      EXPECT_LE(used.octets, kAllowed + kProgramItself);
    }
    std::printf("%lld octets, %.1f s\n", static_cast<long long>(used.octets), used.seconds);
  }
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }
};

TEST_F(TraceMemory, OfAMillionConnectionsThatOnlyBegin) {
  expect_bounded(trace([](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 1'000'000 / kScale; ++i) {
      End client{.client = 0x0A000000 + i / 8, .port = static_cast<std::uint16_t>(1024 + i % 8)};
      say(pcap, client, kSyn);
    }
  }));
}

TEST_F(TraceMemory, OfHellosThatNobodyAnswers) {
  const auto hello = client_hello(std::string(250, 'n'));
  const auto make = [&](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 200'000 / kScale; ++i) {
      End client{.client = 0x0A000000 + i, .port = 1024};
      say(pcap, client, kSyn);
      say(pcap, client, kAck, hello);
    }
  };
  expect_bounded(trace(make));
  expect_bounded(trace(make, {"--json"}));
  expect_bounded(trace(make, {"--by", "phone"}));
}

// Each client is refused by each of eight servers, and has a row.
TEST_F(TraceMemory, OfManyClientsThatAreRefused) {
  const auto hello = client_hello(std::string(250, 'n'));
  expect_bounded(trace(
      [&](Pipe& pipe) {
        Pcap pcap(pipe);
        for (std::uint32_t i = 0; i < 160'000 / kScale; ++i) {
          End client{.client = 0x0A000000 + i / 8,
                     .port = static_cast<std::uint16_t>(1024 + i % 8)};
          say(pcap, client, kSyn);
          say(pcap, client, kAck, hello);
          say(pcap, client, kRst);
        }
      },
      {"--by", "phone"}));
}

TEST_F(TraceMemory, OfHolesThatAreNeverFilled) {
  const std::string large(50'000, 'x');
  expect_bounded(trace([&](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 500 / kScale; ++i) {
      End client{.client = 0x0A000000 + i, .port = 1024};
      say(pcap, client, kSyn);
      for (std::uint32_t at = 1; at < 900'000; at += 50'000) say(pcap, client, kAck, large, at);
    }
  }));
  expect_bounded(trace([&](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 5'000 / kScale; ++i) {
      End client{.client = 0x0A000000 + i, .port = 1024};
      say(pcap, client, kSyn);
      for (std::uint32_t at = 200; at > 0; at -= 2) say(pcap, client, kAck, "x", at);
    }
  }));
}

TEST_F(TraceMemory, OfFragmentsThatAreNeverWhole) {
  constexpr unsigned more = 0x2000;
  const std::string part(1'400, 'x');
  expect_bounded(trace([&](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 200'000 / kScale; ++i) {
      pcap.ipv4(0x0A000000 + i, kServer, 6, part, more, i & 0xFFFF);
    }
    // Many at once, in small parts.
    for (unsigned at = 0; at < 100; ++at) {
      for (unsigned each = 0; each < 64; ++each) {
        pcap.ipv4(0x0A000001, kServer, 6, std::string(1'000 / 8 * 8, 'x'), more | (at * 125), each);
      }
    }
  }));
}

TEST_F(TraceMemory, OfRecordsThatComeOctetByOctet) {
  const auto certificates = many_certificates();
  expect_bounded(trace([&](Pipe& pipe) {
    Pcap pcap(pipe);
    End client{.client = 0x0A000001, .port = 1024}, server = client;
    server.is_client = false;
    say(pcap, client, kSyn);
    say(pcap, server, kSyn | kAck);
    say_all(pcap, client, client_hello("a"));
    say_all(pcap, server, server_hello());
    say_all(pcap, server, std::string_view(certificates).substr(0, certificates.size() / kScale),
            1);
  }));
}

TEST_F(TraceMemory, OfTenThousandCertificatesInEachConnection) {
  const auto certificates = many_certificates();
  const auto make = [&](Pipe& pipe) {
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 300 / kScale; ++i) {
      End client{.client = 0x0A000000 + i, .port = 1024}, server = client;
      server.is_client = false;
      say(pcap, client, kSyn);
      say(pcap, server, kSyn | kAck);
      say_all(pcap, client, client_hello("a"));
      say_all(pcap, server, server_hello());
      say_all(pcap, server, certificates);
    }
  };
  expect_bounded(trace(make));
  expect_bounded(trace(make, {"--by", "phone"}));
}

// What a file's rows wait for is the order of their numbers: the first connection ends last.
TEST_F(TraceMemory, OfRowsThatWaitForTheFirst) {
  const auto certificates = many_certificates();
  const TempDir folder;
  const auto file = (folder.path() / "waits.pcap").string();
  {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    Pipe pipe(descriptor);
    Pcap pcap(pipe);
    for (std::uint32_t i = 0; i < 400 / kScale; ++i) {
      End client{.client = 0x0A000000 + i, .port = 1024}, server = client;
      server.is_client = false;
      say(pcap, client, kSyn);
      say(pcap, server, kSyn | kAck);
      say_all(pcap, client, client_hello("a"));
      if (i == 0) continue;
      say_all(pcap, server, server_hello());
      say_all(pcap, server, certificates);
      say(pcap, client, kRst);
    }
    pipe.flush();
    ::close(descriptor);
  }
  expect_bounded(trace_file(file));
}

// pcapng, whose blocks say to be longer than anything, or are.
std::string block(std::uint32_t type, std::string_view body) {
  return little(type, 4) + little(body.size() + 12, 4) + std::string(body) +
         little(body.size() + 12, 4);
}
std::string section() {
  return block(0x0A0D0D0A, little(0x1A2B3C4D, 4) + little(1, 4) + std::string(8, '\xFF'));
}
std::string secrets_block(std::string text) {
  text.resize((text.size() + 3) / 4 * 4, '\n');
  return block(10, little(0x544C534B, 4) + little(text.size(), 4) + text);
}
std::string secret_line(std::uint64_t number) {
  char random[65], line[200];
  std::snprintf(random, sizeof random, "%064llx", static_cast<unsigned long long>(number));
  std::snprintf(line, sizeof line, "CLIENT_RANDOM %s %s%s%s\n", random, random, "0123456789abcdef",
                "0123456789abcdef");
  return line;
}

TEST_F(TraceMemory, OfBlocksThatSayToBeHuge) {
  for (const std::uint32_t type : {1U, 3U, 6U, 10U, 99U}) {
    expect_bounded(trace([&](Pipe& pipe) {
      pipe.write(section() + little(type, 4) + little(0xFFFFFFFC, 4));
      const std::string zeros(1'000'000, '\0');
      for (std::uint32_t i = 0; i < 400 / kScale && !pipe.closed(); ++i) pipe.write(zeros);
    }));
  }
}

TEST_F(TraceMemory, OfAListOfOptionsThatHasNoEnd) {
  std::string options;
  for (int i = 0; i < 3'900'000 / static_cast<int>(kScale); ++i)
    options += little(9, 2) + little(0, 2);
  expect_bounded(trace([&](Pipe& pipe) {
    pipe.write(section());
    for (int i = 0; i < 10; ++i) pipe.write(block(1, little(101, 4) + little(0, 4) + options));
  }));
}

TEST_F(TraceMemory, OfSecretsByTheMillion) {
  expect_bounded(trace([](Pipe& pipe) {
    pipe.write(section());
    std::uint64_t number = 0;
    for (std::uint32_t i = 0; i < 200 / kScale; ++i) {
      std::string text;
      for (int line = 0; line < 5'000; ++line) text += secret_line(++number);
      pipe.write(secrets_block(std::move(text)));
    }
  }));
  // One block of 200 MB.
  expect_bounded(trace([](Pipe& pipe) {
    pipe.write(section());
    pipe.write(little(10, 4) + little(200'000'020, 4) + little(0x544C534B, 4) +
               little(200'000'000, 4));
    const std::string line = secret_line(1);
    for (std::size_t at = 0; at < 200'000'000; at += line.size()) pipe.write(line);
  }));
}

// While secrets may come, what is encrypted is kept: of many connections, and of long ones.
TEST_F(TraceMemory, OfWhatIsKeptForSecretsThatNeverCome) {
  const auto hello = client_hello("a");
  const auto data = record(23, std::string(16'000, 'd'));
  const TempDir folder;
  const auto keys = folder.write("keys", "# none by now\n").string();
  expect_bounded(trace(
      [&](Pipe& pipe) {
        Pcap pcap(pipe);
        for (std::uint32_t i = 0; i < 3'000 / kScale; ++i) {
          End client{.client = 0x0A000000 + i, .port = 1024}, server = client;
          server.is_client = false;
          say(pcap, client, kSyn);
          say(pcap, server, kSyn | kAck);
          say_all(pcap, client, hello);
          say_all(pcap, server, server_hello());
          for (int j = 0; j < 5; ++j) {
            say_all(pcap, client, data);
            say_all(pcap, server, data, 1'400);
          }
        }
      },
      {"--keylog", keys}));
}

}  // namespace
}  // namespace sealtone::test
