// SPDX-License-Identifier: Apache-2.0
//
// http/reader: one request or response out of a buffer that fills up; Beast's parser behind it.
//
// Source: RFC 9112.  Stricter than Beast where two readers could disagree about where a message
// ends: no line end without its carriage return, no folded field, no Transfer-Encoding beside a
// Content-Length.  Units: octets.
#pragma once

#include <cstddef>
#include <memory>

#include "http/http.h"

namespace sealtone::http {

inline constexpr std::size_t kPiece = 16 * 1024;  // read at once

class RequestReader {
 public:
  enum class Progress {
    needs_more,
    body_due,  // the header section is there; admit() comes before the next read()
    over,      // complete, or refused
  };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  // Takes from the front of the buffer what belongs to the request.
  [[nodiscard]] Progress read(std::string& buffer);
  // 0, or the status of the answer to a request that is none.
  [[nodiscard]] int refused() const;
  // The request without its body, once that is due.
  [[nodiscard]] const Request& header() const;
  [[nodiscard]] std::optional<std::size_t> body_length() const;  // absent: it comes in chunks
  // The body may have so many octets; a longer one is refused, 413.
  void admit(std::size_t most);
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
