// SPDX-License-Identifier: Apache-2.0
//
// app/arguments: see arguments.h.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_state(CLI::App* command, StateArguments& arguments) {
  command->add_option("--state", arguments.state, "The phone's state folder")->type_name("DIR");
  command->add_flag("--json", arguments.json, "Answer in JSON");
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

}  // namespace sealtone::app
