// SPDX-License-Identifier: Apache-2.0
//
// tests/support/peers: openssl s_server, nginx and scripted servers to connect to.
#include "support/peers.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

#include "support/loopback.h"

namespace sealtone::test {
namespace {

bool connects(std::uint16_t port) {
  const int descriptor = dial_loopback(port);
  if (descriptor >= 0) close(descriptor);
  return descriptor >= 0;
}

void hand_on(int client, int server, const Relay::Change& change) {
  std::array<pollfd, 2> watched{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
  while (poll(watched.data(), watched.size(), -1) > 0) {
    if (watched[0].revents != 0) {
      const auto octets = receive(client);
      if (octets.empty()) return;
      transmit(server, octets);
    }
    if (watched[1].revents != 0) {
      auto octets = receive(server);
      if (octets.empty()) return;
      bool cut = false;
      transmit(client, change(std::move(octets), cut));
      if (cut) return;
    }
  }
}

std::string nginx_config(const Nginx::Options& options, const std::string& at, std::uint16_t port) {
  std::string config = "daemon off; master_process off; worker_processes 1;\n";
  config += "pid " + at + "/nginx.pid; error_log " + at + "/error.log info;\n";
  config += "events { worker_connections 512; }\nhttp {\n";
  config +=
      "log_format test '" + options.log_format + "'; access_log " + at + "/access.log test;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    config += std::string(kind) + "_temp_path " + at + "/" + kind + ";\n";
  }
  config += "types { } default_type text/plain; lingering_close off;\n" + options.http + "\n";
  config += "server { listen 127.0.0.1:" + std::to_string(port) + (options.tls ? " ssl" : "") +
            "; server_name localhost; root " + at + ";\n" + options.server + "\n}\n}\n";
  return config;
}

}  // namespace

bool answers(std::uint16_t port, std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!connects(port)) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 5);  // another program's start gives no signal to wait for
  }
  return true;
}

OpensslServer::OpensslServer(const Identity& identity, Arguments extra) {
  Arguments command{"openssl", "s_server",
                    "-accept", "127.0.0.1:0",
                    "-cert",   identity.certificate.string(),
                    "-key",    identity.key.string()};
  command.insert(command.end(), extra.begin(), extra.end());
  StartOptions options;
  options.keep_input_open = true;
  process_ = std::make_unique<Process>(command, options);
  constexpr std::string_view kSays = "ACCEPT 127.0.0.1:";
  // The line comes whole: s_server flushes it at once, and it is shorter than PIPE_BUF.
  if (!process_->said(kSays)) {
    throw std::runtime_error("openssl s_server does not start: " + process_->err());
  }
  const auto text = process_->out();
  port_ = static_cast<std::uint16_t>(std::stoi(text.substr(text.find(kSays) + kSays.size())));
}

Nginx::Nginx(const Options& options) {
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    port_ = free_port();
    const auto at = folder_.path().string();
    const auto config = folder_.write("nginx.conf", nginx_config(options, at, port_));
    process_ = std::make_unique<Process>(
        Arguments{"/usr/sbin/nginx", "-p", at, "-c", config.string(), "-e", at + "/error.log"});
    while (process_->running()) {
      if (answers(port_, std::chrono::milliseconds(200)) && process_->running()) return;
    }
    if (error_log().find("Address already in use") == std::string::npos) break;
  }
  throw std::runtime_error("nginx does not start: " + process_->err() + error_log());
}

std::string Nginx::stop() {
  process_->signal(SIGQUIT);  // it finishes what it is doing, and its log
  process_->wait();
  return access_log();
}

std::string nginx_identity(const Identity& identity) {
  return "ssl_certificate " + identity.certificate.string() + "; ssl_certificate_key " +
         identity.key.string() + ";";
}

ScriptedServer::ScriptedServer(std::function<void(int)> script) : script_(std::move(script)) {
  listening_ = listen_on_loopback(port_);
  thread_ = std::thread([this] {
    for (;;) {
      const int connection = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      current_ = connection;
      script_(connection);
      const std::lock_guard lock(mutex_);
      current_ = -1;
      close(connection);
    }
  });
}

ScriptedServer::~ScriptedServer() {
  shutdown(listening_, SHUT_RDWR);
  {
    const std::lock_guard lock(mutex_);
    if (current_ >= 0) shutdown(current_, SHUT_RDWR);  // a script that still reads comes to its end
  }
  thread_.join();
  close(listening_);
}

Relay::Relay(std::uint16_t server, Change change)
    : server_([server, change = std::move(change)](int client) {
        const int onward = dial_loopback(server);
        if (onward < 0) return;
        hand_on(client, onward, change);
        close(onward);
      }) {}

std::string receive(int descriptor) {
  std::array<char, 16'384> buffer{};
  const auto got = recv(descriptor, buffer.data(), buffer.size(), 0);
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

void transmit(int descriptor, std::string_view octets) {
  while (!octets.empty()) {
    const auto sent = send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace sealtone::test
