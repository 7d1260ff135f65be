// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_check: check, profile, verify, cert: what judges and shows without a phone.
#include "app/arguments.h"
#include "app/commands.h"
#include "app/drawing.h"

namespace sealtone::app {

namespace {

// Whom a verdict is about; each of these stands for another form of the command.
struct Subjects {
  CLI::Option *target, *chain, *list;
};

Subjects add_subjects(CLI::App* command, CheckArguments& arguments) {
  auto* target = command
                     ->add_option("target", arguments.target,
                                  "https://HOST/…: after the handshake one GET is sent, and what "
                                  "came of it is said; sips:HOST: the same with one OPTIONS; "
                                  "HOST:PORT: nothing is sent after the handshake")
                     ->type_name("URL|HOST:PORT");
  auto* chain =
      command
          ->add_option("--chain", arguments.chain,
                       "Certificates that are not installed yet, as the server will send them "
                       "(needs --name)")
          ->type_name("FILE")
          ->excludes(target);
  command->add_option("--key", arguments.key, "The private key that belongs to --chain")
      ->type_name("FILE")
      ->needs(chain);
  auto* list = command
                   ->add_option("--list", arguments.list,
                                "A file with a server a line: HOST:PORT or https://HOST/, and "
                                "name=N behind it where the phones have another name for it")
                   ->type_name("FILE")
                   ->excludes(target)
                   ->excludes(chain);
  command
      ->add_option("--warn-days", arguments.warn_days,
                   "With --list: certificates that run out within so many days are found")
      ->type_name("N")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str()
      ->needs(list);
  return {target, chain, list};
}

void add_handshake_options(CLI::App* command, CheckArguments& arguments, const Subjects& subjects,
                           CLI::Option* as) {
  command
      ->add_option("--client", arguments.client, "Certificate and key to show if the server asks")
      ->type_name("FILE")
      ->excludes(subjects.chain);
  add_passphrase_file(command, arguments.passphrase_file);
  add_log_in(command, arguments.user, arguments.password_file);
  command->get_option("--user")->excludes(subjects.chain)->excludes(subjects.list)->excludes(as);
  command->add_option("--tls", arguments.tls, "Versions, for example 1.2 or 1.0..1.2")
      ->type_name("LOW..HIGH")
      ->excludes(subjects.chain)
      ->excludes(as);
}

void add_capture_options(CLI::App* command, CheckArguments& arguments, const Subjects& subjects,
                         CLI::Option* as) {
  auto* capture = command
                      ->add_option("--capture", arguments.capture,
                                   "Write what went over the wire here (pcapng); never over "
                                   "another file")
                      ->type_name("FILE")
                      ->excludes(subjects.chain)
                      ->excludes(subjects.list)
                      ->excludes(as);
  command
      ->add_flag("--with-keys", arguments.with_keys,
                 "With its session keys: whoever reads that file reads all that was said")
      ->needs(capture);
}

void add_judging_options(CLI::App* command, CheckArguments& arguments) {
  command->add_option("--at", arguments.at, "Judge as if it were this time (UTC)")
      ->type_name("TIME");
  command
      ->add_option("--crl", arguments.crls,
                   "A file of revocation lists, PEM or DER; may be given several times")
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--crl-required", arguments.crl_required,
                    "Refuse what neither a list nor an answer sent along (OCSP) covers");
  add_rules(command, arguments);
}

void add_drawing(CLI::App* command, CheckArguments& arguments, const Subjects& subjects,
                 CLI::Option* as) {
  command->add_flag("--ascii", arguments.ascii,
                    "Draw the steps in ASCII, as is done where the terminal can no more");
  command
      ->add_flag("--ladder", arguments.ladder,
                 "Say under each step all that is known of it, and draw the chain")
      ->excludes(subjects.chain)
      ->excludes(subjects.list)
      ->excludes(as);
  command
      ->add_option("--svg", arguments.svg,
                   "Write the steps and the chain here as a picture; never over another file")
      ->type_name("FILE")
      ->excludes(subjects.chain)
      ->excludes(subjects.list)
      ->excludes(as);
}

}  // namespace

void add_check(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command = top.add_subcommand("check", "Would a phone accept this server, and why not");
  auto arguments = std::make_shared<CheckArguments>();
  const auto subjects = add_subjects(command, *arguments);
  auto* trust =
      command
          ->add_option("--trust", arguments->trust, "The trusted certificates, instead of any list")
          ->type_name("FILE");
  auto* trusted = command
                      ->add_option("--trusted", arguments->trusted,
                                   "custom (needs --state), default (this computer's roots), all")
                      ->check(CLI::IsMember({"custom", "default", "all"}))
                      ->excludes(trust);
  auto* as = command
                 ->add_option("--as", arguments->as,
                              "As desk phones of these profiles would see it: v60, v70, v80, v84, "
                              "v86, or a file of your own (sealtone profile list)")
                 ->type_name("PROFILE[,PROFILE…]")
                 ->excludes(trusted)
                 ->excludes(subjects.list);
  command->add_option("--name", arguments->name, "Expect this name instead of the target's")
      ->type_name("N")
      ->excludes(subjects.list);
  add_handshake_options(command, *arguments, subjects, as);
  add_judging_options(command, *arguments);
  command->get_option("--rules")->excludes(as);
  add_capture_options(command, *arguments, subjects, as);
  command
      ->add_flag(
          "--sip", arguments->sip,
          "HOST:PORT is a SIP server: as of a sips: target, names are compared by RFC 5922, and "
          "one OPTIONS is sent")
      ->excludes(subjects.list);
  command
      ->add_option("--save-missing", arguments->save_missing,
                   "Write the missing certificate here; never over another file")
      ->type_name("FILE")
      ->excludes(subjects.list)
      ->excludes(as);
  command
      ->add_option("--state", arguments->state, "Judge by the uploaded certificates of this phone")
      ->type_name("DIR")
      ->excludes(trust);
  command->add_flag("--json", arguments->json, "Answer in JSON");
  add_drawing(command, *arguments, subjects, as);
  command->footer(
      "Exit: 0 trusted and nothing found, 1 any other verdict, 2 nothing answered, or the command\n"
      "could not be done, or was mistyped. With --as: 0 if each of these phones would connect, 1 if\n"
      "any would not, or something was found. With --list: 0 all in order, 1 something was found, or runs out soon, 2 a\n"
      "server did not answer.\n"
      "Examples:\n"
      "  sealtone check https://prov.example.com/ --trust root.pem --save-missing ca.pem\n"
      "  sealtone check --chain fullchain.pem --key privkey.pem --name prov.example.com --as v70,v84 "
      "--trust root.pem\n"
      "  sealtone check --list hosts.txt --warn-days 21 --trust root.pem");
  command->callback([&action, &with, arguments] {
    arguments->ascii = arguments->ascii || needs_ascii(with.out);
    action = [&with, arguments] { return check(*arguments, with); };
  });
}

void add_profile(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("profile", "What is known of the phones of check --as")
                    ->require_subcommand(1);
  group->footer(
      "Examples:\n  sealtone profile list\n  sealtone profile show v70\n  sealtone profile show "
      "./mine.toml");
  auto arguments = std::make_shared<ProfileArguments>();
  auto* list = group->add_subcommand("list", "Which profiles there are");
  list->add_flag("--json", arguments->json, "Answer in JSON");
  list->callback([&action, &with, arguments] {
    action = [&with, arguments] { return profile_list(*arguments, with); };
  });
  auto* show = group->add_subcommand("show", "One of them: each value, and where it is from");
  show->add_option("name", arguments->name, "v60, v70, v80, v84, v86, or a file of your own")
      ->required()
      ->type_name("PROFILE");
  show->add_flag("--json", arguments->json, "Answer in JSON");
  show->callback([&action, &with, arguments] {
    action = [&with, arguments] { return profile_show(*arguments, with); };
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
  command->footer("Example:\n  sealtone verify --cases < suite.json > result.json");
  command->callback([&action, &with, cases, profile] {
    action = [&with, profile] { return verify(*profile, with); };
  });
}

void add_cert(CLI::App& top, Action& action, const Surroundings& with) {
  auto* group = top.add_subcommand("cert", "Certificate files")->require_subcommand(1);
  group->footer(
      "Examples:\n  sealtone cert show server.pem\n  sealtone cert show phone.p12 --passphrase-file "
      "secret.txt --json");
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

}  // namespace sealtone::app
