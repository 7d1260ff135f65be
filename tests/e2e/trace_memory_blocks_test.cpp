// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: the same of pcapng's blocks, and of the secrets in them or beside them.
#include "e2e/trace_memory_fixture.h"

namespace sealtone::test {
namespace {

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
