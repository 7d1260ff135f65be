// SPDX-License-Identifier: Apache-2.0
//
// http/reader: one request or response out of a buffer that fills up; Beast's parser behind it.
//
// Source: RFC 9112.  Stricter than Beast where two readers could disagree about where a message
// ends: no line end without its carriage return, no folded field, no Transfer-Encoding beside a
// Content-Length.  Units: octets.
#pragma once

#include <memory>

#include "http/http.h"

namespace sealtone::http {

class RequestReader {
 public:
  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  // Takes from the front of the buffer what belongs to the request.  True: it is complete, or
  // refused; false: it needs more.
  [[nodiscard]] bool read(std::string& buffer);
  // 0, or the status of the answer to a request that is none.
  [[nodiscard]] int refused() const;
  // The peer waits for "100 Continue" before it sends the body.  True once.
  [[nodiscard]] bool wants_continue();
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool is_http_1_0() const;
  [[nodiscard]] Request take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class ResponseReader {
 public:
  // to_head: the response has no body, whatever its fields say.
  ResponseReader(const Limits& limits, bool to_head);
  ~ResponseReader();
  [[nodiscard]] bool read(std::string& buffer);
  // The peer ended the stream: true if that makes the response complete.
  [[nodiscard]] bool end_of_stream();
  [[nodiscard]] const std::optional<base::Error>& failure() const;
  [[nodiscard]] Response take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sealtone::http
