// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_trust: rejected, clock: servers that were refused, and the time they are judged at.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_rejected(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("rejected", "The servers that were refused last")->require_subcommand(1);
  group->footer("Examples:\n  sealtone rejected list\n  sealtone rejected show 3");
  auto arguments = std::make_shared<StateArguments>();
  auto id = std::make_shared<std::string>();
  auto sha256 = std::make_shared<std::string>();

  auto* list = group->add_subcommand("list", "List them, the last first");
  add_state(list, *arguments);
  list->callback([&action, &with, arguments] {
    action = [&with, arguments] { return rejected_list(*arguments, with); };
  });
  auto* show = group->add_subcommand("show", "What one showed, and what to trust so that it is");
  add_state(show, *arguments);
  show->add_option("id", *id, "As in rejected list")->required()->type_name("ID");
  show->callback([&action, &with, arguments, id] {
    action = [&with, arguments, id] { return rejected_show(*arguments, *id, with); };
  });
  auto* trust = group->add_subcommand("trust", "Trust what rejected show names");
  add_state(trust, *arguments);
  trust->add_option("id", *id, "As in rejected list")->required()->type_name("ID");
  trust
      ->add_option("--sha256", *sha256,
                   "Its SHA-256 as its owner gives it out, all of it or the first 16 octets")
      ->required()
      ->type_name("FINGERPRINT");
  trust->footer(
      "Example:\n  sealtone rejected trust 3 --sha256 8F:3A:01:C4:5D:20:9B:77:E1:0C:44:A8:36:F2:5B:"
      "9D");
  trust->callback([&action, &with, arguments, id, sha256] {
    action = [&with, arguments, id, sha256] {
      return rejected_trust(*arguments, *id, *sha256, with);
    };
  });
}

void add_clock(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("clock", "The phone's clock")->require_subcommand(1);
  group->footer("Examples:\n  sealtone clock show\n  sealtone clock lower --to 2026-11-23");
  auto arguments = std::make_shared<StateArguments>();
  auto to = std::make_shared<std::string>();

  auto* show = group->add_subcommand("show", "What it says, and since when it can be right");
  add_state(show, *arguments);
  show->callback([&action, &with, arguments] {
    action = [&with, arguments] { return clock_show(*arguments, with); };
  });
  auto* lower = group->add_subcommand(
      "lower", "Lower the floor: a clock that says less counts as unset (it rises by itself)");
  add_state(lower, *arguments);
  lower->add_option("--to", *to, "UTC, for example 2026-11-23")->required()->type_name("TIME");
  lower->callback([&action, &with, arguments, to] {
    action = [&with, arguments, to] { return clock_lower(*arguments, *to, with); };
  });
}

}  // namespace sealtone::app
