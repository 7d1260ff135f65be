// SPDX-License-Identifier: Apache-2.0
//
// tls/ends: for tests, the certificates of tests/data/tls and both ends of a connection.
//
// Judged at 2026-06-01.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <set>

#include "handshake/names.h"
#include "support/loop.h"
#include "support/peers.h"
#include "tls/tls.h"

namespace sealtone::tls::testing {

using namespace std::chrono_literals;
using handshake::Ending;
using handshake::Role;
using test::finish;
using trust::Decision;
using Words = std::set<std::string>;

inline constexpr auto kNow = std::chrono::sys_seconds{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1}};

inline std::string file(const std::string& name) {
  return std::string(SEALTONE_TEST_DATA) + "/tls/" + name + ".pem";
}
inline test::Identity identity(const std::string& name) {
  return {name, file(name), file(name), {}};
}
inline x509::Contents contents(const std::string& name) {
  const auto text = test::read_text(file(name));
  return x509::parse(base::view(text), name).value();
}
inline x509::DeviceCredential credential(const std::string& name) {
  return x509::device_credential(contents(name), name).value();
}
inline std::shared_ptr<const x509::AnchorSet> trusting(const std::vector<std::string>& names) {
  std::vector<x509::Certificate> anchors;
  for (const auto& name : names) anchors.push_back(contents(name).certificates.at(0));
  return std::make_shared<const x509::AnchorSet>(std::move(anchors));
}

inline constexpr Versions only(std::uint16_t version) { return {version, version}; }
inline constexpr Versions kAll{0x0301, 0x0304};

inline ContextOptions client_options(Versions versions = {}, const std::string& own = "") {
  ContextOptions options;
  options.versions = versions;
  if (!own.empty()) options.credential = credential(own);
  return options;
}
inline ContextOptions server_options(Versions versions = {}, const std::string& own = "server") {
  auto options = client_options(versions, own);
  options.role = Role::server;
  return options;
}
inline std::shared_ptr<const Context> build(const ContextOptions& options) {
  auto context = Context::build(options);
  if (!context) throw std::runtime_error(base::to_string(context.error()));
  return *context;
}

inline PeerCheck check(std::shared_ptr<const x509::AnchorSet> anchors,
                       const std::string& host = "localhost") {
  PeerCheck check;
  check.anchors = std::move(anchors);
  check.reference = trust::ReferenceIdentifier::from_host(host);
  check.now = kNow;
  check.sni = host;
  return check;
}
inline PeerCheck trusting_root() { return check(trusting({"root", "rsa-root"})); }
inline PeerCheck trusting_nobody() { return check(trusting({})); }

inline const trust::Finding& finding(const trust::Verdict& verdict, trust::FindingCode code) {
  const auto found = std::ranges::find(verdict.findings, code, &trust::Finding::code);
  if (found == verdict.findings.end()) throw std::runtime_error("no such finding");
  return *found;
}

inline Words words(const trust::Verdict& verdict) {
  Words all;
  for (const auto& finding : verdict.findings) all.insert(trust::word(finding.code));
  return all;
}

// A connection of ours to 127.0.0.1:port.
inline Outcome dial(net::asio::io_context& loop, std::uint16_t port,
                    const std::shared_ptr<const Context>& context, const PeerCheck& check,
                    std::chrono::milliseconds limit = 10s) {
  auto socket = finish(loop, net::connect_tcp("127.0.0.1", port, 10s));
  if (!socket) throw std::runtime_error(base::to_string(socket.error()));
  return finish(loop, connect(std::move(*socket), context, check, limit));
}

struct Both {
  Outcome client, server;
};
// Our two ends on a socket pair.
inline Both meet(net::asio::io_context& loop, const std::shared_ptr<const Context>& client,
                 const PeerCheck& client_check, const std::shared_ptr<const Context>& server,
                 const PeerCheck& server_check = trusting_nobody()) {
  net::asio::local::stream_protocol::socket left(loop), right(loop);
  net::asio::local::connect_pair(left, right);
  std::optional<Outcome> served;
  net::asio::co_spawn(
      loop, accept(std::make_unique<net::Socket>(std::move(right)), server, server_check, 10s),
      [&](const std::exception_ptr&, Outcome outcome) { served = std::move(outcome); });
  Both both;
  both.client = finish(
      loop, connect(std::make_unique<net::Socket>(std::move(left)), client, client_check, 10s));
  test::run_until(loop, [&] { return served.has_value(); });
  both.server = std::move(*served);
  return both;
}

inline net::Task<std::string> read_text(net::ByteStream& stream) {
  base::Bytes buffer(1000);
  auto got = co_await stream.read_some(buffer);
  if (!got) co_return std::string(base::word(got.error().code));
  co_return std::string(base::text(base::ByteView(buffer).first(*got)));
}

inline bool write_text(net::asio::io_context& loop, net::ByteStream& stream,
                       std::string_view text) {
  return finish(loop, net::write_all(stream, base::view(text))).has_value();
}

// "Refused means nothing was sent": no application data and no certificate of ours.
inline void expect_nothing_sent(const Outcome& outcome) {
  EXPECT_EQ(outcome.stream, nullptr);
  EXPECT_EQ(outcome.record.application_sent, 0U);
  EXPECT_TRUE(outcome.record.client_chain.empty());
  for (const auto& message : outcome.record.messages) {
    const bool own_certificate = message.direction == handshake::Direction::sent &&
                                 message.type == handshake::HandshakeType::certificate;
    EXPECT_FALSE(own_certificate);
  }
}

// Test names for a version: "Tls1_2".
inline std::string version_suffix(const ::testing::TestParamInfo<std::uint16_t>& info) {
  return "Tls1_" + std::to_string(info.param - 0x0301);
}
// What openssl's tool is told to hold it to the version.
inline std::string openssl_flag(std::uint16_t version) {
  return version == 0x0301 ? "-tls1" : "-tls1_" + std::to_string(version - 0x0301);
}

}  // namespace sealtone::tls::testing
