// SPDX-License-Identifier: Apache-2.0
// The commands and their options, with help by example.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "app/app.h"
#include "app/arguments.h"
#include "base/text.h"
#include "base/user_information.h"
#include "base/version.h"

namespace sealtone::app {
namespace {

constexpr const char* kExamples = R"(Exit:
  0 done (check: trusted and nothing found; provision: applied, or would be; trace: none failed)
  1 any other verdict, or not applied
  2 nothing answered, or the command could not be done, or was mistyped

Examples:
  sealtone check https://prov.example.com/ --trust root.pem    may a phone that trusts root.pem connect?
  sealtone check 192.0.2.7:5061 --name pbx.example.com         judged by the name the phones are given
  sealtone check prov.example.com:443 --save-missing ca.pem    write the certificate to upload
  sealtone check --chain new.pem --name prov.example.com --trust root.pem   before it is installed
  sealtone check prov.example.com:443 --as v70,v84 --trust root.pem         as desk phones see it
  sealtone check --list hosts.txt --trust root.pem             every night: what runs out first?
  sealtone trace --by phone office.pcap                        which phones were refused, and why
  sealtone cert show server.pem                                what a certificate file holds
  sealtone doctor fullchain.pem privkey.pem                    what is wrong with it before it is uploaded?
  sealtone phone --provision-url https://prov.example.com/     a desk phone in software
  sealtone trust add ca.pem                                    teach that phone to trust
  sealtone provision try URL --mac MAC --trust ca.pem          what would that phone be told there?
  sealtone lab run                                             see it all on this computer alone)";

// The first word that looks like an option and is none of the command's.
std::string unknown_option(const CLI::App& command) {
  for (auto& word : command.remaining()) {
    if (word.size() > 1 && word.starts_with('-')) return word;
  }
  return {};
}

// An option whose value is empty: most often a variable that nobody set.
std::string left_empty(const CLI::App& command) {
  for (const auto* option : command.get_options()) {
    const auto& values = option->results();
    const bool named = !option->get_lnames().empty();
    if (named && std::ranges::find(values, std::string()) != values.end()) {
      return "--" + option->get_lnames().front();
    }
  }
  for (const auto* inner : command.get_subcommands()) {
    if (auto name = left_empty(*inner); !name.empty()) return name;
  }
  return {};
}

// What was typed and could not be done, and where help is; of a missing command, which there are.
std::string not_understood(const CLI::App* top, const CLI::Error& problem) {
  const CLI::App* command = top;
  std::string typed = "sealtone";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    typed += " " + command->get_name();
  }
  std::string says = problem.what();
  const bool one_is_missing =
      command->get_require_subcommand_min() > 0 && command->get_subcommands().empty();
  const auto unknown = unknown_option(*command);
  if (!unknown.empty()) {
    says = fmt::format("{} has no option {}", typed, unknown);
  } else if (one_is_missing && problem.get_name() == "RequiredError") {
    const auto words = command->remaining();
    if (!words.empty()) says = fmt::format("there is no command \"{} {}\"; ", typed, words.front());
    says = (words.empty() ? "" : says) + typed + " is followed by one of:";
    for (const auto* choice : command->get_subcommands(nullptr)) says += " " + choice->get_name();
  }
  return "sealtone: " + base::visible(base::without_user_information(says)) + "\n" + typed +
         " --help shows examples.\n";
}

}  // namespace

int run(int argc, const char* const* argv, const Surroundings& with) {
  CLI::App top("A desk phone in software whose TLS explains itself.", "sealtone");
  top.set_version_flag("--version", "sealtone " + std::string(base::version));
  top.require_subcommand(1);
  top.footer(kExamples);
  top.failure_message(not_understood);
  Action action;
  add_phone(top, action, with);
  add_check(top, action, with);
  add_trace(top, action, with);
  add_profile(top, action, with);
  add_verify(top, action, with);
  add_cert(top, action, with);
  add_doctor(top, action, with);
  add_trust(top, action, with);
  add_rejected(top, action, with);
  add_server_cert(top, action, with);
  add_crl(top, action, with);
  add_settings(top, action, with);
  add_clock(top, action, with);
  add_rest(top, action, with);
  add_lab(top, action, with);

  try {
    top.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    std::ostringstream out, err;
    const int code = top.exit(problem, out, err);
    fmt::print(with.out, "{}", out.str());
    fmt::print(with.err, "{}", err.str());
    return code == 0 ? kDone : kCouldNot;
  }
  if (const auto option = left_empty(top); !option.empty()) {
    return could_not(with, {base::ErrorCode::bad_input, option,
                            "nothing is given with it, as where a variable is empty; say what is "
                            "meant, or leave it out"});
  }
  return action();
}

}  // namespace sealtone::app
