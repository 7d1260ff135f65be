// SPDX-License-Identifier: Apache-2.0
#include "bench/servers.h"

#include <cstdlib>
#include <stdexcept>

namespace sealtone::bench {
namespace {

std::string nginx_config(const std::string& at, const test::Identity& identity,
                         std::uint16_t port) {
  std::string config =
      "daemon off; master_process off; pid " + at + "/nginx.pid; error_log " + at +
      "/error.log;\nevents { worker_connections 4096; }\nhttp {\naccess_log off;\n"
      "open_file_cache max=10 inactive=600s; open_file_cache_valid 600s;\n"
      "keepalive_requests 10000000; keepalive_timeout 75s; types { } default_type text/html;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    config += std::string(kind) + "_temp_path " + at + "/" + kind + ";\n";
  }
  return config + "server { listen 127.0.0.1:" + std::to_string(port) +
         " ssl; ssl_protocols TLSv1.2 TLSv1.3; root " + at + "; " + test::nginx_identity(identity) +
         " }\n}\n";
}

std::string haproxy_config(const std::string& at, std::uint16_t port) {
  return "global\n  nbthread 1\n  maxconn 4000\ndefaults\n  mode http\n"
         "  timeout connect 5s\n  timeout client 75s\n  timeout server 75s\n"
         "  timeout http-keep-alive 75s\nfrontend page\n  bind 127.0.0.1:" +
         std::to_string(port) + " ssl crt " + at +
         "/credential.pem ssl-min-ver TLSv1.2\n"
         "  http-request return status 200 content-type text/html file " +
         at + "/index.html\n";
}

}  // namespace

std::string program() {
  const char* path = std::getenv("SEALTONE_BINARY");
  if (path == nullptr) throw std::runtime_error("SEALTONE_BINARY names no program");
  return path;
}

std::string credential_text(const test::Identity& identity) {
  return identity.pem() + identity.key_pem();
}

ServerFiles::ServerFiles(const test::Identity& identity, const std::filesystem::path& page) {
  const auto at = folder_.path().string();
  folder_.write("index.html", test::read_text(page));
  const auto credential = folder_.write("credential.pem", credential_text(identity));
  test::run_ok({program(), "server-cert", "set", credential.string(), "--state", state()});

  const auto own = test::free_port();
  commands_.push_back(
      {kOurs, {program(), "phone", "--state", state(), "--https-port", std::to_string(own)}, own});
  const auto nginx = test::free_port();
  const auto nginx_file = folder_.write("nginx.conf", nginx_config(at, identity, nginx));
  commands_.push_back(
      {"nginx",
       {"/usr/sbin/nginx", "-p", at, "-c", nginx_file.string(), "-e", at + "/error.log"},
       nginx});
  const auto haproxy = test::free_port();
  const auto haproxy_file = folder_.write("haproxy.cfg", haproxy_config(at, haproxy));
  commands_.push_back(
      {"haproxy", {"/usr/sbin/haproxy", "-db", "-q", "-f", haproxy_file.string()}, haproxy});
}

Used Server::used() const {
  return [pid = process->pid()] { return cpu_of(pid); };
}

Server start(const Command& command) {
  Server server{command.name, command.port, std::make_unique<test::Process>(command.arguments)};
  // Its own word that it listens, where it gives one: another program may answer at that port.
  const bool says_so = command.name != kOurs || server.process->said("State: ");
  if (!says_so || !test::answers(server.port) || !server.process->running()) {
    throw std::runtime_error(server.name + " does not start: " + server.process->err());
  }
  return server;
}

std::vector<Server> start(const ServerFiles& files) {
  std::vector<Server> servers;
  for (const auto& command : files.commands()) servers.push_back(start(command));
  return servers;
}

}  // namespace sealtone::bench
