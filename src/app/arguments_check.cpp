// SPDX-License-Identifier: Apache-2.0
//
// app/arguments_check: check, verify, cert: what judges and shows without a phone.
#include "app/arguments.h"
#include "app/commands.h"

namespace sealtone::app {

void add_check(CLI::App& top, Action& action, const Surroundings& with) {
  auto* command = top.add_subcommand("check", "Would a phone accept this server, and why not");
  auto arguments = std::make_shared<CheckArguments>();
  command
      ->add_option("target", arguments->target,
                   "https://HOST/…: after the handshake one GET is sent, and what came of it is "
                   "said; HOST:PORT, sips:HOST: nothing is sent after the handshake")
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
                    "Refuse what neither a list nor an answer sent along (OCSP) covers");
  command->add_flag("--sip", arguments->sip,
                    "Compare names by the rules for SIP (RFC 5922); so of a sips: target");
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

}  // namespace sealtone::app
