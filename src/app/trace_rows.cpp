// SPDX-License-Identifier: Apache-2.0
#include "app/trace_rows.h"

#include <fmt/format.h>

#include "app/screen.h"
#include "app/shown.h"
#include "app/trace_next.h"
#include "base/text.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kEndpoint = 21;  // "255.255.255.255:65535"
constexpr std::size_t kVersion = 7;    // "TLS 1.2"
constexpr std::size_t kName = 24;
constexpr std::size_t kOutcome = 34;
constexpr std::size_t kLongestName = 60;
constexpr std::string_view kFurther = "       ";  // before what goes on in a line of its own

// What a line of the table takes; of what is judged, the head and the shortest verdict.
std::size_t table_columns(bool judged) {
  constexpr std::size_t to_outcome = 5 + 2 + 8 + 2 + 2 * (kEndpoint + 2) + kVersion + 2 + kName + 2;
  constexpr std::size_t verdict = 30;
  return to_outcome + kOutcome + (judged ? 2 + verdict : 0);
}

std::string version_of(const handshake::HandshakeRecord& record) {
  const auto version = record.version();
  return version ? handshake::version_name(*version) : "-";
}

std::string name_of(const handshake::HandshakeRecord& record) {
  const auto& hello = record.client_hello;
  if (!hello) return "not in the capture";
  if (hello->server_name.empty()) return "-";
  return base::visible(hello->server_name, kLongestName);
}

// "trusted", "untrusted: issuer-unknown, expired", with the profile in front.
std::string judged_briefly(const Judgement& judgement) {
  if (judgement.judged.empty()) return "not judged";
  std::string out;
  for (const auto& one : judgement.judged) {
    out += out.empty() ? "" : "; ";
    if (!one.profile.empty()) out += base::visible(one.profile, kLongestName) + " ";
    out += trust::word(one.verdict.decision);
    std::vector<std::string> codes;
    for (const auto& finding : one.explanation.findings) {
      std::string code = trust::word(finding.code);
      if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
    }
    if (!codes.empty()) out += ": " + explain::joined(codes, ", ");
  }
  return out;
}

std::string certificate_line(std::size_t place, const base::Result<x509::Certificate>& certificate,
                             const crypto::Sha256& sha256) {
  if (!certificate) {
    return paragraph(
        fmt::format("{}. cannot be read ({}); SHA-256 {}", place,
                    base::visible(certificate.error().detail), base::hex_colons(sha256)),
        "  ", "     ");
  }
  return paragraph(
      fmt::format("{}. {}, issued by {}, valid until {}; SHA-256 {}", place,
                  explain::in_quotes(certificate->subject().short_name()),
                  explain::in_quotes(certificate->issuer().short_name()),
                  explain::when(certificate->validity().not_after), certificate->fingerprint()),
      "  ", "     ");
}

std::string certificate_lines(const char* whose, const std::vector<base::Bytes>& chain,
                              const std::vector<crypto::Sha256>& hashes,
                              DecodedCertificates& certificates) {
  if (chain.empty()) return {};
  std::string out = fmt::format("\nThe {} sent:\n", whose);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto sha256 = i < hashes.size() ? hashes[i] : crypto::sha256(chain[i]);
    out += certificate_line(i + 1, certificates.of(chain[i], sha256), sha256);
  }
  return out;
}

std::string judged_words(const Judgement& judgement) {
  std::string out;
  for (const auto& one : judgement.judged) {
    const auto as = one.profile.empty() ? "" : "as " + base::visible(one.profile) + " ";
    out += fmt::format("\nJudged {}by {}, as of {}:\n", as,
                       explain::the_list(base::visible(one.context.list_name)),
                       explain::when(one.context.now));
    out += explain::to_text(one.explanation, text_width(stdout));
    if (!one.lacks.empty()) out += paragraph(one.lacks);
    for (const auto& remark : one.remarks) out += paragraph(remark);
    if (!one.phone) continue;
    for (const auto& words : assumptions(*one.phone, false)) out += paragraph(words);
  }
  if (!judgement.not_judged.empty()) out += "\n" + paragraph(judgement.not_judged);
  return out;
}

std::string count(std::uint64_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

bool Traced::found() const {
  if (outcome.failed()) return true;
  return !std::ranges::all_of(judgement.judged, &Judged::in_order);
}

Traced traced(capture::Connection connection, const TraceJudge& judge,
              DecodedCertificates& certificates) {
  auto judgement = judge.judge(connection, certificates);
  const auto& record = connection.record;
  explain::Parties parties{.client = connection.client.address,
                           .server = server_in_words(connection),
                           .certificate = nullptr,
                           .list_given = judge.judges()};
  if (!record.server_chain.empty() && !record.handshake_done) {
    const auto& hashes = connection.server_certificates;
    const auto sha256 =
        hashes.empty() ? crypto::sha256(record.server_chain.front()) : hashes.front();
    const auto& leaf = certificates.of(record.server_chain.front(), sha256);
    if (leaf) parties.certificate = &*leaf;
  }
  auto outcome = explain::outcome(record, parties);
  const bool judged = judge_knows_more(outcome, judgement);
  if (judged) {
    for (auto& each : judgement.judged) each.lacks = what_the_phone_lacks(outcome, each);
    outcome.next = next_by_judge(judgement);
  }
  return {.connection = std::move(connection),
          .outcome = std::move(outcome),
          .judgement = std::move(judgement),
          .next_is_judged = judged};
}

explain::Ladder drawn(const Traced& one) {
  const auto& record = one.connection.record;
  if (one.judgement.judged.empty()) return explain::ladder(record, {});
  const auto& judged = one.judgement.judged.front();
  return explain::ladder(record, judged.verdict, judged.context);
}

std::string padded(std::string text, std::size_t width) {
  const auto columns = explain::columns(text);
  text.append(width > columns ? width - columns : 0, ' ');
  return text;
}

std::string day_of(capture::Time time) { return utc_of(time).substr(0, 10); }

std::string utc_of(capture::Time time) {
  return base::utc(std::chrono::floor<std::chrono::seconds>(time));
}

std::string table_head(bool judged, std::size_t width) {
  const auto ends = fmt::format("{:>5}  {:<8}  {}  {}  ", "No", "UTC", padded("Client", kEndpoint),
                                padded("Server", kEndpoint));
  if (width < table_columns(judged)) {
    return fmt::format("{}Version\n{}Name asked for: outcome{}\n", ends, kFurther,
                       judged ? "; judged" : "");
  }
  const auto line =
      fmt::format("{}{}  {}  ", ends, padded("Version", kVersion), padded("Name asked for", kName));
  return line + (judged ? padded("Outcome", kOutcome) + "  Judged" : "Outcome") + "\n";
}

std::string table_row(const Traced& row, bool judged, std::size_t width) {
  const auto& connection = row.connection;
  const auto client =
      fmt::format("{:>5}  {:<8}  {}", connection.number, utc_of(connection.first).substr(11, 8),
                  padded(connection.client.text(), kEndpoint));
  const auto server = fmt::format("{}  {}", padded(connection.server.text(), kEndpoint),
                                  version_of(connection.record));
  constexpr std::size_t to_name = kEndpoint + 2 + kVersion;
  const auto name = name_of(connection.record);
  const auto& outcome = row.outcome.brief;
  const auto judgement = judged ? judged_briefly(row.judgement) : std::string();
  const auto line =
      fmt::format("{}  {}  {}  {}", client, padded(server, to_name), padded(name, kName),
                  judged ? padded(outcome, kOutcome) + "  " + judgement : outcome);
  if (width >= table_columns(judged) && explain::columns(line) <= width) return line + "\n";
  const bool fits = explain::columns(client) + 2 + explain::columns(server) <= width;
  auto out = fits ? fmt::format("{}  {}\n", client, server)
                  : fmt::format("{}\n{}{}\n", client, kFurther, server);
  const auto words =
      fmt::format("{}: {}{}{}", name, outcome, judgement.empty() ? "" : "; ", judgement);
  const auto room = width - std::min(width - 1, kFurther.size());
  for (const auto& part : explain::wrapped(words, room)) {
    out += fmt::format("{}{}\n", kFurther, part);
  }
  return out;
}

std::string connection_words(const Traced& one, DecodedCertificates& certificates, bool ascii,
                             explain::Form form) {
  const auto& connection = one.connection;
  const auto& record = connection.record;
  std::string out = paragraph(one.outcome.says);
  if (!one.next_is_judged) out += paragraph(one.outcome.next);
  out += judged_words(one.judgement);
  out += fmt::format("\n{:<14}{}\n{:<14}{}\n{:<14}{}\n", "Client", connection.client.text(),
                     "Server", server_in_words(connection), "Time",
                     explain::when(std::chrono::floor<std::chrono::seconds>(connection.first)));
  if (!connection.user_agent.empty()) {
    out += paragraph(base::visible(connection.user_agent, 200), "User-Agent    ", "              ");
  }
  out += explain::to_text(drawn(one), ascii, form);
  out += certificate_lines("server", record.server_chain, connection.server_certificates,
                           certificates);
  out += certificate_lines("client", record.client_chain, connection.client_certificates,
                           certificates);
  return out;
}

std::string alert_words(const explain::ConnectionOutcome& outcome) {
  if (!outcome.alert) return outcome.reason_encrypted ? "encrypted" : "";
  return fmt::format("{} ({})", handshake::alert_name(*outcome.alert),
                     outcome.by ? explain::word(*outcome.by) : "?");
}

std::string totals_words(const capture::Totals& totals) {
  std::string out = paragraph(fmt::format("{} with TLS in {}.",
                                          count(totals.connections, "connection", "connections"),
                                          count(totals.packets, "packet", "packets")));
  if (totals.stopped) {
    out += paragraph("Stopped before the capture ended: what comes behind it is not told.");
  }
  if (totals.cut) {
    out += paragraph("The capture ends within a packet: what stood behind it is missing.");
  }
  if (totals.unreadable > 0) {
    out += paragraph(fmt::format("{} not read: of another form than IP over a link that is known.",
                                 count(totals.unreadable, "packet was", "packets were")));
  }
  if (totals.given_up > 0) {
    out += paragraph(fmt::format("{} given up for want of memory; allow more: --memory 1GB.",
                                 count(totals.given_up, "connection was", "connections were")));
  }
  for (const auto& remark : totals.remarks) out += paragraph(base::visible(remark));
  return out;
}

}  // namespace sealtone::app
