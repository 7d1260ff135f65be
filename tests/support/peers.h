// SPDX-License-Identifier: Apache-2.0
//
// tests/support/peers: certificates made by the `openssl` tool; openssl s_server, nginx, lighttpd
// and scripted servers to connect to.
//
// Knows no room of Sealtone.  Everything listens on 127.0.0.1 at a free port.  Errors:
// std::runtime_error with what the other program said.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/process.h"

namespace sealtone::test {

// A certificate and its key as files.
struct Identity {
  std::string name;                   // "server": what its files are called
  std::filesystem::path certificate;  // PEM
  std::filesystem::path key;          // PEM, PKCS#8
  std::filesystem::path der;          // the certificate as .cer (DER)
  [[nodiscard]] std::string pem() const { return read_text(certificate); }
  [[nodiscard]] std::string key_pem() const { return read_text(key); }
  [[nodiscard]] std::string serial() const;  // upper-case hexadecimal, as openssl prints it
};

struct Wish {
  std::string common_name = {};         // may be empty
  std::vector<std::string> names = {};  // "DNS:localhost", "IP:127.0.0.1"
  std::string key =
      "ec";  // "ec" (P-256), "ec:CURVE", "ec-explicit", "rsa:2048", "ed25519", "of:FILE"
  std::string digest = "sha256";
  bool ca = false;
  std::string extended_key_usage = {};         // "serverAuth,clientAuth"; empty: none
  std::string not_before = "20200101000000Z";  // as openssl ca -startdate takes it
  std::string not_after = "20991231235959Z";
  std::vector<std::string> extensions = {};  // further lines of an openssl extension section
};

// Makes certificates in a folder of its own.
class Certificates {
 public:
  Identity self_signed(const std::string& name, const Wish& wish);
  Identity issue(const std::string& name, const Wish& wish, const Identity& issuer);
  // The usual ones: a root, and a server certificate for localhost and 127.0.0.1.
  Identity root(const std::string& name = "root");
  Identity server(const Identity& issuer, const std::string& name = "server");
  Identity client(const Identity& issuer, const std::string& name = "client");
  // Their certificates one after the other, in one PEM file.
  std::filesystem::path bundle(const std::string& name, const std::vector<Identity>& members);
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  Identity make(const std::string& name, const Wish& wish, const Identity* issuer);
  TempDir folder_;
};

// `openssl s_server` for one certificate; keeps what it printed (with -msg: every message).
class OpensslServer {
 public:
  // extra: further options, e.g. {"-tls1", "-cipher", "ALL@SECLEVEL=0"}.
  OpensslServer(const Identity& identity, Arguments extra = {});
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Process& process() { return *process_; }

 private:
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
};

// nginx in the foreground, one process, everything it writes in a folder of its own.
class Nginx {
 public:
  // server: directives of the server block, e.g. "ssl_certificate …; location / { return 200 ok;
  // }". It listens with TLS unless tls is false.  http: further directives of the http block.
  struct Options {
    std::string server;
    std::string http;
    bool tls = true;
    std::string log_format = "$status $ssl_client_serial $remote_user $request";
  };
  explicit Nginx(const Options& options);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string access_log() const { return read_text(folder_.path() / "access.log"); }
  [[nodiscard]] std::string error_log() const { return read_text(folder_.path() / "error.log"); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] Process& process() { return *process_; }
  // Ends it and returns the access log, whole.
  std::string stop();

 private:
  TempDir folder_;
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
};

// "ssl_certificate …; ssl_certificate_key …;" for an nginx server block.
[[nodiscard]] std::string nginx_identity(const Identity& identity);

// For an nginx server block: who names no user is asked for one by Basic, and any one will do.
inline constexpr const char* kNginxAsksForAnyUser =
    "add_header WWW-Authenticate 'Basic realm=\"phones\"' always; "
    "if ($http_authorization = '') { return 401; } ";

// lighttpd in the foreground, which asks for a user by Digest (nginx cannot); for TLS too.
class Lighttpd {
 public:
  struct Options {
    std::string algorithms = "MD5|SHA-256";  // as auth.require names them
    std::string user = "phone", password = "made-for-the-test";
    bool userhash = false;
    const Identity* identity = nullptr;  // null: plain HTTP
  };
  explicit Lighttpd(const Options& options);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // What is in it is served; and needs a user.
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path() / "files"; }
  // Ends it and returns the access log, whole: "STATUS <AUTHORIZATION> REQUEST" a line.
  std::string stop();

 private:
  TempDir folder_;
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
};

// Calls a script on a thread for each connection, one after the other; the script reads and writes
// the (blocking) descriptor, which is closed after it.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::function<void(int descriptor)> script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::function<void(int)> script_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::atomic<int> current_ = -1;
  std::thread thread_;
};

// For scripts.  receive: at least one octet, "" at the end of the stream.
[[nodiscard]] std::string receive(int descriptor);
void transmit(int descriptor, std::string_view octets);

// Stands between a client and the server at 127.0.0.1:server and hands octets on.
class Relay {
 public:
  // What the server said next, and what the client gets of it; cut: both are cut off behind that.
  using Change = std::function<std::string(std::string from_server, bool& cut)>;
  Relay(std::uint16_t server, Change change);
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  ScriptedServer server_;
};

// Whether something accepts connections on 127.0.0.1:port within the limit.
[[nodiscard]] bool answers(std::uint16_t port, std::chrono::milliseconds limit = kPatience);

}  // namespace sealtone::test
