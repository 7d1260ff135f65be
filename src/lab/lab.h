// SPDX-License-Identifier: Apache-2.0
//
// lab: a local CA and two provisioning servers, for the first run and for trying things out.
//
// The first server shows a chain of three and hands out files; the second demands a client
// certificate of the lab's CA.  Both listen on 127.0.0.1 at a free port.  Errors: io (port,
// folder).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "net/net.h"

namespace sealtone::lab {

// One request that a server of the lab answered.
struct Served {
  bool demands_certificate = false;  // by the second server
  std::string method, target;
  int status = 0;
  std::string client_serial;  // of the certificate the client showed; empty if none
};

class Lab {
 public:
  // Writes lab-root.pem, phone.pem and the configuration files' text into folder, for whoever wants
  // to look.  mac: the phone that the files are for.
  [[nodiscard]] static base::Result<std::unique_ptr<Lab>> start(net::asio::io_context& loop,
                                                                const std::filesystem::path& folder,
                                                                const std::string& mac,
                                                                const base::Clock& clock,
                                                                base::Random& random);
  virtual ~Lab() = default;
  [[nodiscard]] virtual std::string provisioning_url() const = 0;  // the first server
  [[nodiscard]] virtual std::string demanding_url() const = 0;     // the second
  [[nodiscard]] virtual const std::vector<Served>& served() const = 0;
  virtual void stop() = 0;
};

}  // namespace sealtone::lab
