// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_trace: trace: what a capture holds of other people's connections.
#include <fmt/format.h>

#include <optional>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/drawing.h"
#include "base/text.h"

namespace sealtone::app {

namespace {

// -1 is none, and no name of an option either.
CLI::Option* add_number(CLI::App* command, TraceArguments& arguments) {
  const auto from_1 = [](const std::string& text) {
    const bool figures = text.find_first_not_of("0123456789") == std::string::npos;
    const bool any = text.find_first_not_of('0') != std::string::npos;
    constexpr std::size_t most_figures = 18;
    const bool too_many = text.size() > most_figures;
    if (figures && any && !too_many) return std::string();
    return base::visible(text, 40) + " is none: the table numbers them from 1";
  };
  return command
      ->add_option("number", arguments.number, "One connection of the table, step by step")
      ->type_name("NUMBER")
      ->check(CLI::Validator(from_1, ""));
}

// The octets of "256MB", which becomes a number in text; none if it is no size.
std::optional<std::uint64_t> octets_of(std::string& text) {
  try {
    std::uint64_t octets = 0;
    if (!CLI::AsSizeValue(true)(text).empty() || !CLI::detail::lexical_cast(text, octets))
      return {};
    return octets;
  } catch (const CLI::ValidationError&) {
    return {};  // an unknown unit: it would list all those that it knows
  }
}

// "256MB" into octets.
std::string size_of(std::string& text) {
  constexpr std::uint64_t least = 1'000'000, most = 100'000'000'000;
  const auto typed = text.empty() ? "an empty size" : base::visible(text, 40);
  const auto octets = octets_of(text);
  if (octets && *octets >= least && *octets <= most) return {};
  return fmt::format("{} cannot be allowed: say a size from 1MB to 100GB, such as 256MB", typed);
}

// Of the table, and of --by phone: one by its number is chosen already.
void add_filters(CLI::App* command, TraceArguments& arguments, CLI::Option* number) {
  command
      ->add_option("--address", arguments.address,
                   "Only connections from or to this address, or network (192.0.2.0/24)")
      ->type_name("ADDRESS")
      ->excludes(number);
  command->add_option("--port", arguments.port, "Only connections from or to this port")
      ->type_name("PORT")
      ->check(port_from(1))
      ->excludes(number);
  command
      ->add_option("--name", arguments.name,
                   "Only connections that asked for this name (SNI), or one that ends in it; * and "
                   "? stand for any letters")
      ->type_name("NAME")
      ->excludes(number);
  command
      ->add_flag("--failed", arguments.failed, "Only connections that were refused or broken off")
      ->excludes(number);
}

void add_judging(CLI::App* command, TraceArguments& arguments) {
  auto* trust =
      command
          ->add_option("--trust", arguments.trust,
                       "Judge the servers' certificates by the trusted certificates in this file")
          ->type_name("FILE");
  auto* trusted = command
                      ->add_option("--trusted", arguments.trusted,
                                   "The same by custom (needs --state), default (this computer's "
                                   "roots), all")
                      ->check(CLI::IsMember({"custom", "default", "all"}))
                      ->excludes(trust);
  auto* as =
      command
          ->add_option("--as", arguments.as,
                       "As desk phones of these profiles would see them (sealtone profile list)")
          ->type_name("PROFILE[,PROFILE…]")
          ->excludes(trusted);
  command
      ->add_option("--at", arguments.at,
                   "Judge as if it were this time (UTC), not that of the connection")
      ->type_name("TIME");
  command
      ->add_option("--expect", arguments.expect,
                   "The name that the phones are given for the server, instead of the one they "
                   "asked for")
      ->type_name("NAME");
  command->add_flag("--sip", arguments.sip, "Compare names by the rules for SIP (RFC 5922)");
  command
      ->add_option("--state", arguments.state, "Judge by the uploaded certificates of this phone")
      ->type_name("DIR")
      ->excludes(trust);
  add_rules(command, arguments);
  command->get_option("--rules")->excludes(as);
}

}  // namespace

void add_trace(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command =
      top.add_subcommand("trace", "What a capture tells of phones that were refused, and why");
  auto arguments = std::make_shared<TraceArguments>();
  command
      ->add_option("file", arguments->file,
                   "A capture, pcap or pcapng; -: standard input, as of tcpdump -w -")
      ->required()
      ->type_name("FILE");
  auto* number = add_number(command, *arguments);
  command->add_option("--by", arguments->by, "phone: a row for each client, the refused ones first")
      ->check(CLI::IsMember({"phone"}))
      ->excludes(number);
  add_filters(command, *arguments, number);
  add_judging(command, *arguments);
  command
      ->add_option(
          "--keylog", arguments->key_log,
          "The keys of the connections (SSLKEYLOGFILE), also while it grows; those in a pcapng "
          "count too")
      ->type_name("FILE");
  command->add_flag("--follow", arguments->follow, "Wait for what is written to the file later");
  command
      ->add_option(
          "--memory", arguments->memory,
          "What may be kept of open connections at once, from 1MB to 100GB; the oldest are given up "
          "beyond it")
      ->type_name("SIZE")
      ->transform(CLI::Validator(size_of, ""))
      ->default_str("256MB");
  auto* json = command->add_flag("--json", arguments->json, "Answer in JSON");
  command
      ->add_flag("--ascii", arguments->ascii,
                 "With NUMBER: draw the steps in ASCII, as is done where the terminal can no more")
      ->needs(number)
      ->excludes(json);
  command
      ->add_flag("--ladder", arguments->ladder,
                 "With NUMBER: under each step all that is known of it, and the chain")
      ->needs(number)
      ->excludes(json);
  command->footer(
      "Exit: 0 no connection that is shown was refused or broken off, and each that was judged is\n"
      "trusted with nothing found; 1 any other; with --by phone: 1 if any phone was refused, or its\n"
      "connection broken off, also if another came through later; 2 the capture could not be read,\n"
      "or the command was mistyped.\n"
      "Examples:\n"
      "  tcpdump -i eth0 -w - 'tcp port 443 or tcp port 5061' | sealtone trace --by phone -\n"
      "  sealtone trace office.pcap --failed\n"
      "  sealtone trace office.pcap 7 --trust root.pem\n"
      "  sealtone trace office.pcap --name prov.example.com --as v70,v84 --trust root.pem");
  command->callback([&action, &with, arguments] {
    arguments->ascii = arguments->ascii || needs_ascii(with.out);
    action = [&with, arguments] { return trace(*arguments, with); };
  });
}

}  // namespace sealtone::app
