// SPDX-License-Identifier: Apache-2.0
//
// http/fetch: see fetch.h.
#include "http/fetch.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "handshake/plain_text.h"
#include "http/authentication.h"
#include "http/message.h"
#include "tls/recording.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;

constexpr int kMaxRedirects = 5;
constexpr int kBadRequest = 400;
constexpr std::size_t kMaxStatusWords = 200;

bool is_redirect(const Response& response) {
  constexpr std::array kRedirects{301, 302, 303, 307, 308};
  return std::ranges::find(kRedirects, response.status) != kRedirects.end() &&
         !response.field("location").empty();
}

base::Url without_user(base::Url url) {
  url.user.clear();
  url.password.clear();
  return url;
}

// "example.com", "example.com:8443", "[2001:db8::1]": the scheme's own port left out.
std::string host_field(const base::Url& url) {
  const bool own_port = url.port == (url.scheme == "https" ? 443 : 80);
  const auto authority = url.authority();
  return own_port ? authority.substr(0, authority.rfind(':')) : authority;
}

// nginx puts the reason into the page's title: "400 No required SSL certificate was sent".
std::string status_words(const Response& response) {
  constexpr std::string_view kOpen = "<title>", kClose = "</title>";
  const auto status = std::to_string(response.status);
  const std::string_view body = response.body;
  const auto from = body.find(kOpen);
  const auto to = body.find(kClose);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) {
    return status + " " + response.reason;
  }
  const auto title = body.substr(from + kOpen.size(), to - from - kOpen.size());
  const auto words = base::visible(base::trim(title), kMaxStatusWords);
  return words.starts_with(status) ? words : status + " " + words;
}

// A stream in the clear that keeps how the answer begins.
class Heard final : public net::ByteStream {
 public:
  explicit Heard(net::ByteStream& stream) : stream_(stream) {}
  [[nodiscard]] base::ByteView first() const { return first_; }

  net::Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t> into) override {
    auto got = co_await stream_.read_some(into);
    if (got && first_.empty()) {
      const auto kept = into.first(std::min<std::size_t>(*got, 64));
      first_.assign(kept.begin(), kept.end());
    }
    co_return got;
  }
  net::Task<base::Result<std::size_t>> write_some(base::ByteView from) override {
    return stream_.write_some(from);
  }
  net::Task<void> shutdown() override { return stream_.shutdown(); }
  void close() override { stream_.close(); }
  void expires_after(std::chrono::milliseconds limit) override { stream_.expires_after(limit); }
  [[nodiscard]] std::string peer() const override { return stream_.peer(); }

 private:
  net::ByteStream& stream_;
  base::Bytes first_;
};

// A TLS server answers a request in the clear with an alert; nginx says it in HTTP.
bool wants_tls(base::ByteView first, const base::Result<Response>& response) {
  constexpr std::size_t record_header = 5;
  if (!response) return first.size() >= record_header && handshake::looks_like_tls(first);
  return response->status == kBadRequest &&
         status_words(*response).find("sent to HTTPS port") != std::string::npos;
}

class Fetch {
 public:
  // User information of the URL goes before what is given beside it.
  Fetch(base::Url url, FetchOptions options)
      : url_(without_user(url)),
        origin_(url_),
        options_(std::move(options)),
        authentication_(url.user.empty() ? options_.user : url.user,
                        url.user.empty() ? options_.password : url.password, options_.random) {}

  net::Task<Fetched> run() {
    for (int redirects = 0;; ++redirects) {
      fetched_.final_url = url_;
      co_await hop(redirects == 0);
      if (!fetched_.response || !*fetched_.response) break;
      const auto& response = **fetched_.response;
      if (!options_.follow_redirects || !is_redirect(response)) break;
      auto next = target_of(response, redirects);
      if (!next) {
        fetched_.response = std::unexpected(next.error());
        break;
      }
      url_ = std::move(*next);
      fetched_.response.reset();
    }
    co_return std::move(fetched_);
  }

 private:
  [[nodiscard]] base::Result<base::Url> target_of(const Response& response, int redirects) const {
    if (redirects >= kMaxRedirects) {
      return base::fail(ErrorCode::bad_input, url_.shown(),
                        "the server redirects again and again; the fifth redirect was the last "
                        "that was followed");
    }
    auto next = base::resolve(url_, response.field("location"));
    if (!next) return next;
    if (next->scheme != "https" && next->scheme != "http") {
      return base::fail(ErrorCode::bad_input, url_.shown(),
                        "the server redirects to " + next->shown() + ", which is no web address");
    }
    if (url_.scheme == "https" && next->scheme == "http") {
      return base::fail(ErrorCode::not_allowed, url_.shown(),
                        "the server redirects from https to " + next->shown() +
                            ", which would not be encrypted; it was not followed");
    }
    return without_user(std::move(*next));  // a server does not choose the user
  }

  [[nodiscard]] bool at_home() const { return url_.same_origin(origin_); }

  [[nodiscard]] base::Result<Request> request() {
    Request request;
    request.target = url_.target;
    request.fields = {
        {"Host", host_field(url_)}, {"User-Agent", options_.user_agent}, {"Accept", "*/*"}};
    // What may be asked for is answered over the same connection.
    if (!at_home() || !authentication_.may_be_asked()) {
      request.fields.emplace_back("Connection", "close");
    }
    if (!at_home()) return request;
    if (auto added = authentication_.add_to(request); !added) {
      return base::fail(added.error().code, url_.shown(), added.error().detail);
    }
    return request;
  }

  // All that is asked and answered over one connection, which secured knows too if it is TLS.
  // unanswered_: the server asked for user and password and closed; the next connection brings
  // them.
  net::Task<base::Result<Response>> converse(net::ByteStream& stream,
                                             tls::TlsStream* secured = nullptr) {
    for (bool first = true;; first = false) {
      auto asking = request();
      if (!asking) co_return std::unexpected(asking.error());
      auto exchanging = exchange(stream, *std::move(asking), options_.limits);
      auto response = co_await std::move(exchanging);
      if (!response) {
        // HTTP/1.0 closes behind its 401 and does not say so.
        unanswered_ = !first && response.error().code == ErrorCode::closed;
        co_return response;
      }
      if (secured != nullptr) secured->note_whole_response();
      const auto again =
          at_home() ? authentication_.ask_again(*response) : base::Result<bool>(false);
      if (!again) co_return base::fail(again.error().code, url_.shown(), again.error().detail);
      if (!*again) co_return response;
      if (lists(response->field("connection"), "close")) {
        unanswered_ = true;
        co_return response;
      }
    }
  }

  net::Task<void> hop(bool first) {
    if (url_.scheme != "https" && url_.scheme != "http") {
      fetched_.response = base::fail(ErrorCode::bad_input, url_.shown(),
                                     "only http and https addresses can be fetched");
      co_return;
    }
    if (url_.scheme == "https" && !options_.context) {
      fetched_.response = base::fail(ErrorCode::internal, url_.shown(), "no TLS context was given");
      co_return;
    }
    authentication_.begin_target();
    do {
      unanswered_ = false;
      fetched_.response.reset();
      auto connection = connect(first);
      co_await std::move(connection);
    } while (unanswered_);
  }

  net::Task<void> connect(bool first) {
    auto connecting = net::connect_tcp(url_.host, url_.port, options_.connect_limit);
    auto socket = co_await std::move(connecting);
    if (!socket) {
      fetched_.unreachable = socket.error();
      co_return;
    }
    if (url_.scheme == "https") {
      auto secured = over_tls(std::move(*socket), first);
      co_await std::move(secured);
      co_return;
    }
    const auto stream = net::plain_stream(std::move(*socket));
    Heard heard(*stream);
    auto conversing = converse(heard);
    auto response = co_await std::move(conversing);
    co_await stream->shutdown();
    if (wants_tls(heard.first(), response)) {
      asked_in_the_clear(heard);
    } else {
      fetched_.response = std::move(response);
    }
  }

  void asked_in_the_clear(const Heard& heard) {
    trust::Verdict verdict;
    verdict.findings.push_back({.code = trust::FindingCode::tls_on_plain_port,
                                .evidence = {.wanted = "HTTP", .found = {"TLS"}}});
    handshake::HandshakeRecord record;
    record.peer = heard.peer();
    record.started = options_.now;
    record.first_received.assign(heard.first().begin(), heard.first().end());
    record.ending = handshake::Ending::ended_by_us;
    fetched_.connections.push_back({url_, std::move(verdict), std::move(record)});
  }

  [[nodiscard]] tls::PeerCheck check(bool first) const {
    const bool named = first && !options_.reference_host.empty();
    const auto& host = named ? options_.reference_host : url_.host;
    tls::PeerCheck check;
    check.anchors = options_.anchors;
    check.reference = trust::ReferenceIdentifier::from_host(host);
    check.policy = options_.policy;
    check.now = options_.now;
    check.sessions = options_.sessions;
    check.origin = url_.authority();
    check.kept = options_.kept;
    if (options_.recordings) check.recording = options_.recordings->begin();
    // RFC 6066 §3: "Literal IPv4 and IPv6 addresses are not permitted in "HostName"."
    if (check.reference->kind == trust::ReferenceIdentifier::Kind::dns) {
      check.sni = check.reference->value;
    }
    return check;
  }

  net::Task<void> over_tls(std::unique_ptr<net::Socket> socket, bool first) {
    auto judged_by = check(first);
    const auto recording = judged_by.recording;
    auto connecting = tls::connect(std::move(socket), options_.context, std::move(judged_by),
                                   options_.handshake_limit);
    auto outcome = co_await std::move(connecting);
    if (!outcome.stream) {
      fetched_.connections.push_back(
          {url_, std::move(outcome.verdict), std::move(outcome.record), recording});
      co_return;
    }
    auto& stream = *outcome.stream;
    auto conversing = converse(stream, &stream);
    auto response = co_await std::move(conversing);
    if (response && response->status == kBadRequest && stream.record().certificate_requested) {
      stream.note_http_status(status_words(*response));
    }
    co_await stream.shutdown();
    fetched_.connections.push_back({url_, stream.verdict(), stream.record(), recording});
    fetched_.response = std::move(response);
  }

  base::Url url_, origin_;
  FetchOptions options_;
  Authentication authentication_;
  Fetched fetched_;
  bool unanswered_ = false;
};

}  // namespace

net::Task<Fetched> fetch(base::Url url, FetchOptions options) {
  Fetch work(std::move(url), std::move(options));
  auto fetched = co_await work.run();
  co_return fetched;
}

}  // namespace sealtone::http
