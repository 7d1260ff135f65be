// SPDX-License-Identifier: Apache-2.0
//
// base/result: an operation's value, or why it could not be done.
//
// An Error is about an operation (bad PEM, disk full, timeout); what is found out about a
// peer is a trust::Finding instead and is never an Error.  Exceptions do not cross rooms.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace sealtone::base {

enum class ErrorCode {
  bad_input,   // the input does not have the form asked for
  wrong_kind,  // well-formed, but another kind of thing (a CSR where a certificate is wanted)
  too_large,   // over a stated limit
  not_found,
  exists,       // is there already
  mismatch,     // two things that must fit do not (key and certificate)
  not_allowed,  // credentials, CSRF, permissions
  busy,         // somebody else owns it, or a queue is full
  timeout,
  unreachable,  // name not resolved, connection refused
  closed,       // the other side ended the stream
  io,           // disk or socket
  unsupported,
  internal,  // an invariant of our own; the detail says which
};

// The stable word of a code ("bad-input"), for JSON and tests.
[[nodiscard]] const char* word(ErrorCode code);

struct Error {
  ErrorCode code;
  std::string where;   // the file, key, address or message at fault; may be empty
  std::string detail;  // a sentence for a person; never holds a secret
};

// "WHERE: DETAIL", or the detail alone.
[[nodiscard]] std::string to_string(const Error& error);

template <typename T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string where,
                                                 std::string detail) {
  return std::unexpected(Error{code, std::move(where), std::move(detail)});
}

}  // namespace sealtone::base
