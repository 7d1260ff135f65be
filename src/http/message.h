// SPDX-License-Identifier: Apache-2.0
//
// http/message: the octets of a request or response that is ours to send.
//
// Source: RFC 9110 §5, RFC 9112 §2 to §6.  Content-Length, Transfer-Encoding and Connection are set
// here, never taken from the fields given.  Errors: bad_input for a name, value, method or target
// that would not be one line (a response cannot be split by what it holds).
#pragma once

#include "http/http.h"

namespace sealtone::http {

[[nodiscard]] std::string_view find_field(const Fields& fields, std::string_view name);
[[nodiscard]] bool is_token(std::string_view text);        // RFC 9110 §5.6.2
[[nodiscard]] bool is_field_value(std::string_view text);  // RFC 9110 §5.5, without obs-fold

// Whether a comma-separated list such as Connection's holds the token.
[[nodiscard]] bool lists(std::string_view field, std::string_view token);

[[nodiscard]] base::Result<std::string> serialize(const Request& request,
                                                  std::string_view default_host);

enum class Afterwards { close, keep_open, keep_open_as_http_1_0_asked };
// to_head: the body stays away, its length is told.
[[nodiscard]] base::Result<std::string> serialize(const Response& response, Afterwards afterwards,
                                                  bool to_head);

[[nodiscard]] std::string_view reason_phrase(int status);
[[nodiscard]] Response plain_answer(int status);  // the phrase is all that it says

}  // namespace sealtone::http
