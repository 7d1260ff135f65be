// SPDX-License-Identifier: Apache-2.0
//
// capture/wire: for tests, two OpenSSL engines that talk in memory, the octets that a capture of
// them would hold, and their key log.
//
// Certificates: tests/data/tls.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "capture/decryption.h"
#include "handshake/messages.h"

namespace sealtone::capture::testing {

using handshake::ContentType;
using handshake::Direction;
using handshake::HandshakeType;
using Prepare = std::function<void(SSL_CTX*)>;

struct Record {
  Direction direction;  // sent: by the client
  ContentType content;
  std::uint16_t version;
  base::Bytes fragment;
};

class Engines {
 public:
  explicit Engines(const Prepare& setup)
      : client_context_(context(TLS_client_method(), setup)),
        server_context_(context(TLS_server_method(), setup)) {
    for (const char* name : {"server", "server-rsa"}) {
      const auto path = std::string(SEALTONE_TEST_DATA) + "/tls/" + name + ".pem";
      SSL_CTX_use_certificate_chain_file(server_context_.get(), path.c_str());
      SSL_CTX_use_PrivateKey_file(server_context_.get(), path.c_str(), SSL_FILETYPE_PEM);
    }
    SSL_CTX_set_keylog_callback(client_context_.get(), log);
    SSL_CTX_set_ex_data(client_context_.get(), 0, this);
    begin();
  }
  Engines(const Engines&) = delete;
  Engines& operator=(const Engines&) = delete;

  // A new connection, with what is known of the one before.
  void begin(SSL_SESSION* session = nullptr) {
    client.reset(SSL_new(client_context_.get()));
    server.reset(SSL_new(server_context_.get()));
    if (session != nullptr) SSL_set_session(client.get(), session);
    for (auto* ssl : {client.get(), server.get()}) {
      SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    }
    SSL_set_connect_state(client.get());
    SSL_set_accept_state(server.get());
    records.clear();
    handshakes.clear();
    SSL_set_msg_callback(client.get(), heard);
    SSL_set_msg_callback_arg(client.get(), this);
  }
  // Whether both ends are done.
  bool shake_hands() {
    for (int i = 0; i < 10; ++i) {
      const bool done = SSL_do_handshake(client.get()) == 1;
      carry(client.get(), server.get(), Direction::sent);
      const bool also = SSL_do_handshake(server.get()) == 1;
      carry(server.get(), client.get(), Direction::received);
      if (done && also) return true;
    }
    return false;
  }
  void say(SSL* from, const std::string& text) {
    SSL_write(from, text.data(), static_cast<int>(text.size()));
    carry_all();
  }
  // Both read; what was said is lost.
  std::string hear(SSL* at) {
    char octets[20'000];
    const int got = SSL_read(at, octets, sizeof octets);
    carry_all();
    return got > 0 ? std::string(octets, static_cast<std::size_t>(got)) : "";
  }
  void carry_all() {
    carry(client.get(), server.get(), Direction::sent);
    carry(server.get(), client.get(), Direction::received);
  }
  void carry(SSL* from, SSL* to, Direction direction) {
    char octets[40'000];
    const int got = BIO_read(SSL_get_wbio(from), octets, sizeof octets);
    if (got <= 0) return;
    BIO_write(SSL_get_rbio(to), octets, got);
    cut({reinterpret_cast<const std::uint8_t*>(octets), static_cast<std::size_t>(got)}, direction);
  }

  std::unique_ptr<SSL, decltype(&SSL_free)> client{nullptr, SSL_free}, server{nullptr, SSL_free};
  std::vector<Record> records;
  // As the client's engine tells of them: what is to be found in the records.
  std::vector<std::pair<Direction, HandshakeType>> handshakes;
  std::string key_log;

 private:
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
  static Context context(const SSL_METHOD* method, const Prepare& setup) {
    Context made(SSL_CTX_new(method), SSL_CTX_free);
    SSL_CTX_set_security_level(made.get(), 0);
    SSL_CTX_set_min_proto_version(made.get(), TLS1_VERSION);
    SSL_CTX_set_dh_auto(made.get(), 1);
    SSL_CTX_set_session_id_context(made.get(), reinterpret_cast<const unsigned char*>("t"), 1);
    setup(made.get());
    return made;
  }
  static void log(const SSL* ssl, const char* line) {
    auto* self = static_cast<Engines*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0));
    self->key_log += std::string(line) + "\n";
  }
  static void heard(int sent, int, int content, const void* body, std::size_t size, SSL*,
                    void* self) {
    if (content != SSL3_RT_HANDSHAKE || size == 0) return;
    static_cast<Engines*>(self)->handshakes.emplace_back(
        sent != 0 ? Direction::sent : Direction::received,
        static_cast<HandshakeType>(*static_cast<const std::uint8_t*>(body)));
  }
  // Engines in memory write whole records.
  void cut(base::ByteView stream, Direction direction) {
    while (stream.size() >= 5) {
      const std::size_t size = static_cast<std::size_t>(stream[3]) << 8 | stream[4];
      const auto version = static_cast<std::uint16_t>(stream[1] << 8 | stream[2]);
      const auto fragment = stream.subspan(5, size);
      records.push_back({direction, static_cast<ContentType>(stream[0]), version,
                         base::Bytes(fragment.begin(), fragment.end())});
      stream = stream.subspan(5 + size);
    }
  }

  Context client_context_, server_context_;
};

// What a reader of the wire makes of the records.
struct Read {
  std::vector<std::pair<Direction, HandshakeType>> handshakes;
  std::string sent, received;  // application data
  std::vector<std::uint8_t> alerts;
  std::size_t not_opened = 0;
};

class Follower {
 public:
  explicit Follower(const Secrets& secrets) : decryption_(secrets) {}

  void follow(const Record& record) {
    auto& at = sides_[record.direction == Direction::sent ? 0 : 1];
    const bool tls13 = record.content == ContentType::application_data;
    if (!at.encrypts && !tls13) return take(record.direction, record.content, record.fragment);
    // TLS 1.3 sends a ChangeCipherSpec in the clear, also behind encrypted records.
    const bool compatibility =
        record.content == ContentType::change_cipher_spec && record.fragment.size() == 1;
    if (compatibility) return;
    auto opened =
        decryption_.open(record.direction, record.content, record.version, record.fragment);
    if (!opened) {
      ++read.not_opened;
      return;
    }
    take(record.direction, opened->content, opened->octets);
  }

  Read read;

 private:
  struct FollowedSide {
    bool encrypts = false;
    base::Bytes handshake;
  };
  void take(Direction direction, ContentType content, base::ByteView octets) {
    auto& at = sides_[direction == Direction::sent ? 0 : 1];
    if (content == ContentType::application_data) {
      (direction == Direction::sent ? read.sent : read.received) += base::text(octets);
    }
    if (content == ContentType::alert && octets.size() == 2) read.alerts.push_back(octets[1]);
    if (content == ContentType::change_cipher_spec) {
      at.encrypts = !tls13_;
      decryption_.saw(direction, content, octets);
    }
    if (content != ContentType::handshake) return;
    at.handshake.insert(at.handshake.end(), octets.begin(), octets.end());
    while (at.handshake.size() >= 4) {
      const std::size_t size =
          4 + (static_cast<std::size_t>(at.handshake[1]) << 16 |
               static_cast<std::size_t>(at.handshake[2]) << 8 | at.handshake[3]);
      if (at.handshake.size() < size) return;
      read.handshakes.emplace_back(direction, static_cast<HandshakeType>(at.handshake[0]));
      const auto message = base::ByteView(at.handshake).first(size);
      decryption_.saw(direction, content, message);
      const auto hello = handshake::parse_server_hello(message.subspan(4));
      const bool is_hello = at.handshake[0] == static_cast<int>(HandshakeType::server_hello);
      if (is_hello && hello) tls13_ = hello->hello.version >= 0x0304;
      at.handshake.erase(at.handshake.begin(),
                         at.handshake.begin() + static_cast<std::ptrdiff_t>(size));
    }
  }

  Decryption decryption_;
  FollowedSide sides_[2];
  bool tls13_ = false;
};

inline Read follow(const std::vector<Record>& records, const std::string& key_log) {
  Secrets secrets;
  secrets.add(key_log);
  Follower follower(secrets);
  for (const auto& record : records) follower.follow(record);
  return follower.read;
}

}  // namespace sealtone::capture::testing
