// SPDX-License-Identifier: Apache-2.0
// sealtone check --as PROFILE,…: one server, or files, as desk phones of other generations see
// them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <nlohmann/json.hpp>

#include "app/as_phone.h"
#include "app/chain_file.h"
#include "app/checking.h"
#include "app/screen.h"
#include "app/shown.h"
#include "app/waiting.h"

namespace sealtone::app {
namespace {

using base::Result;

// Everything that the phones are asked about.
struct Question {
  std::optional<Target> target;  // or:
  std::optional<ChainFile> chain;
  JudgedBy uploaded;
  tls::PeerCheck check;
  std::vector<Phone> phones;
};

Result<Question> question_of(const CheckArguments& arguments, const Surroundings& with) {
  Question question;
  CertificateFiles files(arguments.passphrase_file);
  auto name = arguments.name;
  auto service = service_of(arguments);
  if (arguments.chain.empty()) {
    auto target = target_of(arguments.target, service_of(arguments));
    if (!target) return std::unexpected(target.error());
    if (name.empty()) name = target->url.host;
    service = target->service;
    question.target = *std::move(target);
  } else {
    const auto given = name_for_chain(arguments);
    if (!given) return std::unexpected(given.error());
    auto chain = read_chain(arguments.chain, arguments.key, files);
    if (!chain) return std::unexpected(chain.error());
    question.chain = *std::move(chain);
  }
  auto uploaded = uploaded_list(arguments, files, with);
  if (!uploaded) return std::unexpected(uploaded.error());
  question.uploaded = *std::move(uploaded);
  const auto options = context_options(arguments, files);
  if (!options) return std::unexpected(options.error());
  auto phones = phones_of(arguments.as, question.uploaded, arguments.trust, options->credential);
  if (!phones) return std::unexpected(phones.error());
  question.phones = *std::move(phones);
  auto check = peer_check(arguments, name, service, question.uploaded, with);
  if (!check) return std::unexpected(check.error());
  question.check = *std::move(check);
  return question;
}

std::vector<x509::Certificate> sent_in(const handshake::HandshakeRecord& record) {
  std::vector<x509::Certificate> sent;
  for (const auto& der : record.server_chain) {
    auto one = x509::Certificate::from_der(der);
    if (one) sent.push_back(*std::move(one));
  }
  return sent;
}

Seen of_the_file(const Phone& phone, const Question& question) {
  const auto check = check_of(phone, question.check);
  const auto& sent = question.chain->certificates;
  auto verdict = not_read(*question.chain).value_or(trust::Verdict{});
  if (!question.chain->too_large) {
    verdict = trust::judge(sent, *check.anchors, check.reference, check.policy, check.now);
    verdict = as_phone(phone, std::move(verdict), sent, check);
    verdict = with_offer(*phone.context, std::move(verdict));
  }
  return {.verdict = with_key(*question.chain, std::move(verdict)), .record = {}};
}

// So many at a time, so that a server that says nothing is waited for once and not by each.
constexpr int kPhonesAtOnce = 8;

struct Round {
  const Question& question;
  std::vector<std::optional<Result<Seen>>> seen;
  std::size_t next = 0;  // whose turn it is
  std::exception_ptr failure = {};
};

// Takes one phone after the other, beside the others who do.
net::Task<void> shake_hands(Round& round) {
  while (round.next < round.seen.size()) {
    const auto at = round.next++;
    const auto& phone = round.question.phones[at];
    const auto check = check_of(phone, round.question.check);
    auto met = handshake_only(round.question.target->url, phone.context, check);
    auto seen = co_await std::move(met);
    if (seen) {
      seen->verdict = as_phone(phone, std::move(seen->verdict), sent_in(seen->record), check);
    }
    round.seen[at] = std::move(seen);
  }
}

// In the order of the phones; why, where the server cannot be reached.
Result<std::vector<Seen>> of_the_server(const Question& question, const Surroundings& with) {
  Round round{.question = question, .seen = {}};
  round.seen.resize(question.phones.size());
  net::asio::io_context loop;
  const Waiting waiting(loop, with, waiting_for(question.target->url.authority()));
  int running = kPhonesAtOnce;
  for (int i = 0; i < kPhonesAtOnce; ++i) {
    net::asio::co_spawn(loop, shake_hands(round), [&](std::exception_ptr problem) {
      if (problem) round.failure = std::move(problem);
      if (--running == 0) loop.stop();
    });
  }
  loop.run();
  if (round.failure) std::rethrow_exception(round.failure);
  std::vector<Seen> all;
  for (auto& each : round.seen) {
    if (!*each) return std::unexpected(each->error());
    all.push_back(**std::move(each));
  }
  return all;
}

Result<std::vector<Seen>> seen_by_all(const Question& question, const Surroundings& with) {
  if (!question.chain) return of_the_server(question, with);
  std::vector<Seen> all;
  for (const auto& phone : question.phones) all.push_back(of_the_file(phone, question));
  return all;
}

// One phone's answer.
struct AsSeen {
  const Phone* phone;
  Seen seen;
  Report report;
  std::vector<std::string> remarks;
  bool with_handshake = true;
  // Whether the connection would come about: not refused by the phone, which has what it would have
  // to trust.
  [[nodiscard]] bool connects() const { return seen.verdict.accepted() && has_its_list(*phone); }
  // As `sealtone check` has it; a switch that is off overlooks what it is meant to.
  [[nodiscard]] bool in_order() const {
    return seen.verdict.decision == trust::Decision::accepted_untrusted ||
           (is_clean(seen.verdict) && has_its_list(*phone));
  }
};

AsSeen as_seen_by(const Phone& phone, Seen seen, const Question& question,
                  const CheckArguments& arguments) {
  AsSeen answer{.phone = &phone,
                .seen = std::move(seen),
                .report = {.context = words_for(arguments, question.uploaded, question.check),
                           .explanation = {}},
                .remarks = phone.remarks,
                .with_handshake = question.target.has_value()};
  auto& context = answer.report.context;
  context.list_name = phone.list_name;
  context.as_phones = desk_phones(phone);
  if (question.target) {
    context.server = question.target->url.authority();
    context.target = question.target->url.target;
  } else {
    context.server = arguments.name;
    context.not_installed = arguments.chain;
    context.own_stands_behind = question.chain->own_stands_behind;
    answer.remarks.insert(answer.remarks.end(), question.chain->remarks.begin(),
                          question.chain->remarks.end());
  }
  note_rules(answer.report, check_of(phone, question.check));
  answer.report.explanation = explain::explain(answer.seen.verdict, answer.seen.record, context);
  auto name = unchecked_name(phone, answer.seen.verdict, question.check, context);
  if (!name.empty()) answer.remarks.insert(answer.remarks.begin(), std::move(name));
  auto with_lists = check_of(phone, question.check);
  with_lists.policy.path = question.check.policy.path;
  auto lists = unknown_revocation(
      answer.seen.verdict,
      question.chain ? question.chain->certificates : sent_in(answer.seen.record), with_lists,
      context);
  if (!lists.empty()) answer.remarks.push_back(std::move(lists));
  return answer;
}

void tell_as_seen(const AsSeen& answer, const Surroundings& with) {
  const auto& it = answer.phone->what;
  fmt::print(with.out, "{}: {}\n{}", it.name, it.generation,
             explain::to_text(answer.report.explanation, text_width(with.out)));
  for (const auto& remark : answer.remarks) fmt::print(with.out, "{}", paragraph(remark));
  for (const auto& words : assumptions(*answer.phone, answer.with_handshake)) {
    fmt::print(with.out, "{}", paragraph(words));
  }
  fmt::print(with.out, "\n");
}

void tell_sum(const std::vector<AsSeen>& answers, const Surroundings& with) {
  // The same of each.
  if (const auto rules = rules_words(answers.front().report); !rules.empty()) {
    fmt::print(with.out, "{}\n", paragraph(rules));
  }
  std::vector<std::string> would, would_not, without_list;
  for (const auto& answer : answers) {
    const bool would_if = answer.seen.verdict.accepted() && !answer.connects();
    (answer.connects() ? would
     : would_if        ? without_list
                       : would_not)
        .push_back(answer.phone->what.name);
  }
  std::string sum;
  if (!would.empty()) sum += fmt::format("Would connect: {}.", fmt::join(would, ", "));
  if (!would_not.empty()) {
    sum += fmt::format("{}Would refuse, or could not connect: {}.", sum.empty() ? "" : " ",
                       fmt::join(would_not, ", "));
  }
  if (!without_list.empty()) {
    sum += fmt::format("{}Would not take the trusted certificates as that file has them: {}.",
                       sum.empty() ? "" : " ", fmt::join(without_list, ", "));
  }
  fmt::print(with.out, "{}", paragraph(sum));
}

nlohmann::json as_seen_json(const AsSeen& answer) {
  auto row = report_json(answer.report, answer.seen);
  if (!answer.report.context.not_installed.empty()) row["handshake"] = nullptr;
  row["remarks"] = answer.remarks;
  row["profile"] = {{"name", answer.phone->what.name},
                    {"generation", answer.phone->what.generation},
                    {"connects", answer.connects()},
                    {"takes_trusted", answer.phone->takes_upload}};
  row["profile"].update(assumptions_json(*answer.phone, answer.with_handshake));
  return row;
}

}  // namespace

int check_as(const CheckArguments& arguments, const Surroundings& with) {
  const auto question = question_of(arguments, with);
  if (!question) return could_not(with, question.error());
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  auto seen = seen_by_all(*question, with);
  if (!seen) return could_not(with, seen.error());
  std::vector<AsSeen> answers;
  for (std::size_t i = 0; i < seen->size(); ++i) {
    answers.push_back(as_seen_by(question->phones[i], std::move((*seen)[i]), *question, arguments));
  }
  if (arguments.json) {
    auto rows = nlohmann::json::array();
    for (const auto& answer : answers) rows.push_back(as_seen_json(answer));
    tell_json(rows, with);
  } else {
    for (const auto& answer : answers) tell_as_seen(answer, with);
    tell_sum(answers, with);
  }
  return std::ranges::all_of(answers, &AsSeen::in_order) ? kDone : kFound;
}

}  // namespace sealtone::app
