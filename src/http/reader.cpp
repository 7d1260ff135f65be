// SPDX-License-Identifier: Apache-2.0
//
// http/reader: see reader.h.  The only file that knows Beast.
#include "http/reader.h"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/text.h"
#include "base/url.h"
#include "http/message.h"

namespace sealtone::http {
namespace {

namespace beast = boost::beast::http;
using base::ErrorCode;
using boost::system::error_code;

constexpr std::string_view kHeaderEnd = "\r\n\r\n";

template <typename Message>
Fields fields_of(const Message& message) {
  Fields fields;
  for (const auto& field : message) {
    fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  return fields;
}

// "0\r\n\r\n": whatever is still due of a body in chunks, it is no shorter.  Given less at its
// first chunk, Beast 1.81 comes to an assertion that does not hold.
constexpr std::size_t kShortestChunkedEnd = 5;

template <typename Parser>
bool too_short(const Parser& parser, const std::string& buffer) {
  return parser.is_header_done() && parser.chunked() && buffer.size() < kShortestChunkedEnd;
}

// Gives the parser what it can use of the buffer.  False: it needs more, or failed says why.
template <typename Parser>
bool put(Parser& parser, std::string& buffer, error_code& failed) {
  while (!buffer.empty() && !too_short(parser, buffer)) {
    const auto used = parser.put(boost::asio::buffer(buffer), failed);
    buffer.erase(0, used);
    const bool more = failed == beast::error::need_more;
    if (more) failed = {};
    if (failed || (more && used == 0)) return false;
    if (parser.is_done() || (!parser.eager() && parser.is_header_done())) return true;
  }
  return parser.is_done();
}

// RFC 9112 §2.3: "HTTP/" DIGIT "." DIGIT, in capital letters, at the end of the request line.
// Beast calls all it cannot use a bad version.
bool names_a_version(std::string_view octets) {
  const auto line = octets.substr(0, octets.find("\r\n"));
  const auto version = line.substr(line.rfind(' ') + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::count(line, ' ') == 2 && version.size() == 8 &&
         version.starts_with("HTTP/") && digit(version[5]) && version[6] == '.' &&
         digit(version[7]);
}

int status_for(const error_code& failed) {
  if (failed == beast::error::body_limit) return 413;
  if (failed == beast::error::header_limit) return 431;
  return 400;
}

// RFC 9112 §2.2: "a server that is expecting to receive and parse a request-line SHOULD ignore at
// least one empty line (CRLF) received prior to the request-line."  True: there was one.
bool drop_empty_line(std::string& buffer) {
  if (!buffer.starts_with("\r\n")) return false;
  buffer.erase(0, 2);
  return true;
}

// How the octets of a header section stand, before anybody parses them.
enum class Shape { unfinished, whole, bad };

Shape shape_of(std::string_view octets) {
  for (std::size_t at = 0; at < octets.size(); ++at) {
    const char c = octets[at];
    if (c == '\0') return Shape::bad;
    if (c == '\n' && (at == 0 || octets[at - 1] != '\r')) return Shape::bad;
    if (c == '\r' && at + 1 < octets.size() && octets[at + 1] != '\n') return Shape::bad;
    if (c != '\n' || at + 1 == octets.size()) continue;
    // RFC 9112 §5.2: a server that receives an obs-fold "MUST either reject the message …"
    if (octets[at + 1] == ' ' || octets[at + 1] == '\t') return Shape::bad;
    if (octets.substr(at - 1).starts_with(kHeaderEnd)) return Shape::whole;
  }
  return Shape::unfinished;
}

std::size_t count(const Fields& fields, std::string_view name) {
  std::size_t times = 0;
  for (const auto& field : fields) {
    if (base::equal_ignoring_ascii_case(field.first, name)) ++times;
  }
  return times;
}

bool plain_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// 0, or the status that says what is wrong with where the body ends.
int check_framing(const Fields& fields, bool http_1_0) {
  const auto encodings = count(fields, "transfer-encoding");
  const auto lengths = count(fields, "content-length");
  if (encodings > 0 && (lengths > 0 || http_1_0)) return 400;
  if (lengths > 1 || encodings > 1) return 400;
  if (lengths == 1 && !plain_number(find_field(fields, "content-length"))) return 400;
  // RFC 9112 §6.1: "A server that receives a request message with a transfer coding it does not
  // understand SHOULD respond with 501 (Not Implemented)."
  const auto encoding = find_field(fields, "transfer-encoding");
  if (encodings == 1 && !base::equal_ignoring_ascii_case(encoding, "chunked")) return 501;
  return 0;
}

// RFC 9112 §3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1
// request message that lacks a Host header field and to any request message that contains more than
// one."
int check_host(const Fields& fields, bool http_1_0) {
  const auto hosts = count(fields, "host");
  if (hosts == 0) return http_1_0 ? 0 : 400;
  return hosts == 1 && base::parse_host_port(find_field(fields, "host"), "http") ? 0 : 400;
}

void replace_field(Fields& fields, std::string_view name, const std::string& value) {
  std::erase_if(fields, [&](const auto& field) {
    return base::equal_ignoring_ascii_case(field.first, name);
  });
  fields.emplace_back(std::string(name), value);
}

// RFC 9112 §3.2.2: for a target in absolute form the server "MUST ignore the received Host header
// field (if any) and instead replace it with the host information of the request-target".
int normalize_target(Request& request) {
  if (request.target.starts_with('/')) return 0;
  if (request.target == "*" && request.method == "OPTIONS") return 0;
  const auto url = base::parse_url(request.target);
  if (!url || (url->scheme != "http" && url->scheme != "https")) return 400;
  request.target = url->target;
  replace_field(request.fields, "Host", url->authority());
  return 0;
}

}  // namespace

struct RequestReader::State {
  explicit State(const Limits& given) : limits(given) {
    parser.body_limit(boost::none);  // admit() sets it, before any of the body is read
    // Checked here already; Beast's own count must not come to another result.
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes + kHeaderEnd.size()));
    parser.eager(false);
  }

  Limits limits;
  beast::request_parser<beast::string_body> parser;
  Request request;  // all but the body, once the header section is there
  bool header_done = false;
  bool started = false;
  bool wants_continue = false;
  bool http_1_0 = false;
  bool keep_alive = false;
  int refused = 0;

  bool refuse(int status) {
    refused = status;
    return true;
  }

  // True: refused.  Otherwise header_done says whether it is there.
  bool read_header(std::string& buffer) {
    if (!started && buffer == "\r") return false;  // half an empty line
    if (!started) started = drop_empty_line(buffer);
    if (buffer.empty()) return false;
    started = true;
    const auto start = std::string_view(buffer).substr(0, limits.header_bytes);
    const auto shape = shape_of(start);
    if (shape == Shape::bad) return refuse(400);
    if (shape == Shape::unfinished) {
      if (buffer.size() < limits.header_bytes) return false;
      return refuse(start.find("\r\n") == std::string_view::npos ? 414 : 431);
    }
    const bool versioned = names_a_version(start);
    error_code failed;
    header_done = put(parser, buffer, failed) && !failed;
    if (header_done) return look_at_header();
    return refuse(versioned && failed == beast::error::bad_version ? 505 : status_for(failed));
  }

  bool look_at_header() {
    const auto& message = parser.get();
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    // Taken before the body: what a chunked body's trailer brings is never a header field.
    request.fields = fields_of(message);
    http_1_0 = message.version() < 11;
    keep_alive = message.keep_alive();
    if (message.method() == beast::verb::unknown) return refuse(501);
    for (const int status : {check_framing(request.fields, http_1_0),
                             check_host(request.fields, http_1_0), normalize_target(request)}) {
      if (status != 0) return refuse(status);
    }
    const auto expected = request.field("expect");
    if (!expected.empty() && !base::equal_ignoring_ascii_case(expected, "100-continue")) {
      return refuse(417);
    }
    wants_continue = !expected.empty() && !http_1_0;
    parser.eager(true);
    return false;
  }

  // True: complete or refused.
  bool read_body(std::string& buffer) {
    error_code failed;
    if (put(parser, buffer, failed) && !failed) return true;
    if (failed) return refuse(status_for(failed));
    // A chunk's own header line, or a trailer, that does not end.
    return buffer.size() > limits.header_bytes && refuse(400);
  }
};

RequestReader::RequestReader(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::read(std::string& buffer) {
  auto& state = *state_;
  if (state.refused != 0) return Progress::over;
  if (!state.header_done) {
    if (state.read_header(buffer)) return Progress::over;
    if (!state.header_done) return Progress::needs_more;
    return state.parser.is_done() ? Progress::over : Progress::body_due;
  }
  if (state.parser.is_done()) return Progress::over;
  return state.read_body(buffer) ? Progress::over : Progress::needs_more;
}

int RequestReader::refused() const { return state_->refused; }
const Request& RequestReader::header() const { return state_->request; }

std::optional<std::size_t> RequestReader::body_length() const {
  const auto length = state_->parser.content_length();
  if (!length) return std::nullopt;
  return static_cast<std::size_t>(*length);
}

void RequestReader::admit(std::size_t most) {
  // Beast compares a Content-Length with its limit while it reads the header section only.
  if (body_length().value_or(0) > most) state_->refused = 413;
  state_->parser.body_limit(most);
}

bool RequestReader::is_http_1_0() const { return state_->http_1_0; }
bool RequestReader::keep_alive() const { return state_->keep_alive; }

bool RequestReader::wants_continue() {
  const bool wants = state_->wants_continue && state_->header_done && !state_->parser.is_done();
  state_->wants_continue = false;
  return wants;
}

Request RequestReader::take() {
  auto request = std::move(state_->request);
  request.body = std::move(state_->parser.get().body());
  return request;
}

struct ResponseReader::State {
  State(const Limits& given, bool to_head) : limits(given), parser() {
    parser.body_limit(limits.body_bytes);
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser.eager(false);
    parser.skip(to_head);
  }
  Limits limits;
  beast::response_parser<beast::string_body> parser;
  Fields fields;
  std::optional<base::Error> failure;

  bool fail(const error_code& failed) {
    const bool large = failed == beast::error::body_limit || failed == beast::error::header_limit;
    failure = base::Error{large ? ErrorCode::too_large : ErrorCode::bad_input, "HTTP response",
                          large ? std::string("it is larger than allowed")
                                : "it cannot be read (" + failed.message() + ")"};
    return true;
  }
};

ResponseReader::ResponseReader(const Limits& limits, bool to_head)
    : state_(std::make_unique<State>(limits, to_head)) {}
ResponseReader::~ResponseReader() = default;

bool ResponseReader::read(std::string& buffer) {
  auto& state = *state_;
  error_code failed;
  if (!state.parser.is_header_done()) {
    const bool whole = put(state.parser, buffer, failed);
    if (failed) return state.fail(failed);
    if (!whole) return false;
    state.fields = fields_of(state.parser.get());
    state.parser.eager(true);
    if (state.parser.is_done()) return true;
  }
  const bool whole = put(state.parser, buffer, failed);
  if (failed) return state.fail(failed);
  if (!whole && buffer.size() > state.limits.header_bytes) {
    return state.fail(beast::error::header_limit);
  }
  return whole;
}

bool ResponseReader::end_of_stream() {
  error_code failed;
  if (!state_->parser.got_some()) return false;
  state_->parser.put_eof(failed);
  return !failed && state_->parser.is_done();
}

const std::optional<base::Error>& ResponseReader::failure() const { return state_->failure; }

Response ResponseReader::take() {
  auto& message = state_->parser.get();
  Response response;
  response.status = static_cast<int>(message.result_int());
  response.reason = std::string(message.reason());
  response.fields = std::move(state_->fields);
  response.body = std::move(message.body());
  return response;
}

}  // namespace sealtone::http
