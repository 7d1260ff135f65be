// SPDX-License-Identifier: Apache-2.0
//
// handshake/two_engines: for tests, two OpenSSL engines that talk in memory, with a Builder on
// each end, so that the messages read were written by somebody else's code.
//
// Units: the clock of these records ticks one microsecond a message.  Certificates:
// tests/data/handshake.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "handshake/builder.h"

namespace sealtone::handshake::testing {

struct End {
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
  using Stream = std::unique_ptr<SSL, decltype(&SSL_free)>;

  End(Role role, const std::function<void(SSL_CTX*)>& setup)
      : role(role),
        context(SSL_CTX_new(TLS_method()), SSL_CTX_free),
        ssl(nullptr, SSL_free),
        builder(role, "192.0.2.1:443", std::chrono::sys_seconds{}) {
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_dh_auto(context.get(), 1);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_mode(context.get(), SSL_MODE_NO_AUTO_CHAIN);
    if (role == Role::server) use(context.get(), "server.pem");
    setup(context.get());
    begin(context.get());
  }
  End(const End&) = delete;
  End& operator=(const End&) = delete;

  // Under another end's context, which knows that one's sessions.
  void begin(SSL_CTX* under) {
    ssl.reset(SSL_new(under));
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_msg_callback(ssl.get(), heard);
    SSL_set_msg_callback_arg(ssl.get(), this);
    if (role == Role::client) {
      SSL_set_tlsext_host_name(ssl.get(), "prov.example.com");
      SSL_set_connect_state(ssl.get());
    } else {
      SSL_set_accept_state(ssl.get());
    }
  }

  static void use(SSL_CTX* context, const std::string& file) {
    const auto path = std::string(SEALTONE_TEST_DATA) + "/handshake/" + file;
    SSL_CTX_use_certificate_chain_file(context, path.c_str());
    SSL_CTX_use_PrivateKey_file(context, path.c_str(), SSL_FILETYPE_PEM);
  }

  std::chrono::microseconds tick() { return std::chrono::microseconds{++ticks}; }

  // One step of the handshake, or of reading behind it.
  void step() {
    if (builder.record().handshake_done) {
      char octets[64];
      (void)SSL_read(ssl.get(), octets, sizeof octets);
    } else if (SSL_do_handshake(ssl.get()) == 1) {
      builder.handshake_done(tick());
    }
  }

  // Everything written so far reaches the other end; false if there was nothing.
  bool deliver_to(End& other) {
    char octets[16384];
    const int got = BIO_read(SSL_get_wbio(ssl.get()), octets, sizeof octets);
    if (got <= 0) return false;
    other.receive({octets, static_cast<std::size_t>(got)});
    return true;
  }
  void receive(std::string_view octets) {
    builder.wire(Direction::received, base::view(octets));
    BIO_write(SSL_get_rbio(ssl.get()), octets.data(), static_cast<int>(octets.size()));
  }

  static void heard(int sent, int, int content, const void* body, std::size_t size, SSL*,
                    void* self) {
    auto& end = *static_cast<End*>(self);
    const auto direction = sent != 0 ? Direction::sent : Direction::received;
    const base::ByteView octets{static_cast<const std::uint8_t*>(body), size};
    constexpr std::size_t header = 5;
    if (content == SSL3_RT_HEADER && size == header) {
      end.builder.record_began(direction, ContentType{octets[0]},
                               static_cast<std::size_t>(octets[3]) << 8U | octets[4],
                               std::chrono::microseconds{end.ticks});
      return;
    }
    if (content < SSL3_RT_CHANGE_CIPHER_SPEC || content > SSL3_RT_HANDSHAKE) return;
    end.builder.message(direction, static_cast<ContentType>(content), octets, end.tick());
  }

  Role role;
  Context context;
  Stream ssl;
  Builder builder;
  long ticks = 0;
};

struct Records {
  HandshakeRecord client, server;
};

// Runs both ends until neither has anything left to say.
inline void talk(End& client, End& server) {
  for (bool more = true; more;) {
    client.step();
    more = client.deliver_to(server);
    server.step();
    more = server.deliver_to(client) || more;
  }
}
inline Records talk(const std::function<void(SSL_CTX*)>& client_setup,
                    const std::function<void(SSL_CTX*)>& server_setup) {
  End client(Role::client, client_setup);
  End server(Role::server, server_setup);
  talk(client, server);
  return {client.builder.record(), server.builder.record()};
}

inline std::function<void(SSL_CTX*)> only(int version, const char* ciphers = nullptr) {
  return [=](SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    if (ciphers != nullptr) SSL_CTX_set_cipher_list(context, ciphers);
  };
}
inline std::function<void(SSL_CTX*)> both(std::function<void(SSL_CTX*)> first,
                                          std::function<void(SSL_CTX*)> second) {
  return [=](SSL_CTX* context) {
    first(context);
    second(context);
  };
}

// The second of two connections, which resumes the session of the first.
inline Records talk_again(const std::function<void(SSL_CTX*)>& setup) {
  const auto with_tickets = both(setup, [](SSL_CTX* context) {
    SSL_CTX_clear_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 2);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("t"), 1);
  });
  End first_client(Role::client, with_tickets), first_server(Role::server, with_tickets);
  talk(first_client, first_server);
  End client(Role::client, with_tickets), server(Role::server, with_tickets);
  server.begin(first_server.context.get());
  const std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session(
      SSL_get1_session(first_client.ssl.get()), SSL_SESSION_free);
  SSL_set_session(client.ssl.get(), session.get());
  talk(client, server);
  return {client.builder.record(), server.builder.record()};
}
inline void unchanged(SSL_CTX*) {}
inline void with_client_certificate(SSL_CTX* context) { End::use(context, "client.pem"); }

// The server asks for a client certificate; one that is sent is accepted, none as well.
inline void ask_client(SSL_CTX* context) {
  const auto path = std::string(SEALTONE_TEST_DATA) + "/handshake/ca.pem";
  SSL_CTX_load_verify_locations(context, path.c_str(), nullptr);
  SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(path.c_str()));
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
}
inline void demand_client(SSL_CTX* context) {
  ask_client(context);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}
// The client refuses whatever it is shown: it trusts nobody.
inline void trust_nobody(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}
// The server demands a client certificate and trusts no issuer of one.
inline void demand_client_of_nobody(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

}  // namespace sealtone::handshake::testing
