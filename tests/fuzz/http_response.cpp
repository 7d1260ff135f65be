// SPDX-License-Identifier: Apache-2.0
//
// Fuzz: any octets as what a server answers to the client role of http.
//
// The first octet says in pieces of what size they come, and whether HEAD was asked.
#include <boost/asio/co_spawn.hpp>
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
  MemoryStream stream(pieces_of(text, data[0] / 2 + 1U));
  const sealtone::http::Limits limits{.header_bytes = 1'000, .body_bytes = 1'000};
  sealtone::http::Request request;
  request.method = data[0] % 2 == 0 ? "GET" : "HEAD";
  bool done = false;
  sealtone::net::asio::co_spawn(
      loop, exchange(stream, request, limits),
      [&](const std::exception_ptr& thrown,
          const sealtone::base::Result<sealtone::http::Response>& response) {
        if (thrown || (response && response->body.size() > limits.body_bytes)) std::abort();
        done = true;
      });
  loop.run();
  if (!done) std::abort();
  return 0;
}
