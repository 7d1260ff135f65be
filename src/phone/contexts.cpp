// SPDX-License-Identifier: Apache-2.0
//
// phone/contexts: see contexts.h.
#include "phone/contexts.h"

#include "settings/views.h"

namespace sealtone::phone {
namespace {

tls::ContextOptions options_for(const settings::TlsSettings& tls, handshake::Role role,
                                std::shared_ptr<tls::KeyLog> key_log) {
  tls::ContextOptions options;
  options.role = role;
  options.versions = {tls.lowest_version, tls.highest_version};
  options.cipher_list = tls.cipher_list;
  options.key_log = std::move(key_log);
  options.keep_secrets = true;  // where its octets are kept, so that they can be read
  return options;
}

}  // namespace

base::Result<Contexts> build_contexts(const settings::Settings& settings,
                                      const std::optional<x509::DeviceCredential>& uploaded,
                                      const x509::DeviceCredential& temporary,
                                      std::shared_ptr<tls::KeyLog> key_log) {
  auto client = options_for(settings::tls_settings(settings, "auto_provision"),
                            handshake::Role::client, key_log);
  client.credential = uploaded;
  client.ask_for_ocsp = true;
  auto provisioning = tls::Context::build(client);
  if (!provisioning) return std::unexpected(provisioning.error());

  // The same certificate, the account's own versions and ciphers.
  auto account =
      options_for(settings::tls_settings(settings, "sip"), handshake::Role::client, key_log);
  account.credential = uploaded;
  account.ask_for_ocsp = true;
  auto sip = tls::Context::build(account);
  if (!sip) return std::unexpected(sip.error());

  auto server = options_for(settings::tls_settings(settings, "web_server"), handshake::Role::server,
                            std::move(key_log));
  server.credential = uploaded ? *uploaded : temporary;
  auto page = tls::Context::build(server);
  if (!page) return std::unexpected(page.error());
  return Contexts{*std::move(provisioning), *std::move(page), *std::move(sip)};
}

}  // namespace sealtone::phone
