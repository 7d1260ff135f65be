// SPDX-License-Identifier: Apache-2.0
//
// http/message: see message.h.
#include "http/message.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/crypto.h"
#include "crypto/secret.h"

namespace sealtone::http {
namespace {

using base::equal_ignoring_ascii_case;
using base::ErrorCode;

bool is_one_of_ours(std::string_view name) {
  return equal_ignoring_ascii_case(name, "content-length") ||
         equal_ignoring_ascii_case(name, "transfer-encoding") ||
         equal_ignoring_ascii_case(name, "connection");
}

base::Result<void> append_fields(std::string& text, const Fields& fields) {
  for (const auto& [name, value] : fields) {
    if (!is_token(name) || !is_field_value(value)) {
      return base::fail(ErrorCode::bad_input, is_token(name) ? name : "header field",
                        "it holds characters that a header field cannot hold");
    }
    if (!is_one_of_ours(name)) text.append(name).append(": ").append(value).append("\r\n");
  }
  return {};
}

// RFC 9112 §6.3: these never have a body, whatever their fields say.
bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

void wipe(Request& request) {
  for (auto& [name, value] : request.fields) crypto::wipe(value);
  crypto::wipe(request.body);
}

std::string_view find_field(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find_if(
      fields, [&](const auto& field) { return equal_ignoring_ascii_case(field.first, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::field(std::string_view name) const { return find_field(fields, name); }
std::string_view Response::field(std::string_view name) const { return find_field(fields, name); }

bool is_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return c == '\t' || (octet >= 0x20 && octet != 0x7F);
  });
}

bool lists(std::string_view field, std::string_view token) {
  const auto members = base::split(field, ',');
  return std::ranges::any_of(members, [&](std::string_view member) {
    return equal_ignoring_ascii_case(base::trim(member), token);
  });
}

base::Result<std::string> serialize(const Request& request, std::string_view default_host) {
  const bool target_fits = !request.target.empty() && is_field_value(request.target) &&
                           request.target.find_first_of(" \t") == std::string::npos;
  if (!is_token(request.method) || !target_fits) {
    return base::fail(ErrorCode::bad_input, "request line",
                      "the method or the target holds characters that cannot stand there");
  }
  std::string text = request.method + " " + request.target + " HTTP/1.1\r\n";
  if (request.field("host").empty()) text += "Host: " + std::string(default_host) + "\r\n";
  if (auto appended = append_fields(text, request.fields); !appended) {
    return std::unexpected(appended.error());
  }
  if (lists(request.field("connection"), "close")) text += "Connection: close\r\n";
  // RFC 9110 §8.6: a method that anticipates no content sends no length if there is none.
  const bool carries = request.method == "POST" || request.method == "PUT";
  if (carries || !request.body.empty()) {
    text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  }
  return text + "\r\n" + request.body;
}

base::Result<std::string> serialize(const Response& response, Afterwards afterwards, bool to_head) {
  const bool status_fits = response.status >= 200 && response.status <= 599;
  const auto reason =
      response.reason.empty() ? std::string(reason_phrase(response.status)) : response.reason;
  if (!status_fits || !is_field_value(reason)) {
    return base::fail(ErrorCode::bad_input, "status line", "its status or phrase cannot be sent");
  }
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + reason + "\r\n";
  if (auto appended = append_fields(text, response.fields); !appended) {
    return std::unexpected(appended.error());
  }
  if (afterwards == Afterwards::close) text += "Connection: close\r\n";
  if (afterwards == Afterwards::keep_open_as_http_1_0_asked) text += "Connection: keep-alive\r\n";
  if (has_no_body(response.status)) return text + "\r\n";
  text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n";
  return to_head ? text : text + response.body;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
  }
}

Response plain_answer(int status) {
  Response response;
  response.status = status;
  response.fields = {{"Content-Type", "text/plain; charset=utf-8"}};
  response.body = std::string(reason_phrase(status)) + "\n";
  return response;
}

std::string basic_credentials(std::string_view user, std::string_view password) {
  const auto pair = std::string(user) + ":" + std::string(password);
  return "Basic " + crypto::base64(base::view(pair));
}

}  // namespace sealtone::http
