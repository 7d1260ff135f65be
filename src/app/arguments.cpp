// SPDX-License-Identifier: Apache-2.0
//
// app/arguments: see arguments.h.
#include "app/arguments.h"

#include <fmt/format.h>

#include "app/commands.h"
#include "base/text.h"

namespace sealtone::app {

void add_state(CLI::App* command, StateArguments& arguments) {
  command->add_option("--state", arguments.state, "The phone's state folder")->type_name("DIR");
  command->add_flag("--json", arguments.json, "Answer in JSON");
}

void add_rules(CLI::App* command, ListArguments& arguments) {
  command
      ->add_option("--rules", arguments.rules,
                   "default (RFC 5280), strict (besides: the CA/Browser Forum's rules for public "
                   "web servers); else as the phone of --state has it")
      ->check(CLI::IsMember({"default", "strict"}));
  command
      ->add_option(
          "--sip-address-names", arguments.sip_address_names,
          "Of SIP: whether an address counts that the certificate has as an iPAddress "
          "name (on, though RFC 5922 has none), or not (off); else as the phone of --state "
          "has it")
      ->check(CLI::IsMember({"on", "off"}));
}

void add_passphrase_file(CLI::App* command, std::string& file) {
  command
      ->add_option("--passphrase-file", file,
                   "File with the passphrase in its first line (else SEALTONE_PASSPHRASE; else it "
                   "is asked for where one is needed)")
      ->type_name("F");
}

void add_log_in(CLI::App* command, std::string& user, std::string& password_file) {
  auto* named =
      command->add_option("--user", user, "User name, if the server asks for one")->type_name("U");
  command
      ->add_option("--password-file", password_file,
                   "File with the password in its first line (else it is asked for)")
      ->type_name("F")
      ->needs(named);
}

CLI::Validator port_from(unsigned long first) {
  const auto says = [first](const std::string& text) {
    const bool figures = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    constexpr std::size_t most_figures = 5;
    constexpr unsigned long last = 65'535;
    if (figures && text.size() <= most_figures) {
      const auto port = std::stoul(text);
      if (port >= first && port <= last) return std::string();
    }
    return fmt::format("{} is no port: those go from {} to {}", base::visible(text, 40), first,
                       last);
  };
  return CLI::Validator(says, "");
}

}  // namespace sealtone::app
