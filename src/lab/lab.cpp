// SPDX-License-Identifier: Apache-2.0
#include "lab/lab.h"

#include <fmt/format.h>

#include <map>

#include "base/files.h"
#include "base/url.h"
#include "http/http.h"
#include "lab/authority.h"
#include "tls/tls.h"

namespace sealtone::lab {
namespace {

using net::Task;
constexpr std::chrono::seconds kHandshakeLimit{10};
constexpr std::size_t kMaxServed = 1'000;

struct Site {
  std::map<std::string, std::string, std::less<>> files;  // target -> content
};

class Running final : public Lab {
 public:
  Running(const base::Clock& clock) : clock_(clock), site_(std::make_shared<Site>()) {}

  [[nodiscard]] std::string provisioning_url() const override { return url_of(*open_); }
  [[nodiscard]] std::string demanding_url() const override { return url_of(*demanding_); }
  [[nodiscard]] const std::vector<Served>& served() const override { return served_; }

  void stop() override {
    open_->stop();
    demanding_->stop();
  }

  base::Result<void> listen(net::asio::io_context& loop, const Authority& authority,
                            base::Random& random) {
    auto credential = authority.server(random, clock_.now());
    if (!credential) return std::unexpected(credential.error());
    auto anchors = std::make_shared<const x509::AnchorSet>(std::vector{authority.root.certificate});

    tls::ContextOptions options;
    options.role = handshake::Role::server;
    options.credential = *credential;
    auto open = start_server(loop, options, nullptr);
    if (!open) return std::unexpected(open.error());
    open_ = std::move(*open);

    options.client_anchors = anchors;
    auto demanding = start_server(loop, options, anchors);
    if (!demanding) return std::unexpected(demanding.error());
    demanding_ = std::move(*demanding);
    return {};
  }

  void publish(std::string target, std::string content) {
    site_->files.insert_or_assign(std::move(target), std::move(content));
  }

 private:
  [[nodiscard]] static std::string url_of(const net::Listener& listener) {
    return fmt::format("https://127.0.0.1:{}/", listener.where().port);
  }

  base::Result<std::unique_ptr<net::Listener>> start_server(
      net::asio::io_context& loop, const tls::ContextOptions& options,
      std::shared_ptr<const x509::AnchorSet> client_anchors) {
    auto context = tls::Context::build(options);
    if (!context) return std::unexpected(context.error());
    auto listener = net::Listener::tcp(loop, "127.0.0.1", 0, {});
    if (!listener) return std::unexpected(listener.error());
    (*listener)->start([this, context = *context,
                        client_anchors](std::unique_ptr<net::Socket> socket) -> Task<void> {
      return serve(std::move(socket), context, client_anchors);
    });
    return listener;
  }

  Task<void> serve(std::unique_ptr<net::Socket> socket, std::shared_ptr<const tls::Context> context,
                   std::shared_ptr<const x509::AnchorSet> client_anchors) {
    tls::PeerCheck check;
    check.anchors = client_anchors;
    check.policy.check_name = false;
    check.policy.path.purpose = x509::Purpose::client;
    check.now = clock_.now();
    auto outcome = co_await tls::accept(std::move(socket), std::move(context), std::move(check),
                                        kHandshakeLimit);
    if (!outcome.stream) co_return;

    const bool demands = client_anchors != nullptr;
    std::string serial;
    if (!outcome.verdict.path.path.empty()) {
      serial = outcome.verdict.path.path.front().serial_hex();
    }
    http::Handler handler = [this, demands, serial](const http::Request& request) {
      return answer(request, demands, serial);
    };
    const http::Limits limits{.body_bytes = 0};  // files are only read here
    auto serving = http::serve(*outcome.stream, std::move(handler), limits);
    co_await std::move(serving);
  }

  Task<http::Response> answer(const http::Request& request, bool demands, std::string serial) {
    http::Response response;
    const auto file = site_->files.find(request.target);
    if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.fields = {{"Allow", "GET, HEAD"}};
    } else if (file == site_->files.end()) {
      response.status = 404;
    } else {
      response.fields = {{"Content-Type", "text/plain; charset=utf-8"}};
      response.body = file->second;
    }
    if (served_.size() < kMaxServed) {
      served_.push_back({demands, request.method, request.target, response.status, serial});
    }
    co_return response;
  }

  const base::Clock& clock_;
  std::shared_ptr<Site> site_;
  std::unique_ptr<net::Listener> open_, demanding_;
  std::vector<Served> served_;
};

}  // namespace

base::Result<std::unique_ptr<Lab>> Lab::start(net::asio::io_context& loop,
                                              const std::filesystem::path& folder,
                                              const std::string& mac, const base::Clock& clock,
                                              base::Random& random) {
  auto authority = Authority::make(random, clock.now());
  if (!authority) return std::unexpected(authority.error());
  auto phone = authority->phone(mac, random, clock.now());
  if (!phone) return std::unexpected(phone.error());
  auto phone_pem = credential_pem(*phone);
  if (!phone_pem) return std::unexpected(phone_pem.error());

  auto lab = std::make_unique<Running>(clock);
  auto listening = lab->listen(loop, *authority, random);
  if (!listening) return std::unexpected(listening.error());

  const std::string common = fmt::format(
      "#!version:1.0.0.1\n"
      "## For every phone of the lab\n"
      "static.security.trust_certificates = 1\n"
      "static.server_certificates.url = {}phone.pem\n",
      lab->provisioning_url());
  const std::string own = fmt::format(
      "#!version:1.0.0.1\n"
      "## For the phone {} alone: from now on it provisions itself where its certificate is asked for\n"
      "static.auto_provision.server.url = {}\n"
      "account.1.enable = 1\n"
      "account.1.label = Lab desk\n"
      "account.1.user_name = 1001\n"
      "account.1.sip_server.1.address = localhost\n"
      "account.1.sip_server.1.port = 5061\n"
      "account.1.sip_server.1.transport_type = 2\n",
      mac, lab->demanding_url());
  const std::map<std::string, std::string> files{
      {"y000000000000.cfg", common}, {mac + ".cfg", own}, {"phone.pem", *phone_pem}};
  for (const auto& [name, content] : files) {
    lab->publish("/" + name, content);
    auto written = base::write_file(folder / name, base::view(content), 0600);
    if (!written) return std::unexpected(written.error());
  }
  const std::string root = authority->root.certificate.pem();
  auto written = base::write_file(folder / "lab-root.pem", base::view(root), 0600);
  if (!written) return std::unexpected(written.error());
  return lab;
}

}  // namespace sealtone::lab
