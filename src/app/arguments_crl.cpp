// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_crl: crl: the revocation lists that a phone goes by.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_crl(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("crl", "The lists of revoked certificates that the phone goes by")
          ->require_subcommand(1);
  group->footer(
      "Examples:\n  sealtone crl list\n  sealtone crl add ca.crl\n  sealtone crl remove 2");
  auto arguments = std::make_shared<StateArguments>();
  auto* list = group->add_subcommand("list", "List them");
  add_state(list, *arguments);
  list->callback([&action, &with, arguments] {
    action = [&with, arguments] { return crl_list(*arguments, with); };
  });

  auto file = std::make_shared<std::string>();
  auto* add = group->add_subcommand(
      "add", "Add those of a file, PEM or DER; a newer one takes the place of the one before");
  add_state(add, *arguments);
  add->add_option("file", *file)->required()->type_name("FILE");
  add->callback([&action, &with, arguments, file] {
    action = [&with, arguments, file] { return crl_add(*arguments, *file, with); };
  });

  auto id = std::make_shared<std::string>();
  auto* remove = group->add_subcommand("remove", "Delete one");
  add_state(remove, *arguments);
  remove->add_option("id", *id, "The number in the column Id of `crl list`")
      ->required()
      ->type_name("ID");
  remove->callback([&action, &with, arguments, id] {
    action = [&with, arguments, id] { return crl_remove(*arguments, *id, with); };
  });
}

}  // namespace sealtone::app
