// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_lab: lab.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_lab(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("lab", "A CA and two provisioning servers on this computer alone")
          ->require_subcommand(0, 1);
  group->footer(
      "Examples:\n  sealtone lab\n  sealtone lab run --once\n  sealtone lab serve --folder lab");
  auto arguments = std::make_shared<LabArguments>();
  const auto add_common = [&](CLI::App* command) {
    command->add_option("--folder", arguments->folder, "Keep the lab's files here")
        ->type_name("DIR");
    command->add_option("--mac", arguments->mac, "The phone's MAC address")->type_name("MAC");
  };
  auto* serve = group->add_subcommand("serve", "Serve until stopped, for tries of your own");
  add_common(serve);
  serve->callback([&action, &with, arguments] {
    action = [&with, arguments] { return lab_serve(*arguments, with); };
  });
  auto* run = group->add_subcommand(
      "run", "A phone refuses, explains, is taught to trust, and provisions itself");
  add_common(run);
  auto* once = run->add_flag("--once", arguments->once, "Go through without asking, then end");
  run->add_option("--server", arguments->server, "Another provisioning server in the lab's place")
      ->type_name("URL");
  run->add_option("--upload", arguments->upload,
                  "With --once: upload this file instead; none: nothing")
      ->type_name("FILE|none")
      ->needs(once);
  run->add_option("--https-port", arguments->https_port, "Port of the phone's page (default 8443)")
      ->type_name("N")
      ->check(port_from(0));
  const auto tell = [&action, &with, arguments] {
    action = [&with, arguments] { return lab_run(*arguments, with); };
  };
  run->callback(tell);
  group->callback([group, tell] {
    if (group->get_subcommands().empty()) tell();  // "sealtone lab" alone is the story, too
  });
}

}  // namespace sealtone::app
