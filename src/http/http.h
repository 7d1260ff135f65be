// SPDX-License-Identifier: Apache-2.0
//
// http: HTTP/1.1 client and server over any ByteStream.
//
// Source: RFC 9110, 9112.  Parsing and serializing are Beast's, in one .cpp.  Limits: header
// 16 KB, body as asked (5 MB), idle 60 s.  Errors: bad_input (malformed), too_large, timeout,
// closed.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/net.h"

namespace sealtone::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = "GET";
  std::string target = "/";
  Fields fields;
  std::string body;
  [[nodiscard]] std::string_view field(
      std::string_view name) const;  // case-insensitive; empty if absent
};

// Overwrites the values of its fields and its body: a password, a passphrase, a key.
void wipe(Request& request);

struct Response {
  int status = 200;
  std::string reason;
  Fields fields;
  std::string body;
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 5'000'000;
  std::chrono::milliseconds request{30'000};  // until the whole message is read
  std::chrono::milliseconds idle{60'000};     // between requests
};

// One exchange.  Host, User-Agent and Content-Length are the caller's fields or set here.
[[nodiscard]] net::Task<base::Result<Response>> exchange(net::ByteStream& stream, Request request,
                                                         Limits limits);

using Handler = std::function<net::Task<Response>(const Request&)>;

// How large a body may come, in octets; or the answer, so that none is read.
using Admission = std::expected<std::size_t, Response>;
// Asked with the header section of a request that brings a body, before any of it is read and
// before "100 Continue" is sent.
using Gate = std::function<Admission(const Request& header)>;

// The octets of request bodies in memory that are longer than a header section may be, of all that
// share it.  Each counts with its Content-Length, or all that may come, until it is answered.
class BodyBudget {
  struct GiveBack {
    std::shared_ptr<std::size_t> held;
    std::size_t octets = 0;
    void operator()(const std::size_t*) const { *held -= octets; }
  };

 public:
  using Share = std::unique_ptr<std::size_t, GiveBack>;

  explicit BodyBudget(std::size_t most) : most_(most) {}
  [[nodiscard]] Share take(std::size_t octets);  // null if that many are not left
  [[nodiscard]] std::size_t held() const { return *held_; }

 private:
  std::size_t most_;
  std::shared_ptr<std::size_t> held_ = std::make_shared<std::size_t>(0);
};

// Whose bodies are read; without a gate everybody's, up to the limit.
struct Bodies {
  Gate gate = {};
  BodyBudget* budget = nullptr;  // past it: 503
};

// Serves requests until the peer or a limit ends it.  A malformed request gets its 4xx and the
// connection closes; so does one whose body is not admitted.  Handlers always answer.
[[nodiscard]] net::Task<void> serve(net::ByteStream& stream, Handler handler, Limits limits,
                                    Bodies bodies = {});

// "Basic dXNlcjpwYXNz" (RFC 7617).
[[nodiscard]] std::string basic_credentials(std::string_view user, std::string_view password);

}  // namespace sealtone::http
