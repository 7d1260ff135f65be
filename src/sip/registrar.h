// SPDX-License-Identifier: Apache-2.0
//
// sip/registrar: for tests, a registrar on loopback that answers by a script, on the test's loop.
//
// Over TCP, or over TLS with a context of the server role.  Whatever it hears is kept.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/text.h"
#include "sip/framing.h"
#include "sip/message.h"
#include "support/loop.h"
#include "tls/ends.h"

namespace sealtone::sip::tests {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

inline Message reply(const Message& request, int status, std::string reason,
                     const std::vector<Field>& fields = {}) {
  auto message = response_to(request, status, std::move(reason), "registrar");
  for (const auto& field : fields) message.add(field.name, field.value);
  return message;
}

// 200 with the binding that was asked for.
inline Message granted(const Message& request, int expires, const std::vector<Field>& fields = {}) {
  auto message = reply(request, 200, "OK", fields);
  if (request.field("Expires") != "0") {
    message.add("Contact",
                std::string(request.field("Contact")) + ";expires=" + std::to_string(expires));
  }
  return message;
}

inline Message challenge(const Message& request, const std::string& more = "",
                         const std::string& realm = "example.com") {
  return reply(
      request, 401, "Unauthorized",
      {{"WWW-Authenticate", "Digest realm=\"" + realm + "\", nonce=\"n1\", qop=\"auth\"" + more}});
}

class Registrar {
 public:
  using Script = std::function<std::optional<Message>(const Message& request)>;
  struct Connection {
    std::shared_ptr<net::ByteStream> stream;   // null if the handshake failed
    std::optional<tls::Outcome> outcome = {};  // of TLS; its stream is the one above
    bool closed = false;                       // the phone ended it
    bool goodbye = false;                      // properly
    bool gone = false;                         // the registrar is
    SteadyTime at = {};
  };

  explicit Registrar(net::asio::io_context& loop, Script answer,
                     std::shared_ptr<const tls::Context> context = nullptr,
                     tls::PeerCheck check = tls::testing::trusting_nobody())
      : script(std::move(answer)),
        loop_(loop),
        context_(std::move(context)),
        check_(std::move(check)),
        listener_(net::Listener::tcp(loop, "127.0.0.1", 0, {}).value()) {
    listener_->start(
        [this](std::unique_ptr<net::Socket> socket) { return serve(std::move(socket)); });
  }
  ~Registrar() {
    for (const auto& connection : connections) {
      connection->gone = true;
      if (connection->stream) connection->stream->close();
    }
  }
  Registrar(const Registrar&) = delete;
  Registrar& operator=(const Registrar&) = delete;
  [[nodiscard]] std::uint16_t port() const { return listener_->where().port; }
  // On the newest connection.
  void say(std::string text) {
    net::asio::co_spawn(loop_, write(connections.back()->stream, std::move(text)),
                        net::asio::detached);
  }
  void say(const Message& message) { say(sip::write(message).value()); }
  void cut() { connections.back()->stream->close(); }

  Script script;
  std::vector<std::shared_ptr<Connection>> connections;
  std::vector<Message> requests;
  std::vector<SteadyTime> times;   // of the requests
  std::vector<Message> responses;  // to what it asked
  int pings = 0;
  int pongs = 0;
  bool answers_pings = true;

 private:
  static net::Task<void> write(std::shared_ptr<net::ByteStream> stream, std::string text) {
    auto writing = net::write_all(*stream, base::view(text));
    (void)co_await std::move(writing);
  }

  net::Task<void> serve(std::unique_ptr<net::Socket> socket) {
    const auto connection = std::make_shared<Connection>();
    connection->at = std::chrono::steady_clock::now();
    connections.push_back(connection);
    if (context_) {
      auto accepting = tls::accept(std::move(socket), context_, check_, 10s);
      connection->outcome = co_await std::move(accepting);
      connection->stream = std::move(connection->outcome->stream);
    } else {
      connection->stream = net::plain_stream(std::move(socket));
    }
    if (!connection->stream) {
      connection->closed = true;
      co_return;
    }
    if (connection->gone) co_return;
    Framer framer;
    std::array<std::uint8_t, 4096> buffer{};
    for (;;) {
      auto reading = connection->stream->read_some(buffer);
      const auto got = co_await std::move(reading);
      if (connection->gone) co_return;
      if (!got || *got == 0) {
        connection->goodbye = got.has_value();
        break;
      }
      framer.feed(base::text(base::ByteView(buffer).first(*got)));
      for (auto frame = framer.next(); frame && *frame; frame = framer.next()) {
        auto answer = heard(**frame);
        auto writing = write(connection->stream, std::move(answer));
        co_await std::move(writing);
        if (connection->gone) co_return;
      }
    }
    connection->stream->close();
    connection->closed = true;
  }

  std::string heard(const Frame& frame) {
    if (frame.kind == Frame::Kind::pong) ++pongs;
    if (frame.kind == Frame::Kind::ping) {
      ++pings;
      return answers_pings ? "\r\n" : "";
    }
    if (frame.kind != Frame::Kind::message) return "";
    auto message = parse(frame.octets);
    if (!message) throw std::runtime_error(base::to_string(message.error()) + "\n" + frame.octets);
    if (!message->is_request()) {
      responses.push_back(*std::move(message));
      return "";
    }
    requests.push_back(*message);
    times.push_back(std::chrono::steady_clock::now());
    const auto answer = script(*message);
    return answer ? sip::write(*answer).value() : "";
  }

  net::asio::io_context& loop_;
  std::shared_ptr<const tls::Context> context_;
  tls::PeerCheck check_;
  std::unique_ptr<net::Listener> listener_;
};

}  // namespace sealtone::sip::tests
