// SPDX-License-Identifier: Apache-2.0
// The commands and their options, with help by example.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/app.h"
#include "app/arguments.h"
#include "app/nearest.h"
#include "app/shown.h"
#include "app/usage_words.h"
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
    if (word.size() > 1 && word.starts_with('-')) return word.substr(0, word.find('='));
  }
  return {};
}

// "; did you mean --trust?", or nothing.
std::string did_you_mean(const std::string& typed, const std::vector<std::string>& known) {
  const auto meant = nearest(typed, known);
  return meant ? fmt::format("; did you mean {}?", *meant) : std::string();
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* choice : command.get_subcommands(nullptr)) names.push_back(choice->get_name());
  return names;
}

// Where a command line cannot be understood, what it asked for is looked up word by word.
bool asks_for_json(int argc, const char* const* argv) {
  const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
  return std::ranges::any_of(words,
                             [](const char* word) { return std::string_view(word) == "--json"; });
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
  auto says = usage_words(problem.get_name(), problem.what());
  const bool one_is_missing =
      command->get_require_subcommand_min() > 0 && command->get_subcommands().empty();
  const auto unknown = unknown_option(*command);
  // A command that nobody knows says more than the options behind it.
  const auto words_left = command->remaining();
  const bool no_command =
      one_is_missing && !words_left.empty() && !words_left.front().starts_with('-');
  if (!unknown.empty() && !no_command) {
    says = fmt::format("{} has no option {}{}", typed, unknown,
                       did_you_mean(unknown, options_of(*command)));
  } else if (one_is_missing && problem.get_name() == "RequiredError") {
    const auto words = command->remaining();
    const auto choices = commands_of(*command);
    std::string lead;
    if (!words.empty()) {
      const auto meant = did_you_mean(words.front(), choices);
      lead = fmt::format("there is no command \"{} {}\"{} ", typed, words.front(),
                         meant.empty() ? ";" : meant);
    }
    says = fmt::format("{}{} is followed by one of: {}", lead, typed, fmt::join(choices, " "));
  }
  return "sealtone: " + base::visible(base::without_user_information(says)) + "\n" + typed +
         " --help shows examples.\n";
}

// What not_understood says, on err; and its first line, which says what, as JSON.
int mistyped(const std::string& says, const Surroundings& with) {
  if (with.json->asked) {
    std::string_view first = std::string_view(says).substr(0, says.find('\n'));
    constexpr std::string_view lead = "sealtone: ";
    if (first.starts_with(lead)) first.remove_prefix(lead.size());
    const base::Error error{base::ErrorCode::bad_input, "command line", std::string(first)};
    tell_json(could_not_json({&error, 1}), with);
  }
  fmt::print(with.err, "{}", says);
  return kCouldNot;
}

// In the line of usage an option that takes one value or two is named as its values are.
class Usage : public CLI::Formatter {
 public:
  std::string make_option_usage(const CLI::Option* option) const override {
    const auto most = option->get_expected_max();
    if (most < 2 || most >= CLI::detail::expected_max_vector_size) {
      return CLI::Formatter::make_option_usage(option);
    }
    return option->get_type_name();
  }
};

// "help", alone or before a command, as "--help" behind it.
std::vector<const char*> with_help_behind(int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  if (words.size() > 1 && std::string_view(words[1]) == "help") {
    words.erase(words.begin() + 1);
    words.push_back("--help");
  }
  return words;
}

}  // namespace

int run(int argc, const char* const* argv, const Surroundings& surroundings) {
  JsonAnswer json{.asked = asks_for_json(argc, argv)};
  auto with = surroundings;
  with.json = &json;
  CLI::App top("A desk phone in software whose TLS explains itself.", "sealtone");
  top.set_version_flag("--version", "sealtone " + std::string(base::version));
  top.require_subcommand(1);
  top.footer(kExamples);
  top.failure_message(not_understood);
  top.formatter(std::make_shared<Usage>());
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
  add_sip(top, action, with);
  add_settings(top, action, with);
  add_clock(top, action, with);
  add_rest(top, action, with);
  add_lab(top, action, with);

  try {
    const auto words = with_help_behind(argc, argv);
    top.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::ParseError& problem) {
    std::ostringstream out, err;
    if (top.exit(problem, out, err) == 0) {
      fmt::print(with.out, "{}", out.str());
      return kDone;
    }
    return mistyped(err.str(), with);
  }
  if (const auto option = left_empty(top); !option.empty()) {
    return could_not(with, {base::ErrorCode::bad_input, option,
                            "nothing is given with it, as where a variable is empty; say what is "
                            "meant, or leave it out"});
  }
  return action();
}

}  // namespace sealtone::app
