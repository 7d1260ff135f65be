// SPDX-License-Identifier: Apache-2.0
//
// net/resolve: names asked of a scripted name server on loopback.
#include "net/resolve.h"

#include <gtest/gtest.h>

#include <boost/asio/ip/udp.hpp>

#include "support/loop.h"

namespace sealtone::net {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;

// Answers every question about an A record with 192.0.2.7, or with the response code set; others
// (AAAA) with no record.  RFC 1035 §4.
class NameServer {
 public:
  explicit NameServer(asio::io_context& loop)
      : socket_(loop, asio::ip::udp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    listen();
  }
  [[nodiscard]] std::string address() const {
    return "127.0.0.1:" + std::to_string(socket_.local_endpoint().port());
  }
  std::uint8_t response_code = 0;
  bool silent = false;
  int questions = 0;

 private:
  void listen() {
    socket_.async_receive_from(asio::buffer(question_), from_,
                               [this](const boost::system::error_code& failed, std::size_t size) {
                                 if (failed) return;
                                 ++questions;
                                 if (!silent) answer(size);
                                 listen();
                               });
  }
  void answer(std::size_t size) {
    constexpr std::size_t kHeader = 12;
    auto end = kHeader;
    while (question_[end] != 0) end += question_[end] + 1U;
    end += 1 + 4;  // the root label, QTYPE, QCLASS
    ASSERT_LE(end, size);
    const bool asks_a = question_[end - 3] == 1;
    std::vector<std::uint8_t> reply(question_.begin(), question_.begin() + end);
    const bool has_record = asks_a && response_code == 0;
    reply[2] = 0x81;
    reply[3] = static_cast<std::uint8_t>(0x80 | response_code);
    reply[7] = has_record ? 1 : 0;
    reply[8] = reply[9] = reply[10] = reply[11] = 0;
    const std::array<std::uint8_t, 16> record{0xC0, 12, 0, 1, 0,   1, 0, 0,
                                              0,    60, 0, 4, 192, 0, 2, 7};
    if (has_record) reply.insert(reply.end(), record.begin(), record.end());
    socket_.send_to(asio::buffer(reply), from_);
  }

  asio::ip::udp::socket socket_;
  asio::ip::udp::endpoint from_;
  std::array<std::uint8_t, 600> question_{};
};

std::vector<std::string> texts(const base::Result<std::vector<asio::ip::address>>& addresses) {
  if (!addresses) return {base::to_string(addresses.error())};
  std::vector<std::string> all;
  for (const auto& address : *addresses) all.push_back(address.to_string());
  return all;
}

TEST(Resolve, AsksTheNameServer) {
  asio::io_context loop;
  NameServer server(loop);
  EXPECT_EQ(texts(finish(loop, resolve("prov.example.com", 5s, server.address()))),
            std::vector<std::string>{"192.0.2.7"});
  EXPECT_GE(server.questions, 1);
}

TEST(Resolve, TakesLiteralsAndLocalhostWithoutAsking) {
  asio::io_context loop;
  const NameServer server(loop);
  EXPECT_EQ(texts(finish(loop, resolve("192.0.2.9", 5s, server.address()))),
            std::vector<std::string>{"192.0.2.9"});
  EXPECT_EQ(texts(finish(loop, resolve("2001:db8::1", 5s, server.address()))),
            std::vector<std::string>{"2001:db8::1"});
  EXPECT_EQ(texts(finish(loop, resolve("localhost", 5s, server.address()))),
            (std::vector<std::string>{"127.0.0.1", "::1"}));
  EXPECT_EQ(server.questions, 0);
}

TEST(Resolve, SaysUnreachableForANameThatDoesNotExist) {
  asio::io_context loop;
  NameServer server(loop);
  server.response_code = 3;  // NXDOMAIN
  auto addresses = finish(loop, resolve("no.example.com", 5s, server.address()));
  ASSERT_FALSE(addresses);
  EXPECT_EQ(addresses.error().code, ErrorCode::unreachable);
  EXPECT_EQ(addresses.error().where, "no.example.com");
}

TEST(Resolve, SaysTimeoutWhenTheNameServerIsSilent) {
  asio::io_context loop;
  NameServer server(loop);
  server.silent = true;
  auto addresses = finish(loop, resolve("slow.example.com", 50ms, server.address()));
  ASSERT_FALSE(addresses);
  EXPECT_EQ(addresses.error().code, ErrorCode::timeout);
}

TEST(Resolve, SaysUnreachableForWhatIsNoName) {
  asio::io_context loop;
  const NameServer server(loop);
  for (const auto& name : {std::string(), std::string(300, 'a'), std::string("a..b")}) {
    auto addresses = finish(loop, resolve(name, 5s, server.address()));
    ASSERT_FALSE(addresses) << name;
    EXPECT_EQ(addresses.error().code, ErrorCode::unreachable) << name;
  }
}

}  // namespace
}  // namespace sealtone::net
