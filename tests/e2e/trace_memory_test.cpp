// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: captures of connections that were made to be too much for it.  However they are
// made, it takes no more memory than it is allowed, and comes to an end.
#include "e2e/trace_memory_fixture.h"

namespace sealtone::test {
namespace {

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

}  // namespace
}  // namespace sealtone::test
