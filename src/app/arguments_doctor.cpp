// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_doctor: doctor.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_doctor(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command =
      top.add_subcommand("doctor", "What is wrong with certificate files, before the upload");
  auto arguments = std::make_shared<DoctorArguments>();
  command
      ->add_option("file", arguments->files,
                   "Certificates, chain, key, in any form and order: one upload together")
      ->required()
      ->type_name("FILE…");
  command
      ->add_option("--for", arguments->use,
                   "What they are to be: server (the phone's own certificate) or trusted; else it "
                   "is told by what is in them")
      ->check(CLI::IsMember({"server", "trusted"}));
  command->add_option("--name", arguments->name, "The name it is reached by")->type_name("N");
  command
      ->add_option("--trust", arguments->trust,
                   "The certificates that those who connect trust, besides this computer's roots")
      ->type_name("FILE");
  command->add_option("--at", arguments->at, "Judge as if it were this time (UTC)")
      ->type_name("TIME");
  command
      ->add_option("--fix", arguments->fix,
                   "Write the mended file here, certificates in order and the key behind them; "
                   "never over another file")
      ->type_name("OUT");
  add_passphrase_file(command, arguments->passphrase_file);
  command->add_flag("--json", arguments->json, "Answer in JSON");
  command->footer(
      "Exit: 0 nothing found, 1 something is wrong (with --fix: is still wrong, or cannot be\n"
      "mended), 2 the files cannot be read, or the command could not be done, or was mistyped.\n"
      "Example:\n  sealtone doctor cert.pem chain.pem privkey.pem --fix phone.pem");
  command->callback([&action, &with, arguments] {
    action = [&with, arguments] { return doctor(*arguments, with); };
  });
}

}  // namespace sealtone::app
