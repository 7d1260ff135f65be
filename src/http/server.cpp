// SPDX-License-Identifier: Apache-2.0
//
// http/server: requests of one connection, one after the other, each answered.
#include "crypto/secret.h"
#include "http/message.h"
#include "http/reader.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;

constexpr std::size_t kPiece = 16 * 1024;
constexpr std::chrono::milliseconds kLinger = std::chrono::seconds(1);
constexpr std::size_t kMaxLingered = 1'000'000;

class Session {
 public:
  Session(net::ByteStream& stream, Handler handler, Limits limits)
      : stream_(stream), handler_(std::move(handler)), limits_(limits) {}

  net::Task<void> run() {
    bool go_on = true;
    while (go_on) {
      RequestReader reader(limits_);
      const bool complete = co_await read(reader);
      if (!complete) co_return;
      if (reader.refused() != 0) {
        co_await refuse(reader.refused());
        co_return;
      }
      go_on = co_await answer(reader);
    }
    co_await stream_.shutdown();
  }

 private:
  // True: complete or refused.  False: there is nobody left to answer.
  net::Task<bool> read(RequestReader& reader) {
    bool begun = !buffer_.empty();
    stream_.expires_after(begun ? limits_.request : limits_.idle);
    while (!reader.read(buffer_)) {
      if (reader.wants_continue()) {
        auto sent = co_await net::write_all(stream_, base::view("HTTP/1.1 100 Continue\r\n\r\n"));
        if (!sent) co_return false;
      }
      if (piece_.empty()) piece_.resize(kPiece);
      auto got = co_await stream_.read_some(piece_);
      if (!got && got.error().code == ErrorCode::timeout) {
        if (begun) {
          co_await refuse(408);
        } else {
          co_await stream_.shutdown();  // nothing was asked, so goodbye is the answer
        }
        co_return false;
      }
      if (!got || *got == 0) co_return false;
      buffer_.append(base::text(base::ByteView(piece_).first(*got)));
      if (!begun) stream_.expires_after(limits_.request);
      begun = true;
    }
    // An idle connection keeps neither, and nothing stays of what may have been secret.
    crypto::wipe({reinterpret_cast<char*>(piece_.data()), piece_.size()});
    base::Bytes().swap(piece_);
    if (buffer_.empty()) std::string().swap(buffer_);
    co_return true;
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

  // A fixed answer, nothing of what came.  What still comes is read for a while: closing at once
  // would send a reset, which may overtake the answer.
  net::Task<void> refuse(int status) {
    const auto octets = serialize(plain_answer(status), Afterwards::close, false);
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
  std::string buffer_;
  base::Bytes piece_;
};

}  // namespace

net::Task<void> serve(net::ByteStream& stream, Handler handler, Limits limits) {
  Session session(stream, std::move(handler), limits);
  co_await session.run();
  stream.close();
}

}  // namespace sealtone::http
