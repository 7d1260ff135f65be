// SPDX-License-Identifier: Apache-2.0
//
// bench/servers: a phone, nginx and haproxy, each showing one page with one certificate.
//
// Each on 127.0.0.1 at a free port, one process, one thread that serves.  The peers log nothing and
// read the page from a cache or from memory: what they need not do is not measured against us.
// SEALTONE_BINARY names the program.  Errors: std::runtime_error with what a server said.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "support/peers.h"

namespace sealtone::bench {

inline constexpr auto kOurs = "Sealtone";

// How a server is started; it listens at the port then, until it gets SIGTERM.
struct Command {
  std::string name;
  test::Arguments arguments;
  std::uint16_t port = 0;
};

// The commands for one certificate, with the files that they need.  The phone's state folder exists
// and holds the certificate.
class ServerFiles {
 public:
  ServerFiles(const test::Identity& identity, const std::filesystem::path& page);
  [[nodiscard]] const std::vector<Command>& commands() const { return commands_; }
  [[nodiscard]] std::string state() const { return (folder_.path() / "state").string(); }

 private:
  test::TempDir folder_;
  std::vector<Command> commands_;  // the phone first
};

struct Server {
  std::string name;
  std::uint16_t port = 0;
  std::unique_ptr<test::Process> process;
  [[nodiscard]] Used used() const;
};

[[nodiscard]] Server start(const Command& command);
[[nodiscard]] std::vector<Server> start(const ServerFiles& files);

// The certificate and its key one behind the other, as the phone and haproxy take them.
[[nodiscard]] std::string credential_text(const test::Identity& identity);

// The program that is measured (SEALTONE_BINARY).
[[nodiscard]] std::string program();

}  // namespace sealtone::bench
