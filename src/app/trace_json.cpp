// SPDX-License-Identifier: Apache-2.0
//
// app/trace_json: the connections of a capture in the form that docs/json.md describes.
#include <nlohmann/json.hpp>

#include "app/trace_rows.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/ladder.h"
#include "handshake/names.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

json versions_json(const handshake::HandshakeRecord& record) {
  auto out = json::array();
  if (!record.client_hello) return out;
  for (const auto version : record.client_hello->versions) {
    out.push_back(handshake::version_name(version));
  }
  return out;
}

json alerts_json(const handshake::HandshakeRecord& record) {
  auto out = json::array();
  for (const auto& alert : record.alerts) {
    const bool by_client = alert.direction == handshake::Direction::sent;
    out.push_back({{"from", by_client ? "client" : "server"},
                   {"fatal", alert.fatal},
                   {"name", handshake::alert_name(alert.description)},
                   {"number", alert.description},
                   {"at_us", alert.at.count()}});
  }
  return out;
}

json chain_json(const std::vector<base::Bytes>& chain, const std::vector<crypto::Sha256>& hashes,
                DecodedCertificates& certificates, std::chrono::sys_seconds at) {
  auto out = json::array();
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto sha256 = i < hashes.size() ? hashes[i] : crypto::sha256(chain[i]);
    const auto& certificate = certificates.of(chain[i], sha256);
    if (certificate) {
      out.push_back(explain::certificate_json(*certificate, at));
    } else {
      out.push_back({{"sha256", base::hex_colons(sha256)},
                     {"unreadable", base::visible(certificate.error().detail)}});
    }
  }
  return out;
}

json judged_json(const Judged& one, const handshake::HandshakeRecord& record) {
  auto answer = explain::to_json(one.explanation, one.verdict, record, one.context);
  json row{{"profile", one.profile.empty() ? json(nullptr) : json(base::visible(one.profile))},
           {"judged_by", base::visible(one.context.list_name)},
           {"at", base::utc(one.context.now)},
           {"verdict", std::move(answer["verdict"])},
           {"certificates", std::move(answer["certificates"])},
           {"remarks", one.remarks}};
  if (one.phone) row.update(assumptions_json(*one.phone, false));
  return row;
}

}  // namespace

json missing_json(const handshake::HandshakeRecord::Observed& seen) {
  auto sides = json::array();
  if (seen.client_absent) sides.push_back("client");
  if (seen.server_absent) sides.push_back("server");
  return {{"octets_sent", seen.missing_sent},
          {"octets_received", seen.missing_received},
          {"sides", std::move(sides)},
          {"start", seen.start_missing},
          {"end", seen.end_missing}};
}

json name_json(const std::optional<std::string>& name) {
  return name ? json(base::visible(*name)) : json(nullptr);
}

json outcome_json(const explain::ConnectionOutcome& outcome) {
  return {{"kind", explain::word(outcome.kind)},
          {"failed", outcome.failed()},
          {"by", outcome.by ? json(explain::word(*outcome.by)) : json(nullptr)},
          {"alert", outcome.alert ? json(handshake::alert_name(*outcome.alert)) : json(nullptr)},
          {"reason_encrypted", outcome.reason_encrypted},
          {"brief", outcome.brief},
          {"says", outcome.says},
          {"next", outcome.next}};
}

json connection_json(const Traced& one, DecodedCertificates& certificates) {
  const auto& connection = one.connection;
  const auto& record = connection.record;
  const auto at = std::chrono::floor<std::chrono::seconds>(connection.first);
  const auto& hello = record.client_hello;
  const auto version = record.version();
  auto judged = json::array();
  for (const auto& each : one.judgement.judged) judged.push_back(judged_json(each, record));
  return {
      {"number", connection.number},
      {"client", connection.client.text()},
      {"server", connection.server.text()},
      {"first", utc_of(connection.first)},
      {"last", utc_of(connection.last)},
      {"version", version ? handshake::version_name(*version) : ""},
      {"versions_offered", versions_json(record)},
      {"sni", name_json(hello ? std::optional(hello->server_name) : std::nullopt)},
      {"user_agent", base::visible(connection.user_agent)},
      {"opened_in_clear", record.observed ? base::visible(record.observed->opened_in_clear) : ""},
      {"decrypted", record.observed && record.observed->keys},
      {"outcome", outcome_json(one.outcome)},
      {"alerts", alerts_json(record)},
      {"certificates",
       chain_json(record.server_chain, connection.server_certificates, certificates, at)},
      {"client_certificates",
       chain_json(record.client_chain, connection.client_certificates, certificates, at)},
      {"judged", std::move(judged)},
      {"not_judged",
       one.judgement.not_judged.empty() ? json(nullptr) : json(one.judgement.not_judged)},
      {"missing", missing_json(record.observed.value_or(handshake::HandshakeRecord::Observed{}))},
      {"handshake", explain::to_json(drawn(one))}};
}

json totals_json(const capture::Totals& totals, bool whole) {
  auto remarks = json::array();
  for (const auto& remark : totals.remarks) remarks.push_back(base::visible(remark));
  return {{"packets", totals.packets},
          {"octets", totals.octets},
          {"connections", totals.connections},
          {"unreadable", totals.unreadable},
          {"given_up", totals.given_up},
          {"cut", totals.cut},
          {"whole", whole},
          {"stopped", totals.stopped},
          {"remarks", std::move(remarks)}};
}

}  // namespace sealtone::app
