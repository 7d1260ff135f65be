// SPDX-License-Identifier: Apache-2.0
//
// Fuzz: any octets as what a client sends to the server role of http.
//
// The first octet says in pieces of what size they come.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdlib>

#include "http/memory_stream.h"

namespace {

using sealtone::http::testing::MemoryStream;

std::deque<std::string> pieces_of(std::string_view text, std::size_t size) {
  std::deque<std::string> pieces;
  for (std::size_t at = 0; at < text.size(); at += size) pieces.emplace_back(text.substr(at, size));
  return pieces;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = sealtone::base::text({data + 1, size - 1});
  sealtone::net::asio::io_context loop;
  MemoryStream stream(pieces_of(text, data[0] + 1U));
  const sealtone::http::Limits limits{.header_bytes = 1'000, .body_bytes = 1'000};
  const sealtone::http::Handler handler =
      [&](const sealtone::http::Request& request) -> sealtone::net::Task<sealtone::http::Response> {
    // What gets through has a body within the limit, a path and no line ends in its fields.
    if (request.body.size() > limits.body_bytes || request.target.empty()) std::abort();
    for (const auto& [name, value] : request.fields) {
      if ((name + value).find_first_of("\r\n") != std::string::npos) std::abort();
    }
    co_return sealtone::http::Response{};
  };
  sealtone::net::asio::co_spawn(loop, serve(stream, handler, limits),
                                sealtone::net::asio::detached);
  loop.run();
  if (!stream.closed) std::abort();
  return 0;
}
