// SPDX-License-Identifier: Apache-2.0
//
// sip/transactions: see transactions.h.
#include "sip/transactions.h"

namespace sealtone::sip {

using base::ErrorCode;

// RFC 3261 §17.1.3: "If the response has the same value of the branch parameter in the top Via
// header field as the branch parameter in the top Via header field of the request that created the
// transaction", and "if the method parameter in the CSeq header field matches".
std::optional<Transactions::Key> Transactions::key_of(const Message& message) {
  const auto vias = message.all("Via");
  // §8.1.3.3: "If more than one Via header field value is present in a response, the UAC SHOULD
  // discard the message."
  if (vias.size() != 1) return std::nullopt;
  const auto via = parse_via(vias.front());
  const auto cseq = parse_cseq(message.field("CSeq"));
  if (!via || !cseq) return std::nullopt;
  const auto* branch = parameter(via->parameters, "branch");
  if (branch == nullptr || branch->empty()) return std::nullopt;
  return Key{*branch, std::to_string(cseq->number) + " " + cseq->method};
}

base::Result<std::shared_ptr<Transaction>> Transactions::open(
    const net::asio::any_io_executor& loop, const Message& request,
    std::chrono::milliseconds limit) {
  auto key = key_of(request);
  if (!key || open_.contains(*key)) {
    return base::fail(ErrorCode::internal, request.method, "a request without its own branch");
  }
  if (open_.size() >= kMost) {
    return base::fail(ErrorCode::busy, request.method, "too many requests wait for answers");
  }
  auto transaction = std::make_shared<Transaction>(loop);
  transaction->call_id = request.call_id();
  transaction->timer.expires_after(limit);
  open_.emplace(*std::move(key), transaction);
  return transaction;
}

bool Transactions::take(Message response) {
  const auto key = key_of(response);
  const auto found = key ? open_.find(*key) : open_.end();
  if (found == open_.end()) return false;
  auto& transaction = *found->second;
  if (transaction.response || transaction.call_id != response.call_id()) return false;
  // §17.1.2.2: timer F fires whether or not a provisional response came.
  if (response.status < 200) return true;
  transaction.response = std::move(response);
  transaction.timer.cancel();
  return true;
}

void Transactions::close(const std::shared_ptr<Transaction>& transaction) {
  std::erase_if(open_, [&](const auto& entry) { return entry.second == transaction; });
}

void Transactions::end() {
  for (auto& [key, transaction] : open_) transaction->timer.cancel();
}

}  // namespace sealtone::sip
