// SPDX-License-Identifier: Apache-2.0
//
// http/server: requests of one connection, one after the other, each answered.
#include <array>

#include "crypto/secret.h"
#include "http/message.h"
#include "http/reader.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;

constexpr std::size_t kFirstPiece = 1024;  // most requests are whole in it
constexpr std::chrono::milliseconds kLinger = std::chrono::seconds(1);
constexpr std::size_t kMaxLingered = 1'000'000;

Response too_many_bodies() {
  auto response = plain_answer(503);
  response.fields.emplace_back("Retry-After", "1");
  return response;
}

class Session {
 public:
  Session(net::ByteStream& stream, Handler handler, Limits limits, Bodies bodies)
      : stream_(stream),
        handler_(std::move(handler)),
        limits_(limits),
        bodies_(std::move(bodies)) {}

  net::Task<void> run() {
    bool go_on = true;
    while (go_on) {
      std::optional<RequestReader> reader(std::in_place, limits_);
      const bool complete = co_await read(*reader);
      if (!complete) co_return;
      if (reader->refused() != 0) turned_away_ = plain_answer(reader->refused());
      if (turned_away_) {
        const bool to_head = reader->header().method == "HEAD";
        // Who takes the answer slowly holds nothing of the request meanwhile.
        reader.reset();
        held_.reset();
        co_await refuse(*turned_away_, to_head);
        co_return;
      }
      go_on = co_await answer(*reader);
      held_.reset();
    }
    co_await stream_.shutdown();
  }

 private:
  // True: complete or refused.  False: there is nobody left to answer.
  net::Task<bool> read(RequestReader& reader) {
    using Progress = RequestReader::Progress;
    bool begun = !buffer_.empty();
    stream_.expires_after(begun ? limits_.request : limits_.idle);
    for (auto progress = reader.read(buffer_); progress != Progress::over;
         progress = reader.read(buffer_)) {
      if (progress == Progress::body_due) {
        admit(reader);
        if (turned_away_) co_return true;
        continue;
      }
      if (reader.wants_continue()) {
        auto sent = co_await net::write_all(stream_, base::view("HTTP/1.1 100 Continue\r\n\r\n"));
        if (!sent) co_return false;
      }
      const auto into = space(begun);
      auto got = co_await stream_.read_some(into);
      if (!got && got.error().code == ErrorCode::timeout) {
        if (!begun) {
          co_await stream_.shutdown();  // nothing was asked, so goodbye is the answer
          co_return false;
        }
        turned_away_ = plain_answer(408);
        co_return true;
      }
      if (!got || *got == 0) co_return false;
      buffer_.append(base::text(into.first(*got)));
      if (!begun) stream_.expires_after(limits_.request);
      begun = true;
    }
    forget_pieces();
    co_return true;
  }

  // An idle connection waits with the first piece alone.
  std::span<std::uint8_t> space(bool begun) {
    if (!begun) return first_piece_;
    if (piece_.empty()) piece_.resize(kPiece);
    return piece_;
  }

  // Nothing stays of what may have been secret.
  void forget_pieces() {
    for (const auto piece :
         {std::span<std::uint8_t>(first_piece_), std::span<std::uint8_t>(piece_)}) {
      crypto::wipe({reinterpret_cast<char*>(piece.data()), piece.size()});
    }
    base::Bytes().swap(piece_);
    if (buffer_.empty()) std::string().swap(buffer_);
  }

  // Either the reader knows how large a body may come, or turned_away_ is the answer.
  void admit(RequestReader& reader) {
    const auto admitted = ask_the_gate(reader.header());
    if (!admitted) {
      turned_away_ = admitted.error();
      return;
    }
    const auto most = std::min(*admitted, limits_.body_bytes);
    reader.admit(most);
    if (reader.refused() != 0 || bodies_.budget == nullptr) return;
    const auto due = reader.body_length().value_or(most);
    // Anybody's header section may hold as much: who may send no more cannot fill the budget.
    if (due <= limits_.header_bytes) return;
    held_ = bodies_.budget->take(due);
    if (!held_) turned_away_ = too_many_bodies();
  }

  Admission ask_the_gate(const Request& header) {
    if (!bodies_.gate) return limits_.body_bytes;
    try {
      return bodies_.gate(header);
    } catch (...) {
      return std::unexpected(plain_answer(500));  // as in handled()
    }
  }

  net::Task<Response> handled(const Request& request) {
    try {
      auto task = handler_(request);
      co_return co_await std::move(task);
    } catch (...) {
      // Exceptions do not cross rooms, and their words are not for the peer.
      co_return plain_answer(500);
    }
  }

  // Whether the connection is kept for another request.
  net::Task<bool> answer(RequestReader& reader) {
    bool keep = reader.keep_alive();
    const bool http_1_0 = reader.is_http_1_0();
    auto request = reader.take();
    auto response = co_await handled(request);
    wipe(request);
    if (lists(response.field("connection"), "close")) keep = false;
    auto afterwards = Afterwards::close;
    if (keep) {
      afterwards = http_1_0 ? Afterwards::keep_open_as_http_1_0_asked : Afterwards::keep_open;
    }
    const bool to_head = request.method == "HEAD";
    auto octets = serialize(response, afterwards, to_head);
    if (!octets) octets = serialize(plain_answer(500), afterwards, to_head);
    stream_.expires_after(limits_.request);
    auto sent = co_await net::write_all(stream_, base::view(*octets));
    co_return sent.has_value() && keep;
  }

  // What still comes is read for a while, and dropped: closing at once would send a reset, which
  // may overtake the answer.
  net::Task<void> refuse(const Response& response, bool to_head) {
    forget_pieces();
    std::string().swap(buffer_);
    auto octets = serialize(response, Afterwards::close, to_head);
    if (!octets) octets = serialize(plain_answer(500), Afterwards::close, to_head);
    stream_.expires_after(kLinger);
    auto sent = co_await net::write_all(stream_, base::view(*octets));
    if (!sent) co_return;
    co_await stream_.shutdown();
    stream_.expires_after(kLinger);
    piece_.resize(kPiece);
    for (std::size_t lingered = 0; lingered < kMaxLingered;) {
      auto got = co_await stream_.read_some(piece_);
      if (!got || *got == 0) co_return;
      lingered += *got;
    }
  }

  net::ByteStream& stream_;
  Handler handler_;
  Limits limits_;
  Bodies bodies_;
  std::string buffer_;
  std::array<std::uint8_t, kFirstPiece> first_piece_{};
  base::Bytes piece_;
  BodyBudget::Share held_;
  std::optional<Response> turned_away_;
};

}  // namespace

BodyBudget::Share BodyBudget::take(std::size_t octets) {
  if (octets > most_ - *held_) return nullptr;
  *held_ += octets;
  return {held_.get(), GiveBack{held_, octets}};
}

net::Task<void> serve(net::ByteStream& stream, Handler handler, Limits limits, Bodies bodies) {
  Session session(stream, std::move(handler), limits, std::move(bodies));
  co_await session.run();
  stream.close();
}

}  // namespace sealtone::http
