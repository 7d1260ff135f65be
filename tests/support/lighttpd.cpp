// SPDX-License-Identifier: Apache-2.0
//
// tests/support/lighttpd: the server that knows Digest, MD5 and SHA-256 (see peers.h).
#include <csignal>
#include <stdexcept>

#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kRealm = "phones";

std::string hashed(const std::string& algorithm, const std::string& text) {
  StartOptions options;
  options.input = text;
  const auto line = run_ok({"openssl", "dgst", algorithm, "-r"}, options);
  return line.substr(0, line.find(' '));
}

// "USER:REALM:HASH OF BOTH AND PASSWORD:HASH OF BOTH" for each algorithm.
std::string passwords(const Lighttpd::Options& options) {
  std::string lines;
  for (const char* algorithm : {"-sha256", "-md5"}) {
    const auto user = options.user + ":" + kRealm;
    lines += user + ":" + hashed(algorithm, user + ":" + options.password) + ":" +
             hashed(algorithm, user) + "\n";
  }
  return lines;
}

std::string config_of(const Lighttpd::Options& options, const std::string& at, std::uint16_t port) {
  std::string config = "server.document-root = \"" + at + "/files\"\n";
  config += "server.bind = \"127.0.0.1\"\nserver.port = " + std::to_string(port) + "\n";
  config += "server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_accesslog\"" +
            std::string(options.identity != nullptr ? ", \"mod_openssl\"" : "") + ")\n";
  config += "server.errorlog = \"" + at + "/error.log\"\n";
  config += "accesslog.filename = \"" + at + "/access.log\"\n";
  config += "accesslog.format = \"%s <%{Authorization}i> %r\"\n";
  config +=
      "auth.backend = \"htdigest\"\nauth.backend.htdigest.userfile = \"" + at + "/passwords\"\n";
  config += "auth.require = ( \"/\" => ( \"method\" => \"digest\", \"realm\" => \"" +
            std::string(kRealm) + "\", \"algorithm\" => \"" + options.algorithms +
            "\", \"require\" => \"valid-user\"" +
            (options.userhash ? ", \"userhash\" => \"enable\"" : "") + " ) )\n";
  if (options.identity != nullptr) {
    config += "ssl.engine = \"enable\"\nssl.pemfile = \"" + options.identity->certificate.string() +
              "\"\nssl.privkey = \"" + options.identity->key.string() + "\"\n";
  }
  return config;
}

}  // namespace

Lighttpd::Lighttpd(const Options& options) {
  const auto at = folder_.path().string();
  std::filesystem::create_directory(folder());
  folder_.write("passwords", passwords(options));
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    port_ = free_port();
    const auto config = folder_.write("lighttpd.conf", config_of(options, at, port_));
    process_ =
        std::make_unique<Process>(Arguments{"/usr/sbin/lighttpd", "-D", "-f", config.string()});
    while (process_->running()) {
      if (answers(port_, std::chrono::milliseconds(200)) && process_->running()) return;
    }
  }
  throw std::runtime_error("lighttpd does not start: " + process_->err() +
                           read_text(folder_.path() / "error.log"));
}

std::string Lighttpd::stop() {
  process_->signal(SIGINT);  // it finishes what it is doing, and its log
  process_->wait();
  return read_text(folder_.path() / "access.log");
}

}  // namespace sealtone::test
