// SPDX-License-Identifier: Apache-2.0
//
// sip/transactions: requests of ours that wait for their answers, over one connection.
//
// Source: RFC 3261 §17.1.2 (timer F), §17.1.3 (which response belongs to which request), §8.1.3.3.
// Runs on the loop.  At most kMost at once.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "net/net.h"
#include "sip/message.h"

namespace sealtone::sip {

struct Transaction {
  explicit Transaction(const net::asio::any_io_executor& loop) : timer(loop) {}
  net::asio::steady_timer timer;  // timer F; cancelled when there is an answer
  std::string call_id = {};
  std::optional<Message> response = {};
};

class Transactions {
 public:
  static constexpr std::size_t kMost = 64;

  // internal: a request without a branch; busy: too many wait.
  [[nodiscard]] base::Result<std::shared_ptr<Transaction>> open(
      const net::asio::any_io_executor& loop, const Message& request,
      std::chrono::milliseconds limit);
  // Whether it answers one of them.  A provisional one does, and changes nothing.
  [[nodiscard]] bool take(Message response);
  void close(const std::shared_ptr<Transaction>& transaction);
  // Each is woken, without an answer.
  void end();

 private:
  struct Key {
    std::string branch;
    std::string cseq;  // number and method
    auto operator<=>(const Key&) const = default;
  };
  [[nodiscard]] static std::optional<Key> key_of(const Message& message);
  std::map<Key, std::shared_ptr<Transaction>> open_;
};

}  // namespace sealtone::sip
