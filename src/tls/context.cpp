// SPDX-License-Identifier: Apache-2.0
//
// tls/context: an SSL_CTX from a policy; everything stated, so that openssl.cnf decides nothing.
#include <openssl/err.h>
#include <openssl/x509.h>

#include <fmt/format.h>

#include <algorithm>

#include "tls/native.h"
#include "x509/credential.h"

namespace sealtone::tls {
namespace {

using base::ErrorCode;
using handshake::Role;

// What TLS 1.2 and below may use unless a list is given: forward secret and authenticated, AEAD
// first (RFC 9325 §4.2), CBC behind it for servers of before 2015 and for TLS 1.0, which has
// nothing else.  RSA key transport is left out: it is not forward secret and RFC 9325 §4.1 says
// "MUST NOT"; who needs it, as the phones of 2010 do, says `kRSA`.
constexpr auto kCiphers =
    "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDHE+AES:DHE+AES:!AESCCM:!SHA256:!SHA384";
// Behind every list, also a given one: with these suites the peer shows no certificate, and nothing
// would be judged.
constexpr auto kNever = ":!aNULL:!eNULL:!PSK:!SRP";
constexpr auto kCiphers13 =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
constexpr auto kGroups = "X25519:P-256:X448:P-521:P-384";

// Names of trusted certificates told to a client; more would fill its buffers and help nobody.
constexpr std::size_t kMaxAuthorities = 100;

std::unexpected<base::Error> internal(const std::string& step) {
  return base::fail(ErrorCode::internal, step, crypto::drain_openssl_errors());
}

base::Result<void> set_versions(SSL_CTX* context, Versions versions) {
  if (versions.lowest < TLS1_VERSION || versions.highest > TLS1_3_VERSION ||
      versions.lowest > versions.highest) {
    return base::fail(ErrorCode::bad_input, "TLS versions",
                      "the lowest is 1.0, the highest 1.3, and the range must not be empty");
  }
  // Both, explicitly: MinProtocol and MaxProtocol of openssl.cnf were set by SSL_CTX_new.
  if (SSL_CTX_set_min_proto_version(context, versions.lowest) != 1 ||
      SSL_CTX_set_max_proto_version(context, versions.highest) != 1) {
    return internal("TLS versions");
  }
  return {};
}

// Level 2 asks for 112 bits of everything.  TLS 1.0 and 1.1 sign with SHA-1, which level 0 alone
// allows.  Peers' certificates are not its business: the judge looks at their keys and signatures.
int security_level(Versions versions) { return versions.lowest < TLS1_2_VERSION ? 0 : 2; }

// Whether a connection would have a suite for its versions below 1.3 at this security level.
bool any_old_suite(SSL_CTX* context) {
  const std::unique_ptr<SSL, Free> probe(SSL_new(context));
  if (!probe) return false;
  STACK_OF(SSL_CIPHER)* suites = SSL_get1_supported_ciphers(probe.get());
  bool any = false;
  for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
    any = any || SSL_CIPHER_get_kx_nid(sk_SSL_CIPHER_value(suites, i)) != NID_kx_any;
  }
  sk_SSL_CIPHER_free(suites);
  return any;
}

base::Result<void> set_ciphers(SSL_CTX* context, const ContextOptions& options) {
  const auto list = (options.cipher_list.empty() ? kCiphers : options.cipher_list) + kNever;
  const bool known = SSL_CTX_set_cipher_list(context, list.c_str()) == 1;
  // After the list, which may hold an "@SECLEVEL": the versions decide, not a word in a list.
  SSL_CTX_set_security_level(context, security_level(options.versions));
  if (!known || (options.versions.lowest <= TLS1_2_VERSION && !any_old_suite(context))) {
    (void)crypto::drain_openssl_errors();
    return base::fail(ErrorCode::bad_input, "cipher list " + options.cipher_list,
                      "it selects no cipher that these TLS versions could use");
  }
  return {};
}

// OpenSSL passes over a suite that it does not know: then more was asked for than is offered.
bool exactly_these_suites(SSL_CTX* context, const std::string& suites) {
  if (SSL_CTX_set_ciphersuites(context, suites.c_str()) != 1) return false;
  STACK_OF(SSL_CIPHER)* all = SSL_CTX_get_ciphers(context);
  int offered = 0;
  for (int i = 0; i < sk_SSL_CIPHER_num(all); ++i) {
    offered += SSL_CIPHER_get_kx_nid(sk_SSL_CIPHER_value(all, i)) == NID_kx_any ? 1 : 0;
  }
  return offered == 1 + std::ranges::count(suites, ':');
}

std::unexpected<base::Error> not_known(const std::string& what, const std::string& list) {
  (void)crypto::drain_openssl_errors();
  return base::fail(ErrorCode::bad_input, what + " " + list,
                    "one of these is not known here, or stands there twice");
}

// What a ClientHello says beside versions and older ciphers.
base::Result<void> set_offer(SSL_CTX* context, const ContextOptions& options) {
  const auto& suites = options.cipher_suites;
  if (!exactly_these_suites(context, suites.empty() ? kCiphers13 : suites)) {
    return not_known("cipher suites", suites);
  }
  const auto& groups = options.groups;
  if (SSL_CTX_set1_groups_list(context, groups.empty() ? kGroups : groups.c_str()) != 1) {
    return not_known("groups", groups);
  }
  const auto& schemes = options.signature_schemes;
  if (!schemes.empty() && SSL_CTX_set1_sigalgs_list(context, schemes.c_str()) != 1) {
    return not_known("signature schemes", schemes);
  }
  return {};
}

std::unexpected<base::Error> credential_refused(const x509::Certificate& certificate) {
  const auto name = certificate.subject().short_name();
  const int reason = ERR_GET_REASON(ERR_peek_last_error());
  const auto openssl = crypto::drain_openssl_errors();
  switch (reason) {
    case SSL_R_EE_KEY_TOO_SMALL:
    case SSL_R_CA_KEY_TOO_SMALL:
      return base::fail(ErrorCode::unsupported, name,
                        "its key, " + certificate.public_key().description() +
                            ", is too weak to be shown with TLS 1.2 and 1.3; a certificate with an "
                            "RSA key of 2048 bits or more, or an EC P-256 key, is needed");
    case SSL_R_CA_MD_TOO_WEAK:
      return base::fail(ErrorCode::unsupported, name,
                        "its signature, " + certificate.signature_algorithm() +
                            ", is too weak to be shown with TLS 1.2 and 1.3; a certificate signed "
                            "with SHA-256 or better is needed");
    default:
      return base::fail(ErrorCode::mismatch, name,
                        "the certificate and its key cannot be used together (" + openssl + ")");
  }
}

base::Result<void> set_credential(SSL_CTX* context, const x509::DeviceCredential& credential) {
  ERR_clear_error();
  // Only what was uploaded is sent: nothing is added from a list of trusted certificates.
  SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
  if (credential.chain.empty() || credential.key.empty()) {
    return base::fail(ErrorCode::mismatch, "certificate", "there is no certificate or no key");
  }
  const auto& leaf = credential.leaf();
  if (!leaf.matches(credential.key)) {
    return base::fail(ErrorCode::mismatch, leaf.subject().short_name(),
                      "the private key is not the one of this certificate");
  }
  // OpenSSL would take others too, and then find no client that has a signature scheme for them.
  if (!x509::can_be_shown(leaf.public_key())) {
    return base::fail(ErrorCode::unsupported, leaf.subject().short_name(),
                      fmt::format("its key, {}, is one that hardly anybody accepts in TLS; a "
                                  "certificate with an RSA key of 2048 to {} bits, or with P-256, "
                                  "P-384, P-521, Ed25519 or Ed448, is needed",
                                  leaf.public_key().description(), x509::kMostRsaBits));
  }
  if (SSL_CTX_use_certificate(context, leaf.native()) != 1 ||
      SSL_CTX_use_PrivateKey(context, credential.key.native()) != 1) {
    return credential_refused(leaf);
  }
  for (std::size_t i = 1; i < credential.chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context, credential.chain[i].native()) != 1) {
      return credential_refused(credential.chain[i]);
    }
  }
  return {};
}

void set_client_role(SSL_CTX* context, const ContextOptions& options) {
  if (!options.session_tickets) SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (options.ask_for_ocsp) {
    SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
    SSL_CTX_set_tlsext_status_cb(context, judge_ocsp_answer);
  }
  // A resumed session skips the judge, so OpenSSL offers none by itself: connections do, and ask
  // the judge before.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, keep_session);
}

base::Result<void> set_server_role(SSL_CTX* context, const ContextOptions& options) {
  static constexpr unsigned char kSessionContext[] = "sealtone";
  SSL_CTX_set_session_id_context(context, kSessionContext, sizeof kSessionContext - 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets need no memory here
  SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_dh_auto(context, 1);
  if (!options.client_anchors) return {};
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // Each client's certificate is judged, each time.
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 0);
  const auto& anchors = options.client_anchors->anchors();
  if (anchors.size() > kMaxAuthorities) return {};
  for (const auto& anchor : anchors) {
    if (SSL_CTX_add_client_CA(context, anchor.native()) != 1) return internal("client anchors");
  }
  return {};
}

}  // namespace

Context::Context(ContextOptions options, std::unique_ptr<Native> native)
    : options_(std::move(options)), native_(std::move(native)) {}
Context::~Context() = default;

base::Result<std::shared_ptr<const Context>> Context::build(const ContextOptions& options) {
  ERR_clear_error();
  auto native = std::make_unique<Native>();
  native->context.reset(SSL_CTX_new(TLS_method()));
  auto* context = native->context.get();
  if (context == nullptr) return internal("TLS context");
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // One read() takes what has come, in place of one for the header of each record and one for its
  // content.
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_clear_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_LEGACY_SERVER_CONNECT |
                                     SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_max_cert_list(context, static_cast<long>(kMaxChainOctets));
  SSL_CTX_set_cert_verify_callback(context, judge_peer, nullptr);
  if (options.key_log || options.keep_secrets) SSL_CTX_set_keylog_callback(context, log_key);
  if (auto set = set_versions(context, options.versions); !set) return std::unexpected(set.error());
  if (auto set = set_ciphers(context, options); !set) return std::unexpected(set.error());
  if (auto set = set_offer(context, options); !set) return std::unexpected(set.error());
  if (options.credential) {
    auto set = set_credential(context, *options.credential);
    if (!set) return std::unexpected(set.error());
  }
  if (options.role == Role::client) {
    set_client_role(context, options);
  } else if (auto set = set_server_role(context, options); !set) {
    return std::unexpected(set.error());
  }
  return std::shared_ptr<const Context>(new Context(options, std::move(native)));
}

}  // namespace sealtone::tls
