// SPDX-License-Identifier: Apache-2.0
#include "e2e/documents_scene.h"

#include <cstdlib>
#include <regex>
#include <vector>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

// An example that starts three registrars and four phones is slow beside two builds.
constexpr std::chrono::minutes kLongest{2};

std::string binary() { return std::getenv("SEALTONE_BINARY"); }

class Folder : public Scene {
 public:
  Folder() {
    std::filesystem::create_directory(at("bin"));
    std::filesystem::create_symlink(binary(), at("bin/sealtone"));
    std::filesystem::create_symlink(
        std::filesystem::path(std::getenv("SEALTONE_SOURCE")) / "examples", at("examples"));
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));  // nginx reads here
    options_.folder = folder_.path();
    options_.environment["PATH"] = at("bin") + ":" + std::getenv("PATH");
    options_.environment["HOME"] = folder_.path().string();
    options_.environment["LANG"] = "C.UTF-8";
  }

  std::string play(const DocumentStep& step) override {
    const auto command = renamed_.in(step.command);
    if (command.starts_with("sealtone phone ")) return start_phone(command, step.printed);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      const auto printed = bash(command);
      const auto differs = difference(step.printed, printed, renamed_);
      // The run of a phone's start may not be over yet, nor a server's log be written.
      const bool later = printed.find("is provisioning itself already") != std::string::npos ||
                         command.starts_with("tail ");
      if (differs.empty() || !later || std::chrono::steady_clock::now() > end) return differs;
    }
  }

 protected:
  [[nodiscard]] std::string at(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  std::string bash(const std::string& command) const {
    return run({"bash", "-c", "exec 2>&1\n" + command}, options_, kLongest).out;
  }
  // The port that the document writes is this one here.
  void port(const char* written, std::uint16_t here) {
    if (!renamed_.pair("port", written, std::to_string(here))) {
      throw std::runtime_error(std::string("two servers for port ") + written);
    }
  }

  TempDir folder_;
  StartOptions options_;
  Renamed renamed_;

 private:
  // It prints on; what the document shows has to come in time.
  std::string start_phone(std::string command, const std::string& written) {
    const std::regex port(" --https-port [0-9]+");
    command = std::regex_replace(command, port, "") + " --https-port 0";
    auto process =
        std::make_unique<Process>(Arguments{"bash", "-c", "exec 2>&1\nexec " + command}, options_);
    if (!process->said("State: ")) return "it did not start: " + process->out();
    std::string differs;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    do {
      (void)process->said("no phone says this", std::chrono::milliseconds(50));
      differs = difference(written, process->out(), renamed_);
    } while (!differs.empty() && std::chrono::steady_clock::now() < end);
    phones_.push_back(std::move(process));
    return differs;
  }

  std::vector<std::unique_ptr<Process>> phones_;
};

// What certbot runs once it has renewed a certificate.
constexpr const char* kDeployHook = R"(#!/bin/sh
sealtone check --chain "$RENEWED_LINEAGE/fullchain.pem" --key "$RENEWED_LINEAGE/privkey.pem" \
    --name prov.example.com --trust phones.pem && systemctl reload nginx
)";

class Readme final : public Folder {
 public:
  Readme() {
    const auto other = certificates_.root("other");
    std::filesystem::copy_file(other.certificate, at("other.pem"));
    std::filesystem::copy_file(other.certificate, at("phones.pem"));
    renewed();
    lab_ =
        std::make_unique<Process>(Arguments{binary(), "lab", "serve", "--folder", "lab"}, options_);
    const std::string says = "Provisioning server:";
    if (!lab_->said("A certificate and key")) throw std::runtime_error(lab_->err());
    const auto text = lab_->out();
    const auto host = text.find("127.0.0.1:", text.find(says));
    port("42363", static_cast<std::uint16_t>(std::stoi(text.substr(host + 10))));
  }

 private:
  // A certificate that leads to another root than the one that the phones have.
  void renewed() {
    const Wish root{.common_name = "Example Root 2", .ca = true};
    Wish authority{.common_name = "Example Issuing CA 2", .ca = true};
    authority.extensions = {"authorityKeyIdentifier=keyid"};
    const auto issuing =
        certificates_.issue("issuing", authority, certificates_.self_signed("new-root", root));
    Wish wish{.common_name = "prov.example.com", .names = {"DNS:prov.example.com"}};
    wish.extended_key_usage = "serverAuth";
    const auto leaf = certificates_.issue("leaf", wish, issuing);
    std::filesystem::create_directory(at("live"));
    std::filesystem::copy_file(certificates_.bundle("full.pem", {leaf, issuing}),
                               at("live/fullchain.pem"));
    std::filesystem::copy_file(leaf.key, at("live/privkey.pem"));
    write_text(at("deploy-hook"), kDeployHook);
    std::filesystem::permissions(at("deploy-hook"), std::filesystem::perms(0755));
  }

  Certificates certificates_;
  std::unique_ptr<Process> lab_;
};

// Made as an admin would, by the openssl tool: ca.pem and ca.cer, server.pem, and two certificates
// with keys for the phone.
constexpr const char* kCertificates = R"(set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj "/O=Example/CN=Example Root"
openssl x509 -in ca.pem -outform der -out ca.cer
issue() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2"
  printf 'authorityKeyIdentifier=keyid\nsubjectAltName=%s\nextendedKeyUsage=%s\n' "$3" "$4" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -extfile "$1.ext" -out "$1.pem"
}
issue server /O=Example/CN=localhost IP:127.0.0.1,DNS:localhost serverAuth
issue phone /O=Example/CN=001565000001 IP:127.0.0.1 serverAuth,clientAuth
issue second /O=Example/CN=001565000001 IP:127.0.0.1 serverAuth,clientAuth
cat phone.pem phone.key >phone-both.pem
cat second.pem second.key >second-both.pem
)";

class Instructions final : public Folder {
 public:
  Instructions() {
    run_ok({"bash", "-c", kCertificates}, options_);
    std::filesystem::copy_file(others_.root("other").certificate, at("other.pem"));
    publish("files", "account.1.label = Desk\n", "account.1.user_name = 1001\n");
    serve("8444", "ssl_protocols TLSv1; ssl_ciphers kRSA:@SECLEVEL=0; ssl_session_tickets off;");
    serve("8445", "ssl_protocols TLSv1.2 TLSv1.3;");
    const auto demanding =
        serve("8446", "ssl_verify_client on; ssl_client_certificate " + at("ca.pem") + ";");
    std::filesystem::create_symlink(nginx_.back()->folder() / "access.log", at("access.log"));
    deliver(demanding);
    // With the ports that the servers have here.
    write_text(at("hosts.txt"), renamed_.in("# what the phones connect to\n"
                                            "https://127.0.0.1:8445/\n"
                                            "127.0.0.1:8444  name=localhost\n"));
  }

 private:
  void publish(const std::string& folder, const std::string& common, const std::string& own) {
    std::filesystem::create_directory(at(folder));
    write_text(at(folder + "/y000000000000.cfg"), "#!version:1.0.0.1\n" + common);
    write_text(at(folder + "/001565000001.cfg"), "#!version:1.0.0.1\n" + own);
  }
  std::uint16_t start(const char* written, Nginx::Options options, const std::string& folder) {
    options.server += " location / { root " + at(folder) + "; }";
    options.log_format = "$status serial=$ssl_client_serial $request";
    nginx_.push_back(std::make_unique<Nginx>(options));
    port(written, nginx_.back()->port());
    return nginx_.back()->port();
  }
  std::uint16_t serve(const char* written, const std::string& tls) {
    Nginx::Options options;
    options.server = "ssl_certificate " + at("server.pem") + "; ssl_certificate_key " +
                     at("server.key") + "; " + tls;
    return start(written, options, "files");
  }
  // Plain HTTP delivers the certificates, and sends the phone on.
  void deliver(std::uint16_t demanding) {
    Nginx::Options options;
    options.tls = false;
    publish("first", "", "");
    const auto url = "http://127.0.0.1:" + std::to_string(start("8447", options, "first")) + "/";
    write_text(at("first/y000000000000.cfg"),
               "#!version:1.0.0.1\nstatic.trusted_certificates.url = " + url +
                   "ca.cer\nstatic.server_certificates.url = " + url + "phone.pem\n");
    write_text(at("first/001565000001.cfg"),
               "#!version:1.0.0.1\nstatic.auto_provision.server.url = https://127.0.0.1:" +
                   std::to_string(demanding) + "/\n");
    std::filesystem::copy_file(at("ca.cer"), at("first/ca.cer"));
    std::filesystem::copy_file(at("phone-both.pem"), at("first/phone.pem"));
  }

  Certificates others_;
  std::vector<std::unique_ptr<Nginx>> nginx_;
};

class Api final : public Folder {
 public:
  Api() {
    const auto started = play({0, "sealtone phone --state phone", "[…]"});
    if (!started.empty()) throw std::runtime_error(started);
  }
};

}  // namespace

std::unique_ptr<Scene> plain_scene() { return std::make_unique<Folder>(); }
std::unique_ptr<Scene> readme_scene() { return std::make_unique<Readme>(); }
std::unique_ptr<Scene> instructions_scene() { return std::make_unique<Instructions>(); }
std::unique_ptr<Scene> api_scene() { return std::make_unique<Api>(); }

}  // namespace sealtone::test
