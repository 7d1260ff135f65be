// SPDX-License-Identifier: Apache-2.0
//
// tests/support/name_server: a name server on loopback that answers from a list, on the loop.
//
// Source: RFC 1035 §4, RFC 2782.  Names that are not in its list do not exist.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::test {

class NameServer {
 public:
  explicit NameServer(boost::asio::io_context& loop)
      : socket_(loop, Udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
    listen();
  }
  [[nodiscard]] std::string address() const {
    return "127.0.0.1:" + std::to_string(socket_.local_endpoint().port());
  }

  void a(const std::string& name, const std::string& address) {
    const auto octets = boost::asio::ip::make_address_v4(address).to_bytes();
    records_[name].push_back({1, {octets.begin(), octets.end()}});
  }
  void srv(const std::string& name, std::uint16_t priority, std::uint16_t weight,
           std::uint16_t port, const std::string& target) {
    Octets data;
    for (const auto number : {priority, weight, port}) add_number(data, number);
    add_name(data, target);
    records_[name].push_back({33, std::move(data)});
  }

  std::uint8_t response_code = 0;  // another than 0 is the answer to everything
  bool silent = false;
  int questions = 0;
  std::vector<std::string> asked;  // their names

 private:
  using Udp = boost::asio::ip::udp;
  using Octets = std::vector<std::uint8_t>;
  struct Record {
    std::uint16_t type;
    Octets data;
  };

  static void add_number(Octets& to, std::uint16_t number) {
    to.push_back(static_cast<std::uint8_t>(number >> 8U));
    to.push_back(static_cast<std::uint8_t>(number));
  }
  static void add_name(Octets& to, std::string_view name) {
    while (!name.empty()) {
      const auto label = name.substr(0, name.find('.'));
      to.push_back(static_cast<std::uint8_t>(label.size()));
      to.insert(to.end(), label.begin(), label.end());
      name.remove_prefix(std::min(name.size(), label.size() + 1));
    }
    to.push_back(0);
  }

  void listen() {
    socket_.async_receive_from(boost::asio::buffer(question_), from_,
                               [this](const boost::system::error_code& failed, std::size_t) {
                                 if (failed) return;
                                 ++questions;
                                 if (!silent) answer();
                                 listen();
                               });
  }

  void answer() {
    std::size_t end = 12;  // behind the header
    std::string name;
    while (question_.at(end) != 0) {
      const auto size = question_.at(end);
      for (std::size_t i = 1; i <= size; ++i) name += static_cast<char>(question_.at(end + i));
      end += size + 1U;
      if (question_.at(end) != 0) name += '.';
    }
    end += 1 + 4;  // the root label, QTYPE, QCLASS
    asked.push_back(name);
    const auto type =
        static_cast<std::uint16_t>(question_.at(end - 4) << 8U | question_.at(end - 3));
    Octets reply(question_.begin(), question_.begin() + static_cast<std::ptrdiff_t>(end));
    const auto known = records_.find(name);
    const int code = response_code != 0 ? response_code : known == records_.end() ? 3 : 0;
    std::uint8_t count = 0;
    if (code == 0) {
      for (const auto& record : known->second) {
        if (record.type != type) continue;
        ++count;
        reply.insert(reply.end(), {0xC0, 12});  // the name that was asked for
        for (const auto number :
             {record.type, std::uint16_t{1}, std::uint16_t{0}, std::uint16_t{60}}) {
          add_number(reply, number);
        }
        add_number(reply, static_cast<std::uint16_t>(record.data.size()));
        reply.insert(reply.end(), record.data.begin(), record.data.end());
      }
    }
    reply[2] = 0x81;
    reply[3] = static_cast<std::uint8_t>(0x80 | code);
    reply[7] = count;
    reply[8] = reply[9] = reply[10] = reply[11] = 0;
    socket_.send_to(boost::asio::buffer(reply), from_);
  }

  Udp::socket socket_;
  Udp::endpoint from_;
  std::map<std::string, std::vector<Record>> records_;
  std::array<std::uint8_t, 600> question_{};
};

}  // namespace sealtone::test
