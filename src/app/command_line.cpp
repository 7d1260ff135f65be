// SPDX-License-Identifier: Apache-2.0
// The commands and their options, with help by example.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <sstream>

#include "app/app.h"
#include "app/commands.h"
#include "base/text.h"
#include "base/user_information.h"
#include "base/version.h"

namespace sealtone::app {
namespace {

using Action = std::function<int()>;

constexpr const char* kExamples = R"(Exit:
  0 done (check: trusted and nothing found; provision: applied, or would be)
  1 any other verdict, or not applied
  2 nothing answered, or the command could not be done, or was mistyped

Examples:
  sealtone check https://prov.example.com/ --trust root.pem    may a phone that trusts root.pem connect?
  sealtone check 192.0.2.7:5061 --name pbx.example.com         judged by the name the phones are given
  sealtone check prov.example.com:443 --save-missing ca.pem    write the certificate to upload
  sealtone cert show server.pem                                what a certificate file holds
  sealtone phone --provision-url https://prov.example.com/     a desk phone in software
  sealtone trust add ca.pem                                    teach that phone to trust
  sealtone provision try URL --mac MAC --trust ca.pem          what would that phone be told there?
  sealtone lab run                                             see it all on this computer alone)";

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
      ->type_name("N");
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
  command->add_flag("--verbose", arguments->verbose, "Log browsers at its page, too");
  command->footer(
      "Example:\n  sealtone phone --mac 00:15:65:00:00:01 --provision-url https://prov.example.com/");
  command->callback([&action, &with, arguments] {
    action = [&with, arguments] { return phone(*arguments, with); };
  });
}

void add_check(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command = top.add_subcommand("check", "Would a phone accept this server, and why not");
  auto arguments = std::make_shared<CheckArguments>();
  command
      ->add_option("target", arguments->target,
                   "https://HOST/…: after the handshake one GET is sent, and what came of it is "
                   "said; HOST:PORT: nothing is sent after the handshake")
      ->required()
      ->type_name("URL|HOST:PORT");
  command->add_option("--trust", arguments->trust, "The trusted certificates, instead of any list")
      ->type_name("FILE");
  command
      ->add_option("--list", arguments->list,
                   "custom (needs --state), default (this computer's roots), all")
      ->check(CLI::IsMember({"custom", "default", "all"}));
  command->add_option("--name", arguments->name, "Expect this name instead of the target's")
      ->type_name("N");
  command
      ->add_option("--client", arguments->client, "Certificate and key to show if the server asks")
      ->type_name("FILE");
  add_passphrase_file(command, arguments->passphrase_file);
  add_log_in(command, arguments->user, arguments->password_file);
  command->add_option("--tls", arguments->tls, "Versions, for example 1.2 or 1.0..1.2")
      ->type_name("LOW..HIGH");
  command->add_option("--at", arguments->at, "Judge as if it were this time (UTC)")
      ->type_name("TIME");
  command
      ->add_option("--crl", arguments->crls,
                   "A file of revocation lists, PEM or DER; may be given several times")
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--crl-required", arguments->crl_required,
                    "Refuse what no list covers, as if it were revoked");
  command
      ->add_option("--save-missing", arguments->save_missing,
                   "Write the missing certificate here; never over another file")
      ->type_name("FILE");
  command
      ->add_option("--state", arguments->state, "Judge by the uploaded certificates of this phone")
      ->type_name("DIR");
  command->add_flag("--json", arguments->json, "Answer in JSON");
  command->add_flag("--ascii", arguments->ascii, "Draw the steps in ASCII");
  command->footer(
      "Exit: 0 trusted and nothing found, 1 any other verdict, 2 nothing answered, or the command\n"
      "could not be done, or was mistyped.\n"
      "Example:\n  sealtone check https://prov.example.com/ --trust root.pem --save-missing ca.pem");
  command->callback([&action, &with, arguments] {
    action = [&with, arguments] { return check(*arguments, with); };
  });
}

void add_verify(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command = top.add_subcommand(
      "verify", "Judge certification path suites: SUITE.json in, RESULT.json out");
  auto profile = std::make_shared<std::string>("default");
  auto cases = std::make_shared<bool>(false);  // there is nothing else to verify yet
  command->add_flag("--cases", *cases, "Cases in x509-limbo's schema, from standard input")
      ->required();
  command
      ->add_option("--profile", *profile,
                   "default (RFC 5280), strict (besides: the CA/Browser Forum's rules)")
      ->check(CLI::IsMember({"default", "strict"}));
  command->callback([&action, &with, cases, profile] {
    action = [&with, profile] { return verify(*profile, with); };
  });
}

void add_cert(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("cert", "Certificate files")->require_subcommand(1);
  auto* command = group->add_subcommand(
      "show", "What a file holds: PEM, DER, PKCS#7, PKCS#12, told by content");
  auto arguments = std::make_shared<CertShowArguments>();
  command->add_option("file", arguments->file)->required()->type_name("FILE");
  add_passphrase_file(command, arguments->passphrase_file);
  auto* json = command->add_flag("--json", arguments->json, "Answer in JSON");
  command->add_flag("--pem", arguments->pem, "Print the public key in PEM")->excludes(json);
  command->callback([&action, &with, arguments] {
    action = [&with, arguments] { return cert_show(*arguments, with); };
  });
}

void add_trust(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("trust", "The trusted certificates")->require_subcommand(1);
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

void add_server_cert(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("server-cert", "The phone's own certificate")->require_subcommand(1);
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
  get->callback([&action, &with, arguments, key] {
    action = [&with, arguments, key] { return get_setting(*arguments, *key, with); };
  });
}

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
      command->add_option("--list", arguments->list, "default (this computer's roots), all")
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

void add_rest(CLI::App& top, Action& action, const Surroundings& with) {
  auto arguments = std::make_shared<StateArguments>();

  auto* provision = top.add_subcommand("provision", "Auto provisioning")->require_subcommand(1);
  auto* now = provision->add_subcommand("now", "Fetch, check and apply the configuration");
  add_state(now, *arguments);
  now->callback([&action, &with, arguments] {
    action = [&with, arguments] { return provision_now(*arguments, with); };
  });
  add_provision_try(*provision, action, with);

  auto id = std::make_shared<std::optional<std::int64_t>>();
  auto* list = top.add_subcommand("connections",
                                  "The last connection to each server, or one with its steps");
  add_state(list, *arguments);
  list->add_option("id", *id)->type_name("ID");
  list->callback([&action, &with, arguments, id] {
    action = [&with, arguments, id] { return connections(*arguments, *id, with); };
  });

  auto* admin = top.add_subcommand("admin", "The admin's log-in")->require_subcommand(1);
  auto* reset = admin->add_subcommand("reset-password", "Make a new one-time password");
  add_state(reset, *arguments);
  reset->callback([&action, &with, arguments] {
    action = [&with, arguments] { return reset_password(*arguments, with); };
  });
}

void add_lab(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group =
      top.add_subcommand("lab", "A CA and two provisioning servers on this computer alone")
          ->require_subcommand(0, 1);
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
      ->type_name("N");
  const auto tell = [&action, &with, arguments] {
    action = [&with, arguments] { return lab_run(*arguments, with); };
  };
  run->callback(tell);
  group->callback([group, tell] {
    if (group->get_subcommands().empty()) tell();  // "sealtone lab" alone is the story, too
  });
}

// What was typed and could not be done, and where help is; of a missing command, which there are.
std::string not_understood(const CLI::App* top, const CLI::Error& problem) {
  const CLI::App* command = top;
  std::string typed = "sealtone";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    typed += " " + command->get_name();
  }
  std::string says = base::without_user_information(problem.what());
  const bool one_is_missing =
      command->get_require_subcommand_min() > 0 && command->get_subcommands().empty();
  if (one_is_missing && problem.get_name() == "RequiredError") {
    says = typed + " is followed by one of:";
    for (const auto* choice : command->get_subcommands(nullptr)) says += " " + choice->get_name();
  }
  return "sealtone: " + base::visible(says) + "\n" + typed + " --help shows examples.\n";
}

}  // namespace

int run(int argc, const char* const* argv, const Surroundings& with) {
  CLI::App top("A desk phone in software whose TLS explains itself.", "sealtone");
  top.set_version_flag("--version", "sealtone " + std::string(base::version));
  top.require_subcommand(1);
  top.footer(kExamples);
  top.failure_message(not_understood);
  Action action;
  add_phone(top, action, with);
  add_check(top, action, with);
  add_verify(top, action, with);
  add_cert(top, action, with);
  add_trust(top, action, with);
  add_server_cert(top, action, with);
  add_settings(top, action, with);
  add_rest(top, action, with);
  add_lab(top, action, with);

  try {
    top.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    std::ostringstream out, err;
    const int code = top.exit(problem, out, err);
    fmt::print(with.out, "{}", out.str());
    fmt::print(with.err, "{}", err.str());
    return code == 0 ? kDone : kCouldNot;
  }
  return action();
}

}  // namespace sealtone::app
