// SPDX-License-Identifier: Apache-2.0
//
// provision/fetching: one file of a run after the other, each with what became of it in words.
//
// Everything is judged under the list and switches as they were before the run.  Credentials go to
// the provisioning URL's origin alone.  Limits: http's for each file, kRunLimit for all.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/url.h"
#include "provision/provision.h"

namespace sealtone::provision {

inline constexpr std::chrono::minutes kRunLimit{5};

// How a file came, for what may be made of it.
enum class Transport {
  verified,            // over TLS, from a trusted server
  accepted_untrusted,  // over TLS, from a server that was not trusted: the switch is off
  plain,               // over HTTP, at least in part
  local,               // the admin gave it
};

struct Got {
  FileReport report;  // outcome "absent", "refused", "unreachable", "failed" or none yet
  std::optional<std::string> body;  // of an answer 200
  Transport transport = Transport::plain;
};

class Fetching {
 public:
  explicit Fetching(const Input& input);
  [[nodiscard]] net::Task<Got> get(base::Url url);
  [[nodiscard]] std::vector<http::Connection>& connections() { return connections_; }

 private:
  [[nodiscard]] http::FetchOptions options_for(const base::Url& url) const;
  void describe(const http::Fetched& fetched, const base::Url& url, Got& got) const;
  [[nodiscard]] std::string refusal(const http::Connection& connection) const;

  const Input& input_;
  settings::TlsSettings tls_;
  settings::ProvisionSettings provision_;
  std::optional<base::Url> origin_;  // the provisioning URL
  std::chrono::steady_clock::time_point end_;
  std::vector<http::Connection> connections_;
};

// The words' surroundings for one connection of a run.
[[nodiscard]] explain::Context words_for(const http::Connection& connection, const Input& input,
                                         std::span<const x509::Certificate> at_hand);
// The uploaded certificates and this computer's roots.
[[nodiscard]] std::vector<x509::Certificate> at_hand(const Input& input);

}  // namespace sealtone::provision
