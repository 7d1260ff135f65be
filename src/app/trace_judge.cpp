// SPDX-License-Identifier: Apache-2.0
#include "app/trace_judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/checking.h"
#include "base/host_name.h"
#include "base/text.h"
#include "base/tls_versions.h"
#include "handshake/names.h"

namespace sealtone::app {
namespace {

using base::Result;

// `check` has these options, too, and they mean the same.
CheckArguments as_checked(const TraceArguments& arguments) {
  CheckArguments check;
  static_cast<ListArguments&>(check) = arguments;
  check.at = arguments.at;
  check.as = arguments.as;
  check.sip = arguments.sip;
  return check;
}

// What was said about judging where nothing is judged.
const char* of_no_use(const TraceArguments& arguments) {
  if (!arguments.at.empty()) return "--at";
  if (!arguments.expect.empty()) return "--expect";
  return arguments.sip ? "--sip" : nullptr;
}

const std::string& name_asked_for(const capture::Connection& connection) {
  static const std::string none;
  const auto& hello = connection.record.client_hello;
  return hello ? hello->server_name : none;
}

// The client asked for an answer of OCSP, all that the server could send it along with is there,
// and none is.  What came and could not be read is not missed.
bool answer_is_missing(const handshake::HandshakeRecord& record) {
  using handshake::HandshakeType;
  const auto came = [&](HandshakeType type) {
    return std::ranges::find(record.messages, type, &handshake::Message::type) !=
           record.messages.end();
  };
  const auto& hello = record.client_hello;
  if (!hello || !hello->asks_for_ocsp || record.resumed() || !record.stapled_ocsp.empty()) {
    return false;
  }
  const auto& seen = record.observed;
  if (seen && (seen->server_absent || seen->missing_received > 0)) return false;
  // RFC 8446 §4.4.2.1 puts it beside the certificate, RFC 6066 §8 behind that.
  if (record.version().value_or(0) >= base::kTls13) return true;
  return came(HandshakeType::server_hello_done) && !came(HandshakeType::certificate_status);
}

// Why there is nothing to judge.
std::string no_certificates(const capture::Connection& connection) {
  const auto& record = connection.record;
  if (record.resumed()) {
    return "Not judged: an earlier session was resumed, and the server sent no certificate.";
  }
  if (record.certificate_over) {
    return fmt::format(
        "Not judged: the server's Certificate message has more than {} octets, and is not read.",
        *record.certificate_over);
  }
  // RFC 4279 §2, 5489 §2 (RSA_PSK sends one); RFC 5246 §7.4.2: not where nobody says who it is.
  const auto suite = record.server_hello
                         ? handshake::cipher_suite_name(record.server_hello->cipher_suite)
                         : std::string();
  const bool shared =
      suite.find("PSK_WITH_") != std::string::npos && !suite.starts_with("TLS_RSA_");
  if (shared || suite.find("_anon_") != std::string::npos) {
    return fmt::format("Not judged: with {} the server sends no certificate{}.", suite,
                       shared ? "; both sides go by a key that they share" : "");
  }
  const bool keys = record.observed && record.observed->keys;
  if (record.version().value_or(0) >= base::kTls13 && !keys) {
    return "Not judged: TLS 1.3 encrypts the certificates, and without the keys of this connection "
           "(--keylog FILE) they cannot be seen.";
  }
  return "Not judged: the server's certificate is not in the capture.";
}

}  // namespace

const Result<x509::Certificate>& DecodedCertificates::of(base::ByteView der,
                                                         const crypto::Sha256& sha256) {
  if (const auto at = kept_.find(sha256); at != kept_.end()) return at->second;
  // What repeats in a capture fits; who floods it with certificates has them decoded anew.
  if (kept_.size() >= kMostKept) kept_.clear();
  return kept_.emplace(sha256, x509::Certificate::from_der(der)).first->second;
}

std::string server_in_words(const capture::Connection& connection) {
  const auto& name = name_asked_for(connection);
  const auto endpoint = connection.server.text();
  return name.empty() ? endpoint : fmt::format("{} ({})", base::visible(name, 260), endpoint);
}

Result<TraceJudge> TraceJudge::of(const TraceArguments& arguments, const Surroundings& with) {
  TraceJudge judge;
  const bool list_named =
      !arguments.trust.empty() || !arguments.trusted.empty() || !arguments.state.empty();
  judge.judges_ = list_named || !arguments.as.empty();
  if (!judge.judges_) {
    const auto* idle = of_no_use(arguments);
    if (idle == nullptr) return judge;
    return base::fail(base::ErrorCode::bad_input, idle,
                      "it bears on how certificates are judged, and nothing says by what: add "
                      "--trust FILE, --trusted, --state or --as");
  }

  const auto check = as_checked(arguments);
  CertificateFiles files("");
  auto by =
      arguments.as.empty() ? judged_by_of(check, files, with) : uploaded_list(check, files, with);
  if (!by) return std::unexpected(by.error());
  judge.by_ = *std::move(by);
  if (!arguments.as.empty()) {
    auto phones = phones_of(arguments.as, judge.by_, arguments.trust, std::nullopt);
    if (!phones) return std::unexpected(phones.error());
    for (auto& phone : *phones) {
      judge.phones_.push_back(std::make_shared<const Phone>(std::move(phone)));
    }
  }
  judge.name_given_ = !arguments.expect.empty();
  if (judge.name_given_) {
    const auto given = name_asked_for(arguments.expect, "--expect ");
    if (!given) return std::unexpected(given.error());
  }
  auto rules = peer_check(check, judge.name_given_ ? arguments.expect : "localhost",
                          service_of(check), judge.by_, with);
  if (!rules) return std::unexpected(rules.error());
  judge.check_ = *std::move(rules);
  judge.check_.policy.clock.reset();  // the time is the capture's, or was given
  judge.time_given_ = !arguments.at.empty();
  return judge;
}

tls::PeerCheck TraceJudge::check_for(const capture::Connection& connection) const {
  auto check = check_;
  if (!time_given_) check.now = std::chrono::floor<std::chrono::seconds>(connection.first);
  if (!name_given_) {
    const auto host = base::to_a_labels(name_asked_for(connection));
    check.reference.reset();
    if (host && !host->empty()) check.reference = trust::ReferenceIdentifier::from_host(*host);
  }
  const auto& answer = connection.record.stapled_ocsp;
  if (!answer.empty()) {
    check.policy.path.ocsp_responses = std::make_shared<const std::vector<base::Bytes>>(1, answer);
  } else if (answer_is_missing(connection.record)) {
    check.policy.path.ocsp_responses = std::make_shared<const std::vector<base::Bytes>>();
  }
  return check;
}

explain::Context TraceJudge::context_for(const capture::Connection& connection,
                                         const tls::PeerCheck& check) const {
  explain::Context context;
  const auto& name = name_asked_for(connection);
  context.server =
      name.empty() ? connection.server.text() : fmt::format("{}:{}", name, connection.server.port);
  context.now = check.now;
  context.now_is_given = time_given_;
  context.at_hand = by_.at_hand;
  context.list_name = by_.list_name;
  return context;
}

Judged TraceJudge::by_list(const tls::PeerCheck& check, const std::vector<x509::Certificate>& chain,
                           const capture::Connection& connection) const {
  Judged one{
      .profile = {},
      .verdict = trust::judge(chain, *check.anchors, check.reference, check.policy, check.now),
      .context = context_for(connection, check),
      .explanation = {},
      .remarks = {}};
  one.explanation = explain::explain(one.verdict, connection.record, one.context);
  return one;
}

Judged TraceJudge::by_phone(const std::shared_ptr<const Phone>& as, const tls::PeerCheck& check,
                            const std::vector<x509::Certificate>& chain,
                            const capture::Connection& connection) const {
  const auto& phone = *as;
  const auto own = check_of(phone, check);
  auto verdict = trust::judge(chain, *own.anchors, own.reference, own.policy, own.now);
  verdict = as_phone(phone, std::move(verdict), chain, own);
  Judged one{.profile = phone.what.name,
             .verdict = with_offer(*phone.context, std::move(verdict)),
             .context = context_for(connection, own),
             .explanation = {},
             .remarks = phone.remarks,
             .has_its_list = has_its_list(phone),
             .phone = as};
  one.context.list_name = phone.list_name;
  one.context.as_phones = desk_phones(phone);
  one.explanation = explain::explain(one.verdict, connection.record, one.context);
  if (auto name = unchecked_name(phone, one.verdict, own, one.context); !name.empty()) {
    one.remarks.insert(one.remarks.begin(), std::move(name));
  }
  return one;
}

Judged TraceJudge::unreadable(std::string why, const tls::PeerCheck& check,
                              const capture::Connection& connection) const {
  Judged one{.profile = {},
             .verdict = {.decision = trust::Decision::untrusted, .findings = {}, .path = {}},
             .context = context_for(connection, check),
             .explanation = {},
             .remarks = {}};
  one.verdict.findings.push_back(
      {.code = trust::FindingCode::certificate_unreadable, .certificate = {}, .evidence = {}});
  one.verdict.findings.back().evidence.detail = std::move(why);
  one.explanation = explain::explain(one.verdict, connection.record, one.context);
  return one;
}

Judgement TraceJudge::judge(const capture::Connection& connection,
                            DecodedCertificates& certificates) const {
  const auto& sent = connection.record.server_chain;
  if (sent.empty()) return {.judged = {}, .not_judged = no_certificates(connection)};
  if (!judges_) {
    return {
        .judged = {},
        .not_judged = "Not judged: name the certificates that the phones trust (--trust FILE)."};
  }
  const auto check = check_for(connection);
  std::vector<x509::Certificate> chain;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto& known = connection.server_certificates;
    const auto sha256 = i < known.size() ? known[i] : crypto::sha256(sent[i]);
    const auto& one = certificates.of(sent[i], sha256);
    if (!one) {
      auto why = fmt::format("certificate {} of {}: {}", i + 1, sent.size(), one.error().detail);
      return {.judged = {unreadable(std::move(why), check, connection)}, .not_judged = {}};
    }
    chain.push_back(*one);
  }
  Judgement judgement;
  if (phones_.empty()) judgement.judged.push_back(by_list(check, chain, connection));
  for (const auto& phone : phones_) {
    judgement.judged.push_back(by_phone(phone, check, chain, connection));
  }
  if (check.reference) return judgement;
  for (auto& each : judgement.judged) {
    each.remarks.push_back(
        (connection.record.client_hello
             ? std::string("The client named no server (SNI), so that no name was compared")
             : std::string("Which name the client asked for (SNI) is not in the capture, and no "
                           "name was compared")) +
        "; say which name the phones are given for it: --expect NAME.");
  }
  return judgement;
}

}  // namespace sealtone::app
