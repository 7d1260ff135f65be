// SPDX-License-Identifier: Apache-2.0
// sealtone check --chain FILE: what a phone would make of certificates that are not installed yet.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/chain_file.h"
#include "app/checking.h"
#include "app/screen.h"
#include "app/shown.h"

namespace sealtone::app {
namespace {

void tell_chain(const Report& report, const ChainFile& chain, const Surroundings& with) {
  fmt::print(with.out, "{}", explain::to_text(report.explanation, text_width(with.out)));
  for (const auto& remark : chain.remarks) fmt::print(with.out, "\n{}", paragraph(remark));
  for (const auto& words : {rules_words(report), report.saved}) {
    if (!words.empty()) fmt::print(with.out, "\n{}", paragraph(words));
  }
}

}  // namespace

int check_chain(const CheckArguments& arguments, const Surroundings& with) {
  const auto name = name_for_chain(arguments);
  if (!name) return could_not(with, name.error());
  CertificateFiles files(arguments.passphrase_file);
  const auto chain = read_chain(arguments.chain, arguments.key, files);
  if (!chain) return could_not(with, chain.error());
  const auto by = judged_by_of(arguments, files, with);
  if (!by) return could_not(with, by.error());
  const auto check = peer_check(arguments, *name, service_of(arguments), *by, with);
  if (!check) return could_not(with, check.error());
  const auto options = context_options(arguments, files);
  if (!options) return could_not(with, options.error());
  const auto context = tls::Context::build(*options);
  if (!context) return could_not(with, context.error());
  tell_warning(*by, arguments.json, with);
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());

  // There was no handshake: the record is empty, and nothing is drawn.
  auto verdict = not_read(*chain).value_or(trust::Verdict{});
  if (!chain->too_large) {
    verdict = trust::judge(chain->certificates, *check->anchors, check->reference, check->policy,
                           check->now);
    verdict = with_offer(**context, std::move(verdict));
  }
  const Seen seen{.verdict = with_key(*chain, std::move(verdict)), .record = {}};
  Report report{.context = words_for(arguments, *by, *check), .explanation = {}};
  report.context.server = arguments.name;
  report.context.not_installed = arguments.chain;
  report.context.own_stands_behind = chain->own_stands_behind;
  note_rules(report, *check);
  const auto saved = explain_and_save(report, seen, arguments);
  if (arguments.json) {
    auto answer = report_json(report, seen);
    answer["handshake"] = nullptr;
    answer["remarks"] = chain->remarks;
    tell_json(answer, with);
  } else {
    tell_chain(report, *chain, with);
  }
  if (!saved) return could_not(with, saved.error());
  return is_clean(seen.verdict) ? kDone : kFound;
}

}  // namespace sealtone::app
