// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_sip: sip: what the phone's accounts are doing.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_sip(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("sip", "The phone's SIP accounts")->require_subcommand(1);
  group->footer("Example:\n  sealtone sip status");
  auto arguments = std::make_shared<StateArguments>();
  auto* status = group->add_subcommand("status", "Who is registered, and why the others are not");
  add_state(status, *arguments);
  status->footer(
      "Exit: 0 if all accounts that are switched on are registered, 1 if one is not.\n"
      "Example:\n  sealtone sip status");
  status->callback([&action, &with, arguments] {
    action = [&with, arguments] { return sip_status(*arguments, with); };
  });
}

}  // namespace sealtone::app
