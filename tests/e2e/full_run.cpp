// SPDX-License-Identifier: Apache-2.0
#include "e2e/full_run.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "e2e/browser.h"

namespace sealtone::test {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    char octet[4];
    std::snprintf(octet, sizeof octet, "%%%02X", c);
    out += octet;
  }
  return out;
}

}  // namespace

void FullRun::heard(const std::string& from, const std::string& octets) {
  auto& all = outputs_[from];
  all += octets;
  if (from.find("reset") == std::string::npos) return;
  // A new one-time password is told to whoever made it, on purpose.
  static const std::regex made("(?:One-time password: |\"password\": ?\")([a-z0-9]{20})");
  for (std::sregex_iterator at(octets.begin(), octets.end(), made), end; at != end; ++at) {
    const auto name = "one-time password " + std::to_string(secrets_.all().size());
    secrets_.know(name, at->str(1));
    secrets_.belongs(name, from);
  }
}

std::string FullRun::url_to(std::uint16_t port, const std::string& path) {
  return "https://" + percent_encoded(secrets_.value("URL user")) + ":" +
         percent_encoded(secrets_.value("URL password")) + "@127.0.0.1:" + std::to_string(port) +
         path;
}

std::string FullRun::with_encrypted_key(const Identity& identity) {
  const auto key = (folder_.path() / (identity.name + "-encrypted.pem")).string();
  run_ok({"openssl", "pkcs8", "-topk8", "-v2", "aes256", "-in", identity.key.string(), "-passout",
          "file:" + secret_file("passphrase", secrets_.value("passphrase")), "-out", key});
  return secret_file(identity.name + "-both-encrypted.pem", identity.pem() + read_text(key));
}

void FullRun::command(Arguments arguments, StartOptions options) {
  std::string name = "sealtone";
  for (const auto& word : arguments) {
    name += " " + (word.find('@') == std::string::npos ? word : "URL-WITH-PASSWORD");
  }
  const auto finished = sealtone(std::move(arguments), options);
  heard(name, finished.out + finished.err);
}

void FullRun::in_both_forms(Arguments arguments, const StartOptions& options) {
  command(arguments, options);
  arguments.emplace_back("--json");
  command(arguments, options);
}

void FullRun::plant_all() {
  for (const char* const name :
       {"admin password", "URL user", "URL password", "password file", "page password",
        "mistyped password", "mistyped line", "passphrase", "wrong passphrase"}) {
    (void)plant(name);
  }
  for (const auto& key : table_of_keys()) {
    if (key.secret) settings_[key.name] = plant(key.name);
    if (key.url) {
      settings_[key.name] = "https://" + percent_encoded(plant(key.name + " user")) + ":" +
                            percent_encoded(plant(key.name + " password")) +
                            "@127.0.0.1:9/";  // where nobody is
    }
  }
  for (const auto& identity : {own_, delivered_, stray_}) {
    secrets_.know("private key " + identity.name, private_octets(identity.key.string()));
  }
}

Nginx::Options FullRun::serving(const Identity& identity, const std::string& location) {
  Nginx::Options options;
  const std::string asks =
      "if ($http_authorization = '') { add_header WWW-Authenticate 'Basic realm=\"test\"' always; "
      "return 401; } ";
  options.server = nginx_identity(identity) + "location / { " + asks + location + " }";
  options.log_format = "$http_authorization $request";
  return options;
}

void FullRun::publish(const Nginx& server) {
  const auto here = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  std::string good = "#!version:1.0.0.1\n", bad = good;
  for (const auto& [key, value] : settings_) {
    if (value.starts_with("https://")) continue;  // fetched or applied, they would lead elsewhere
    good +=
        key + " = " + value + "\n" + value + "\n" + value + " = 1\n" + key + "x = " + value + "\n";
    bad += key + " = " + value + "\x01\n" + "static.security.ca_cert = " + value + "\n" + value +
           "\n" + value + " = 1\n" + key + "x = " + value + "\n";
  }
  bad += secrets_.value("mistyped line") + "\n" + stray_.key_pem();
  good += "static.server_certificates.url = " + here + "phone.pem\n";
  files_.write("y000000000000.cfg", good);
  files_.write(std::string(kMac) + ".cfg", "#!version:1.0.0.1\naccount.1.label = Desk\n");
  files_.write("phone.pem", delivered_.pem() + delivered_.key_pem());
  std::filesystem::create_directory(files_.path() / "broken");
  files_.write("broken/y000000000000.cfg", bad);
  files_.write("broken/" + std::string(kMac) + ".cfg", bad);
  std::filesystem::permissions(files_.path(), std::filesystem::perms(0755));
}

void FullRun::provision_from(const PhoneUnderTest& phone, const std::string& url) {
  phone.set("static.auto_provision.server.url", url);
  (void)phone.provision();
  for (const auto& command_line : {Arguments{"provision", "now"}, Arguments{"connections"}}) {
    auto arguments = command_line;
    arguments.insert(arguments.end(), {"--state", phone.state().string()});
    in_both_forms(arguments);
  }
}

void FullRun::use_the_page(const PhoneUnderTest& phone, const std::string& url) {
  Browser browser(phone, secrets_.value("admin password"));
  const auto seen =
      browser.visit({{"set-provision", url, "somebody", secrets_.value("page password")},
                     {"provision-now"},
                     {"upload-server-certificate", with_key(own_)},
                     {"upload-server-certificate", stray_.key.string()},
                     {"upload-trusted", stray_.key.string()},
                     {"upload-trusted", with_key(stray_)},
                     {"open-connection", "1"},
                     {"everything"}});
  for (const auto& step : seen) {
    if (!step.is_array()) heard("the page's words", step.dump());
  }
  for (const auto& page : seen.back()) {
    heard("the page " + page.at(0).get<std::string>(), page.at(1).get<std::string>());
  }
}

void FullRun::use_every_route(const PhoneUnderTest& phone) {
  const auto curl = [&](const std::string& name, Arguments more) {
    more.insert(more.begin(), {"curl", "-s", "-i", "-k", "--max-time", "30"});
    const auto said = run(std::move(more)).out;
    heard(name, said);
    return said;
  };
  const auto written = [&](const nlohmann::json& body) {
    return "@" + secret_file("body.json", body.dump());
  };
  const auto log_in = phone.page() + "api/session";
  (void)curl("a refused log-in",
             {log_in, "-d", written({{"password", secrets_.value("mistyped password")}})});
  const auto in =
      curl("the log-in", {log_in, "-d", written({{"password", secrets_.value("admin password")}})});
  std::smatch cookie, token;
  ASSERT_TRUE(std::regex_search(in, cookie, std::regex("__Host-sealtone=([^;\r\n]+)"))) << in;
  ASSERT_TRUE(std::regex_search(in, token, std::regex("\"csrf\": ?\"([^\"]+)\""))) << in;
  secrets_.know("session", cookie[1]);
  secrets_.know("token", token[1]);
  for (const char* const name : {"session", "token"}) secrets_.belongs(name, "the log-in");
  for (const char* const via : {"HTTPS", "the socket", "nobody"}) {
    secrets_.belongs("token", std::string("GET /api/session over ") + via);
  }

  const Arguments bodies{written(settings_), "@" + with_key(stray_), "@" + stray_.key.string(),
                         "@" + secret_file("line", secrets_.value("mistyped line"))};
  const auto encrypted = "@" + with_encrypted_key(stray_);
  struct Way {
    const char* name;
    std::string base;
    Arguments options;
  };
  const std::vector<Way> ways{
      {"HTTPS",
       phone.page(),
       {"-H", "Cookie: __Host-sealtone=" + cookie.str(1), "-H", "X-CSRF-Token: " + token.str(1)}},
      {"nobody", phone.page(), {}},
      {"the socket",
       "http://localhost/",
       {"--unix-socket", (phone.state() / "admin.sock").string()}},
  };
  for (const auto& [method, path] : table_of_routes()) {
    for (const auto& way : ways) {
      const auto name = method + " " + path + " over " + way.name;
      // Twice as a change of its own: the session is needed for the others.
      if (path == "/api/session" && method == "DELETE") continue;
      auto target = way.base + path.substr(1);
      if (const auto star = target.find('*'); star != std::string::npos) {
        target.replace(star, 1,
                       path.find("settings") != std::string::npos ? "account.1.password" : "1");
      }
      Arguments common{"-X", method, target};
      common.insert(common.end(), way.options.begin(), way.options.end());
      const auto reads = method == "GET";
      for (const auto& body : reads ? Arguments{""} : bodies) {
        auto all = common;
        if (!reads) all.insert(all.end(), {"--data-binary", body});
        (void)curl(name, all);
      }
      if (reads) continue;
      for (const char* const passphrase : {"wrong passphrase", "passphrase"}) {
        auto all = common;
        all.insert(all.end(), {"-H", "X-Passphrase: " + percent_encoded(secrets_.value(passphrase)),
                               "--data-binary", encrypted});
        (void)curl(name, all);
      }
    }
  }
}

// The right one and a wrong one, from a file and from the environment.
void FullRun::use_passphrases(const LeafCommand& leaf, const std::string& state) {
  for (const char* const name : {"passphrase", "wrong passphrase"}) {
    auto arguments = leaf.words;
    arguments.push_back(with_encrypted_key(stray_));
    if (leaf.takes("--state")) arguments.insert(arguments.end(), {"--state", state});
    StartOptions environment;
    environment.environment["SEALTONE_PASSPHRASE"] = secrets_.value(name);
    in_both_forms(arguments, environment);
    arguments.insert(arguments.end(),
                     {"--passphrase-file", secret_file("given", secrets_.value(name) + "\n")});
    in_both_forms(arguments);
  }
}

void FullRun::use_every_command(const PhoneUnderTest& phone, const std::string& url) {
  const auto state = phone.state().string();
  for (const auto& leaf : commands_of_program()) {
    heard("help", leaf.help);
    // What is no address would be looked up beyond this computer; check is tried below.
    if (leaf.runs_on || leaf.words == Arguments{"check"}) continue;
    for (const Arguments& given :
         {Arguments{}, Arguments{with_key(stray_)}, Arguments{stray_.key.string()}, Arguments{"1"},
          Arguments{"account.1.password"}, Arguments{url}}) {
      auto arguments = leaf.words;
      arguments.insert(arguments.end(), given.begin(), given.end());
      if (leaf.takes("--state")) arguments.insert(arguments.end(), {"--state", state});
      if (leaf.takes("--mac")) arguments.insert(arguments.end(), {"--mac", kMac});
      StartOptions typed;
      typed.input = secrets_.value("account.1.password") + "\n";
      command(arguments, typed);
      if (!leaf.takes("--json")) continue;
      arguments.emplace_back("--json");
      command(arguments, typed);
    }
    if (leaf.takes("--passphrase-file")) use_passphrases(leaf, state);
  }
  in_both_forms({"check", url, "--trust", root_.certificate.string(), "--client", with_key(own_)});
  in_both_forms({"check", url, "--trusted", "default", "--client", stray_.key.string()});
  in_both_forms({"check", "https://" + url.substr(url.find('@') + 1), "--trust",
                 root_.certificate.string(), "--user", "somebody", "--password-file",
                 secret_file("given", secrets_.value("password file") + "\n")});
  in_both_forms({"check", "--chain", with_key(own_), "--name", "localhost", "--trust",
                 root_.certificate.string(), "--as", "v60,v86"});
  in_both_forms(
      {"check", "--chain", with_key(own_), "--key", stray_.key.string(), "--name", "localhost"});
  in_both_forms({"check", "--list", secret_file("hosts", url + "\n")});
  in_both_forms(
      {"set", "account.1.password", secrets_.value("mistyped password"), "--state", state});
  in_both_forms({"set", "static.security.ca_cert", "--value-file",
                 secret_file("value", secrets_.value("mistyped password")), "--state", state});
  const auto broken = (files_.path() / "broken/y000000000000.cfg").string();
  command({"phone", "--config", broken, "--state", (folder_.path() / "other").string()});
  command(
      {"phone", "--config", stray_.key.string(), "--state", (folder_.path() / "other").string()});
  const auto lab = folder_.path() / "lab";
  command({"lab", "run", "--once", "--folder", lab.string()});
  secrets_.know("private key of the lab's phone", private_octets((lab / "phone.pem").string()));
}

void FullRun::read_what_stays(PhoneUnderTest& phone) {
  const auto proc = "/proc/" + std::to_string(phone.process().pid());
  heard("the phone's command line", read_text(proc + "/cmdline"));
  heard("the phone's environment", read_text(proc + "/environ"));
  EXPECT_FALSE(outputs_["the phone's command line"].empty());
  // A core file would be an output, too.
  EXPECT_TRUE(
      std::regex_search(read_text(proc + "/limits"), std::regex("Max core file size +0 +0 ")));
  EXPECT_EQ(phone.process().stop(), 0);
  heard("the phone's standard output", phone.process().out());
  heard("the phone's log", phone.process().err());
  EXPECT_NE(outputs_["the phone's log"].find(" debug "), std::string::npos)
      << "this is not the most talkative level";
  for (const auto& entry : std::filesystem::directory_iterator(phone.state())) {
    const auto name = entry.path().filename().string();
    if (name.starts_with("sealtone.db") || !entry.is_regular_file()) continue;
    heard("the state folder's " + name, read_text(entry.path()));
  }
}

// Some of them: "LABEL RANDOM SECRET", in hexadecimal.
void FullRun::know_session_secrets(const std::filesystem::path& key_log) {
  constexpr int some = 8;
  constexpr std::size_t digits = 48;
  std::istringstream lines(read_text(key_log));
  std::string label, random, secret;
  for (int i = 0; i < some; ++i) {
    ASSERT_TRUE(lines >> label >> random >> secret) << "the key log is too short";
    std::string octets;
    for (std::size_t at = 0; at < digits; at += 2) {
      octets += static_cast<char>(std::stoi(secret.substr(at, 2), nullptr, 16));
    }
    secrets_.know(label + " " + std::to_string(i), octets);
  }
}

}  // namespace sealtone::test
