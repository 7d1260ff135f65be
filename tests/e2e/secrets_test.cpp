// SPDX-License-Identifier: Apache-2.0
//
// No secret in any output: one run of the real program in which every place that can hold a secret
// holds another one, and every octet that came out of it is searched for all of them.
//
// The same search finds the secrets where they belong (the database, the server they were meant
// for), so that it would find them elsewhere.
#include <algorithm>
#include <sstream>

#include "e2e/capture.h"
#include "e2e/full_run.h"

namespace sealtone::test {
namespace {

TEST_F(FullRun, NoSecretIsInAnyOutput) {
  plant_all();
  const Nginx good(serving(certificates_.server(root_), "root " + files_.path().string() + ";"));
  const Nginx stranger(
      serving(certificates_.server(certificates_.root("other"), "stranger"), "return 404;"));
  publish(good);

  const auto keys = folder_.path() / "keys.log";
  PhoneUnderTest phone({"--mac", kMac, "--user", "somebody", "--password-file",
                        secret_file("password", secrets_.value("password file") + "\n"), "--keylog",
                        keys.string(), "--provision-url",
                        "https://127.0.0.1:" + std::to_string(stranger.port()) + "/", "--verbose"});
  secrets_.know("first one-time password", phone.one_time_password());
  secrets_.belongs("first one-time password", "the phone's standard output");
  std::vector<std::unique_ptr<Capture>> captures;
  for (const auto port : {phone.port(), good.port(), stranger.port()}) {
    captures.push_back(std::make_unique<Capture>(port));
  }

  phone.must({"server-cert", "set", with_key(own_)});
  provision_from(phone, url_to(stranger.port()));  // refused
  phone.must({"trust", "add", root_.certificate.string()});
  provision_from(phone, url_to(good.port(), "/broken/"));
  for (const auto& [key, value] : settings_) {
    (void)phone.command({"set", key, "--value-file", secret_file("value", value)});
  }
  provision_from(phone, url_to(good.port()));
  use_the_page(phone, url_to(good.port()));
  use_every_route(phone);
  phone.set("static.auto_provision.server.url", url_to(good.port()));
  use_every_command(phone, url_to(good.port()));

  // As captured, and as the phone itself kept it; with the session keys they are where they belong.
  const auto saved = (folder_.path() / "saved.pcapng").string();
  phone.must({"connections", "save", "--all", saved});
  heard("what went over the wire", read_text(saved));
  EXPECT_GT(outputs_["what went over the wire"].size(), 100'000U);
  const auto opened = (folder_.path() / "opened.pcapng").string();
  phone.must({"connections", "save", "--all", opened, "--with-keys"});

  for (std::size_t i = 0; i < captures.size(); ++i) {
    captures[i]->stop();
    heard("capture " + std::to_string(i), read_text(captures[i]->file()));
    EXPECT_GT(outputs_["capture " + std::to_string(i)].size(), 1'000U);
  }
  phone.must({"server-cert", "set", with_key(own_)});
  read_what_stays(phone);
  know_session_secrets(keys);
  // Those of the connections that were saved, whichever of them that were.
  std::string lines;
  std::istringstream in(read_text(opened));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("CLIENT_") || line.starts_with("SERVER_")) lines += line + "\n";
  }
  know_session_secrets(folder_.write("saved.keys", lines));

  std::size_t octets = 0;
  for (const auto& [name, text] : outputs_) {
    octets += text.size();
    for (const auto& found : secrets_.found_in(name, text)) ADD_FAILURE() << found;
  }
  std::printf("%zu secrets, searched for in %zu octets of %zu outputs\n", secrets_.all().size(),
              octets, outputs_.size());

  // Where they belong the same search finds them.
  EXPECT_FALSE(secrets_.found_in("the file with keys", read_text(opened)).empty());
  std::string database;
  for (const auto& entry : std::filesystem::directory_iterator(phone.state())) {
    if (entry.path().filename().string().starts_with("sealtone.db")) database += read_text(entry);
  }
  const auto kept = secrets_.found_in("the database", database);
  for (const auto& key : table_of_keys()) {
    if (!key.secret || key.ignored) continue;
    EXPECT_NE(std::ranges::find(kept, key.name + " in the database as plain"), kept.end())
        << key.name << " never got into the database, so this run says nothing about it";
  }
  EXPECT_NE(std::ranges::find(kept, "private key own in the database as plain"), kept.end());
  const auto sent = secrets_.found_in("its server", good.access_log());
  EXPECT_NE(std::ranges::find(sent, "URL password in its server as base64"), sent.end());
}

}  // namespace
}  // namespace sealtone::test
