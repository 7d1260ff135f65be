// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_phone: phone, and the commands that ask one.
#include "app/arguments.h"
#include "app/commands.h"
#include "app/drawing.h"

namespace sealtone::app {

void add_phone(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command = top.add_subcommand("phone", "Be a desk phone until stopped");
  auto arguments = std::make_shared<PhoneArguments>();
  command->add_option("--state", arguments->state, "Where it keeps what it knows")
      ->type_name("DIR");
  command->add_option("--listen", arguments->listen, "Address of its page (default 127.0.0.1)")
      ->type_name("ADDR");
  command
      ->add_option("--https-port", arguments->https_port,
                   "Port of its page (default 8443; 0: any free)")
      ->type_name("N")
      ->check(port_from(0));
  command->add_option("--config", arguments->config, "A configuration file to apply first")
      ->type_name("FILE");
  command->add_option("--mac", arguments->mac, "Its MAC address, which names its file")
      ->type_name("MAC");
  command->add_option("--provision-url", arguments->provision_url, "Where its configuration lies")
      ->type_name("URL");
  add_log_in(command, arguments->user, arguments->password_file);
  command
      ->add_option("--keylog", arguments->key_log,
                   "Append the TLS session keys here: whoever reads it reads the connections")
      ->type_name("FILE");
  command->add_flag("--register", arguments->registers,
                    "Register the accounts of fetched files, too: a desk phone that uses one may "
                    "lose its calls (sealtone.register)");
  command->add_flag("--verbose", arguments->verbose,
                    "Log browsers at its page and every SIP message, too");
  command->footer(
      "Example:\n  sealtone phone --mac 00:15:65:00:00:01 --provision-url https://prov.example.com/");
  command->callback([&action, &with, arguments] {
    action = [&with, arguments] { return phone(*arguments, with); };
  });
}

void add_trust(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("trust", "The trusted certificates")->require_subcommand(1);
  group->footer(
      "Examples:\n  sealtone trust list\n  sealtone trust add ca.pem\n  sealtone trust remove 3");
  auto arguments = std::make_shared<StateArguments>();
  auto what = std::make_shared<UploadArguments>();
  auto id = std::make_shared<std::string>();

  auto* list = group->add_subcommand("list", "Show the list and its switches");
  add_state(list, *arguments);
  list->callback([&action, &with, arguments] {
    action = [&with, arguments] { return trust_list(*arguments, with); };
  });
  auto* add = group->add_subcommand("add", "Trust the certificates in a file");
  add_state(add, *arguments);
  add->add_option("file", what->file)->required()->type_name("FILE");
  add_passphrase_file(add, what->passphrase_file);
  add->callback([&action, &with, arguments, what] {
    action = [&with, arguments, what] { return trust_add(*arguments, *what, with); };
  });
  auto* remove = group->add_subcommand("remove", "Trust a certificate no longer");
  add_state(remove, *arguments);
  remove->add_option("id", *id, "As in trust list")->required()->type_name("ID");
  remove->callback([&action, &with, arguments, id] {
    action = [&with, arguments, id] { return trust_remove(*arguments, *id, with); };
  });
}

namespace {

void add_server_cert_undo(CLI::App& group, const std::shared_ptr<StateArguments>& arguments,
                          Action& action, const Surroundings& with) {
  auto* undo = group.add_subcommand("undo", "Go back to the previous one; twice: as it was");
  add_state(undo, *arguments);
  undo->callback([&action, &with, arguments] {
    action = [&with, arguments] { return server_cert_undo(*arguments, with); };
  });
  auto* forget = group.add_subcommand("forget", "Delete the previous one and its private key");
  add_state(forget, *arguments);
  forget->callback([&action, &with, arguments] {
    action = [&with, arguments] { return server_cert_forget(*arguments, with); };
  });
}

}  // namespace

void add_server_cert(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("server-cert", "The phone's own certificate")->require_subcommand(1);
  group->footer(
      "Examples:\n  sealtone server-cert show\n  sealtone server-cert set phone.p12 "
      "--passphrase-file secret.txt\n  sealtone server-cert undo\n  sealtone server-cert forget");
  auto arguments = std::make_shared<StateArguments>();
  auto what = std::make_shared<UploadArguments>();
  auto* show = group->add_subcommand("show", "Show it, and what it can be used for");
  add_state(show, *arguments);
  show->callback([&action, &with, arguments] {
    action = [&with, arguments] { return server_cert_show(*arguments, with); };
  });
  auto* set = group->add_subcommand("set", "Replace it with certificate and key from a file");
  add_state(set, *arguments);
  set->add_option("file", what->file)->required()->type_name("FILE");
  add_passphrase_file(set, what->passphrase_file);
  set->callback([&action, &with, arguments, what] {
    action = [&with, arguments, what] { return server_cert_set(*arguments, *what, with); };
  });
  add_server_cert_undo(*group, arguments, action, with);
}

void add_settings(CLI::App& top, Action& action, const Surroundings& with) {
  auto arguments = std::make_shared<StateArguments>();
  auto change = std::make_shared<SetArguments>();
  auto* set = top.add_subcommand("set", "Change a setting; a secret one is asked for");
  add_state(set, *arguments);
  set->add_option("key", change->key, "In the spelling of any firmware")
      ->required()
      ->type_name("KEY");
  auto* value = set->add_option("value", change->value)->type_name("VALUE");
  auto* value_file =
      set->add_option("--value-file", change->value_file, "Take the first line of this file")
          ->type_name("FILE")
          ->excludes(value);
  set->add_flag("--factory", change->factory, "Back to the factory value")
      ->excludes(value)
      ->excludes(value_file);
  set->footer("Example:\n  sealtone set static.security.trust_certificates 1");
  set->callback([&action, &with, arguments, change] {
    action = [&with, arguments, change] { return set_setting(*arguments, *change, with); };
  });

  auto key = std::make_shared<std::string>();
  auto* get = top.add_subcommand("get", "Show a setting, or all");
  add_state(get, *arguments);
  get->add_option("key", *key)->type_name("KEY");
  get->footer("Examples:\n  sealtone get\n  sealtone get static.security.trust_certificates");
  get->callback([&action, &with, arguments, key] {
    action = [&with, arguments, key] { return get_setting(*arguments, *key, with); };
  });
}

namespace {

void add_provision_try(CLI::App& group, Action& action, const Surroundings& with) {
  auto* command =
      group.add_subcommand("try", "Fetch and check it all, show what would change, apply nothing");
  auto arguments = std::make_shared<TryArguments>();
  command->add_option("url", arguments->url, "Where the configuration lies")
      ->required()
      ->type_name("URL");
  auto* mac = command->add_option("--mac", arguments->mac, "The MAC address that names its file")
                  ->type_name("MAC");
  auto* trust = command->add_option("--trust", arguments->trust, "The phone's trusted certificates")
                    ->type_name("FILE");
  auto* list =
      command->add_option("--trusted", arguments->trusted, "default (this computer's roots), all")
          ->check(CLI::IsMember({"default", "all"}))
          ->excludes(trust);
  command
      ->add_option("--state", arguments->state,
                   "Take list, settings and certificate of this phone, and its MAC unless given")
      ->type_name("DIR")
      ->excludes(trust)
      ->excludes(list);
  add_log_in(command, arguments->user, arguments->password_file);
  command->add_flag("--json", arguments->json, "Answer in JSON");
  command->footer(
      "Exit: 0 it would be applied and nothing was found, 1 anything else, 2 nothing answered, or\n"
      "the command could not be done, or was mistyped.\n"
      "Example:\n  sealtone provision try https://prov.example.com/ --mac 00:15:65:00:00:01 --trust "
      "root.pem");
  command->callback([&action, &with, arguments, mac] {
    if (mac->empty() && arguments->state.empty()) throw CLI::RequiredError("--mac");
    action = [&with, arguments] { return provision_try(*arguments, with); };
  });
}

void add_ascii(CLI::App* command, bool& ascii) {
  command->add_flag("--ascii", ascii,
                    "Draw the steps in ASCII, as is done where the terminal can no more");
}

void add_connections_save(CLI::App& group, Action& action, const Surroundings& with) {
  auto arguments = std::make_shared<SaveArguments>();
  auto* save = group.add_subcommand("save", "Write what went over the wire to a capture file");
  add_state(save, *arguments);
  // Not required: how many there have to be is said below.
  save->add_option("file", arguments->what, "As in connections, and a file that is not there yet")
      ->expected(1, 2)
      ->type_name("[ID] FILE");
  save->add_flag("--all", arguments->all, "All connections whose octets are kept, in place of ID");
  save->add_flag("--with-keys", arguments->with_keys,
                 "With the session keys: whoever reads the file reads all that was said");
  save->footer(
      "Examples:\n  sealtone connections save 7 seven.pcapng\n  sealtone connections save --all "
      "all.pcapng --with-keys");
  save->callback([&action, &with, arguments] {
    if (arguments->what.size() != (arguments->all ? 1U : 2U)) {
      throw CLI::ValidationError("connections save", "give ID and FILE, or --all and FILE");
    }
    action = [&with, arguments] { return connections_save(*arguments, with); };
  });
}

void add_connections(CLI::App& top, Action& action, const Surroundings& with) {
  auto arguments = std::make_shared<StateArguments>();
  auto id = std::make_shared<std::optional<std::int64_t>>();
  auto* list = top.add_subcommand("connections",
                                  "The last connection to each server, or one with its steps");
  add_state(list, *arguments);
  auto ascii = std::make_shared<bool>(false);
  list->add_option("id", *id, "Its number, as the list has it")->type_name("ID");
  add_ascii(list, *ascii);
  list->footer(
      "Examples:\n  sealtone connections\n  sealtone connections 7\n  sealtone connections show 7 "
      "--svg seven.svg");

  auto one = std::make_shared<ShowConnectionArguments>();
  auto* show = list->add_subcommand("show", "One of them, with all that is known of each step");
  add_state(show, *one);
  show->add_option("id", one->id, "As in connections")->required()->type_name("ID");
  add_ascii(show, one->ascii);
  show->add_option("--svg", one->svg,
                   "Write the steps and the chain here as a picture; never over another file")
      ->type_name("FILE");
  show->callback([&action, &with, one] {
    one->ascii = one->ascii || needs_ascii(with.out);
    action = [&with, one] { return connections_show(*one, with); };
  });
  add_connections_save(*list, action, with);
  // Called behind that of a subcommand, where one was asked for.
  list->callback([&action, &with, arguments, id, ascii, list] {
    if (!list->get_subcommands().empty()) return;
    const bool drawn_in_ascii = *ascii || needs_ascii(with.out);
    action = [&with, arguments, id, drawn_in_ascii] {
      return connections(*arguments, *id, drawn_in_ascii, with);
    };
  });
}

}  // namespace

void add_rest(CLI::App& top, Action& action, const Surroundings& with) {
  auto arguments = std::make_shared<StateArguments>();

  auto* provision = top.add_subcommand("provision", "Auto provisioning")->require_subcommand(1);
  provision->footer(
      "Examples:\n  sealtone provision now\n  sealtone provision try https://prov.example.com/ --mac "
      "00:15:65:00:00:01 --trust root.pem");
  auto* now = provision->add_subcommand("now", "Fetch, check and apply the configuration");
  add_state(now, *arguments);
  now->callback([&action, &with, arguments] {
    action = [&with, arguments] { return provision_now(*arguments, with); };
  });
  add_provision_try(*provision, action, with);

  add_connections(top, action, with);

  auto* admin = top.add_subcommand("admin", "The admin's log-in")->require_subcommand(1);
  admin->footer("Example:\n  sealtone admin reset-password");
  auto* reset = admin->add_subcommand("reset-password", "Make a new one-time password");
  add_state(reset, *arguments);
  reset->callback([&action, &with, arguments] {
    action = [&with, arguments] { return reset_password(*arguments, with); };
  });
}

}  // namespace sealtone::app
