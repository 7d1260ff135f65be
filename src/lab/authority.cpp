// SPDX-License-Identifier: Apache-2.0
#include "lab/authority.h"

namespace sealtone::lab {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;

x509::Validity a_month_from(sys_seconds now) {
  return {now - std::chrono::hours(1), now + days(31)};
}

x509::Request authority_request(std::string name, sys_seconds now) {
  x509::Request request;
  request.common_name = std::move(name);
  request.organization = "Sealtone Lab";
  request.validity = a_month_from(now);
  request.ca = true;
  return request;
}

std::vector<x509::SubjectAltName> loopback_names() {
  using enum x509::SubjectAltName::Kind;
  return {{dns, "localhost"}, {ip, "127.0.0.1"}, {ip, "::1"}};
}

}  // namespace

base::Result<Authority> Authority::make(base::Random& random, sys_seconds now) {
  auto root = x509::issue_self_signed(authority_request("Sealtone Lab Root R1", now), random);
  if (!root) return std::unexpected(root.error());
  auto issuing = x509::issue(authority_request("Sealtone Lab Issuing CA 1", now), *root, random);
  if (!issuing) return std::unexpected(issuing.error());
  return Authority{std::move(*root), std::move(*issuing)};
}

base::Result<x509::DeviceCredential> Authority::server(base::Random& random,
                                                       sys_seconds now) const {
  x509::Request request;
  request.common_name = "localhost";
  request.organization = "Sealtone Lab";
  request.names = loopback_names();
  request.validity = a_month_from(now);
  request.extended_key_usage = {"serverAuth"};
  auto leaf = x509::issue(request, issuing, random);
  if (!leaf) return std::unexpected(leaf.error());
  return x509::DeviceCredential{{leaf->certificate, issuing.certificate, root.certificate},
                                leaf->key};
}

base::Result<x509::DeviceCredential> Authority::phone(const std::string& mac, base::Random& random,
                                                      sys_seconds now) const {
  x509::Request request;
  request.common_name = mac;
  request.organization = "Sealtone Lab";
  request.names = loopback_names();
  request.validity = a_month_from(now);
  request.extended_key_usage = {"serverAuth", "clientAuth"};
  auto leaf = x509::issue(request, issuing, random);
  if (!leaf) return std::unexpected(leaf.error());
  return x509::DeviceCredential{{leaf->certificate, issuing.certificate}, leaf->key};
}

base::Result<std::string> credential_pem(const x509::DeviceCredential& credential) {
  std::string pem;
  for (const auto& certificate : credential.chain) pem += certificate.pem();
  auto key = credential.key.pkcs8_pem();
  if (!key) return std::unexpected(key.error());
  return pem + *key;
}

}  // namespace sealtone::lab
