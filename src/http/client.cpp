// SPDX-License-Identifier: Apache-2.0
//
// http/client: one request sent, its response read.
#include "http/message.h"
#include "http/reader.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;

// RFC 9110 §15.2: interim responses may come in any number; a server that never gets to the point
// is not waited for.
constexpr int kMaxInterim = 20;
constexpr int kSwitchingProtocols = 101;

}  // namespace

net::Task<base::Result<Response>> exchange(net::ByteStream& stream, Request request,
                                           Limits limits) {
  const auto peer = stream.peer();
  auto octets = serialize(request, peer == "local" ? "localhost" : peer);
  if (!octets) co_return std::unexpected(octets.error());
  stream.expires_after(limits.request);
  auto sent = co_await net::write_all(stream, base::view(*octets));
  if (!sent && sent.error().code != ErrorCode::closed) co_return std::unexpected(sent.error());
  // A server that refuses a request may answer and close before it has read all of it.
  const bool to_head = request.method == "HEAD";
  std::string buffer;
  base::Bytes piece(kPiece);
  for (int interim = 0; interim <= kMaxInterim;) {
    ResponseReader reader(limits, to_head);
    while (!reader.read(buffer)) {
      auto got = co_await stream.read_some(piece);
      if (!got) co_return std::unexpected(got.error());
      if (*got == 0 && reader.end_of_stream()) break;
      if (*got == 0) {
        co_return base::fail(ErrorCode::closed, peer,
                             "the connection ended before the response was complete");
      }
      buffer.append(base::text(base::ByteView(piece).first(*got)));
    }
    if (reader.failure()) {
      co_return base::fail(reader.failure()->code, peer, reader.failure()->detail);
    }
    auto response = reader.take();
    if (response.status >= 200 || response.status == kSwitchingProtocols) co_return response;
    ++interim;
  }
  co_return base::fail(ErrorCode::bad_input, peer, "only interim responses came");
}

}  // namespace sealtone::http
