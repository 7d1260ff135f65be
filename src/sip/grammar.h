// SPDX-License-Identifier: Apache-2.0
//
// sip/grammar: what header fields are made of.
//
// Source: RFC 3261 §7.3.1 (folding, lists), §25.1 (token, quoted-string, LWS).  Octets in, values
// out, each octet looked at a fixed number of times.  Errors: bad_input, too_large; none quotes a
// value, which may be a credential.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sip/message.h"

namespace sealtone::sip::grammar {

[[nodiscard]] std::unexpected<base::Error> malformed(std::string why);

[[nodiscard]] bool is_alphanumeric(char c);
[[nodiscard]] bool is_control(char c);  // but HTAB
[[nodiscard]] bool is_blank(char c);    // SP, HTAB
[[nodiscard]] bool is_token(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);  // without blanks at its ends

// At most four thousand million; nothing for what is no number or a larger one.
[[nodiscard]] std::optional<std::uint32_t> number(std::string_view digits);

// Where the quoted string that begins at `from` is over; npos if it never is.
[[nodiscard]] std::size_t behind_quotes(std::string_view text, std::size_t from);
[[nodiscard]] std::string without_quotes(std::string_view quoted);
[[nodiscard]] std::string with_quotes(std::string_view text);

// The elements of a list, taken apart at commas outside quotes and angle brackets.
[[nodiscard]] std::vector<std::string_view> elements(std::string_view list);

// Of a URI or of one element of a field.
inline constexpr std::size_t kMaxParameters = 64;
// Appends; bad_input for a name that is there already (§7.3.1).
[[nodiscard]] base::Result<void> add(Parameters& parameters, std::string name, std::string value);
// ";a=b ; c=\"d\"".
[[nodiscard]] base::Result<Parameters> read_parameters(std::string_view text);
[[nodiscard]] std::string text(const Parameters& parameters);

// The lines of a head, folded ones made one, without its last empty line.
[[nodiscard]] base::Result<std::vector<std::string>> lines(std::string_view head);
[[nodiscard]] base::Result<Field> read_field(std::string_view line);
// A value that is read as it was written: no line ends, and control characters only behind a
// backslash in a quoted string.
[[nodiscard]] bool is_value(std::string_view value);
// Of the Content-Length fields among a head's lines (the start line is the first).
[[nodiscard]] base::Result<std::optional<std::size_t>> content_length(
    const std::vector<std::string>& lines);

// The name as RFC 3261 writes it, of a compact one its long form.
[[nodiscard]] std::string_view long_name(std::string_view name);
[[nodiscard]] bool is_list(std::string_view long_name);

// "application/sdp", in lower case, of a Content-Type field (codec.cpp).
[[nodiscard]] std::optional<std::string> media_type(std::string_view content_type);

}  // namespace sealtone::sip::grammar
