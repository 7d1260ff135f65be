// SPDX-License-Identifier: Apache-2.0
#include "app/story.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "app/drawing.h"
#include "app/shown.h"
#include "base/files.h"
#include "base/text.h"
#include "base/url.h"
#include "x509/parse.h"

namespace sealtone::app {
namespace {

namespace asio = net::asio;
using base::Result;
using net::Task;
using nlohmann::json;
constexpr std::chrono::milliseconds kLookAgain{200};

void chapter(const Surroundings& with, int number, std::string_view title) {
  fmt::print(with.out, "\n{}. {}\n\n", number, title);
  std::fflush(with.out);
}

void say(const Surroundings& with, std::string_view text) {
  fmt::print(with.out, "{}\n", text);
  std::fflush(with.out);
}

// The certificate that the refusal names, written for uploading; empty if the server did not send
// it.
Result<std::string> write_missing(const json& report, const std::filesystem::path& folder) {
  for (const auto& connection : report.at("connections")) {
    for (const auto& finding : connection.at("verdict").at("findings")) {
      const auto& fix = finding.at("fix");
      if (fix.value("kind", "") != "add-trusted" || fix.value("pem", "").empty()) continue;
      // In a folder of its own: the name is the server's choice, and must meet no other file.
      const auto own = folder / "to-upload";
      std::error_code failed;
      std::filesystem::create_directories(own, failed);
      const auto file = own / std::filesystem::path(fix.at("file").get<std::string>()).filename();
      auto written =
          base::write_file(file, base::view(fix.at("pem").get_ref<const std::string&>()), 0644);
      if (!written) return std::unexpected(written.error());
      return file.string();
    }
  }
  return std::string();
}

Task<Result<void>> upload(phone::Phone& phone, std::string file) {
  auto octets = base::read_file(file, base::kMaxUploadBytes);
  if (!octets) co_return std::unexpected(octets.error());
  auto contents = x509::parse(*octets, file);
  if (!contents) co_return std::unexpected(contents.error());
  auto added = co_await phone.add_trusted(std::move(contents->certificates), "first run");
  if (!added) co_return std::unexpected(added.error());
  co_return Result<void>{};
}

Task<void> pause(asio::steady_timer& timer) {
  boost::system::error_code woken;
  auto token = asio::redirect_error(asio::use_awaitable, woken);
  timer.expires_after(kLookAgain);
  co_await timer.async_wait(token);
}

enum class Waited { uploaded, enter, nobody_there };

// What the keyboard has to say by now.  The terminal is only looked at: it is shared with the
// shell, which would inherit any mode set on it.
std::optional<Waited> from_keys() {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  if (::poll(&input, 1, 0) <= 0) return std::nullopt;
  std::array<char, 256> typed{};
  return ::read(STDIN_FILENO, typed.data(), typed.size()) > 0 ? Waited::enter
                                                              : Waited::nobody_there;
}

// Until a certificate came over the page or the command line, or Enter was pressed here.
Task<Waited> wait_for_upload(phone::Phone& phone) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  const auto before = phone.snapshot()->trusted.size();
  while (phone.snapshot()->trusted.size() <= before) {
    if (const auto keys = from_keys()) co_return *keys;
    co_await pause(timer);
  }
  co_return Waited::uploaded;
}

void offer_ways(const Stage& stage, const std::string& file, const Surroundings& with) {
  const auto urls = stage.phone.status().page_urls;
  say(with, "Three ways to upload it:");
  if (!urls.empty()) {
    fmt::print(
        with.out,
        "  - on the phone's page, {}#/security/trusted, under Security > Trusted Certificates;\n",
        urls.front());
  }
  fmt::print(with.out, "  - in another terminal: {} trust add {} --state {}\n",
             program_invocation_name, file, stage.state.string());
  say(with, "  - press Enter here.");
}

// True once the certificate is among the trusted ones by whichever way.
Task<Result<bool>> have_it_uploaded(const Stage& stage, const LabArguments& arguments,
                                    std::string file, Surroundings with) {
  if (arguments.once) {
    if (arguments.upload == "none") co_return false;
    const std::string chosen = arguments.upload.empty() ? file : arguments.upload;
    auto done = co_await upload(stage.phone, chosen);
    if (!done) co_return std::unexpected(done.error());
    say(with, fmt::format("Uploaded: {}", chosen));
    co_return true;
  }
  offer_ways(stage, file, with);
  const auto waited = co_await wait_for_upload(stage.phone);
  if (waited == Waited::nobody_there) co_return false;
  if (waited == Waited::enter) {
    auto done = co_await upload(stage.phone, file);
    if (!done) co_return std::unexpected(done.error());
  }
  say(with, "Uploaded.");
  co_return true;
}

// The first connection of a run; the others are to the same server, for its further files.
void tell_connection(const json& report, const Surroundings& with) {
  const auto& connections = report.at("connections");
  if (connections.empty()) return;
  const auto& first = connections.front();
  const auto ladder = explain::ladder_from_json(first.at("handshake"));
  const auto drawn = explain::to_text(ladder, needs_ascii(with.out));
  fmt::print(with.out, "{}\n", connection_text(first, drawn));
}

void tell_page(const Stage& stage, const Surroundings& with) {
  const auto status = stage.phone.status();
  for (const auto& url : status.page_urls) fmt::print(with.out, "Page:      {}\n", url);
  fmt::print(with.out, "SHA-256:   {}{}\n", status.page_certificate.fingerprint(),
             status.page_certificate_temporary ? "  (temporary, self-made)" : "");
  if (const auto password = stage.phone.one_time_password()) {
    fmt::print(with.out, "Log-in:    user admin, one-time password {} (choose your own then)\n",
               *password);
  }
  if (std::getenv("SSH_CONNECTION") != nullptr && !status.page_urls.empty()) {
    const auto url = base::parse_url(status.page_urls.front());
    if (url) {
      fmt::print(with.out,
                 "Over ssh:  ssh -L {0}:127.0.0.1:{0} THIS-HOST, then open the page there\n",
                 url->port);
    }
  }
  std::fflush(with.out);
}

// The phone's certificate, as the demanding server saw it.
bool showed_certificate(const Stage& stage, const Surroundings& with) {
  if (stage.lab == nullptr) return true;
  const auto credential = stage.phone.snapshot()->credential;
  for (const auto& served : stage.lab->served()) {
    if (!served.demands_certificate || served.status != 200) continue;
    const bool own = credential && served.client_serial == credential->leaf().serial_hex();
    if (!own) continue;
    say(with,
        fmt::format(
            "The second server asked for a certificate and saw the phone's: serial number {}.",
            served.client_serial));
    return true;
  }
  say(with, "The second server saw no certificate of the phone.");
  return false;
}

}  // namespace

Task<int> tell(Stage stage, LabArguments arguments, Surroundings with) {
  chapter(with, 1, "A phone starts, and trusts nobody");
  say(with,
      stage.lab != nullptr
          ? fmt::format(
                "A CA of its own and two provisioning servers run on this computer: {} and {}.",
                stage.lab->provisioning_url(), stage.lab->demanding_url())
          : fmt::format("The provisioning server is {}.", stage.provisioning_url));
  tell_page(stage, with);

  chapter(with, 2, "It asks for its configuration, and refuses the server");
  std::map<std::string, std::optional<std::string>> url_key;
  url_key["static.auto_provision.server.url"] = stage.provisioning_url;
  auto changed = co_await stage.phone.change_settings(std::move(url_key));
  if (!changed) co_return could_not(with, changed.error());
  auto refused = co_await stage.phone.provision_now();
  if (!refused) co_return could_not(with, refused.error());
  tell_connection(*refused, with);
  if (refused->value("applied", false)) {
    say(with,
        "The phone took its configuration from a server it should not trust: the story ends here.");
    co_return kFound;
  }
  auto file = write_missing(*refused, stage.folder);
  if (!file) co_return could_not(with, file.error());
  if (file->empty()) {
    say(with, run_text(*refused));
    say(with, "The refusal names no certificate to upload: the story ends here.");
    co_return kFound;
  }
  say(with, fmt::format("The certificate to upload: {}", *file));

  chapter(with, 3, "It is taught to trust");
  auto uploaded = co_await have_it_uploaded(stage, arguments, *file, with);
  if (!uploaded) co_return could_not(with, uploaded.error());
  if (!*uploaded) {
    say(with, "Nothing was uploaded: the phone goes on refusing.");
    co_return kFound;
  }

  chapter(with, 4, "It provisions itself");
  auto first = co_await stage.phone.provision_now();
  if (!first) co_return could_not(with, first.error());
  say(with, run_text(*first));
  if (!first->value("applied", false)) {
    tell_connection(*first, with);
    say(with, "The phone still refuses: what was uploaded is not what it asked for.");
    co_return kFound;
  }

  const auto url = stage.phone.snapshot()->settings.get("static.auto_provision.server.url");
  if (url != stage.provisioning_url) {
    chapter(with, 5, "It shows its certificate to a server that asks");
    auto second = co_await stage.phone.provision_now();
    if (!second) co_return could_not(with, second.error());
    tell_connection(*second, with);
    say(with, run_text(*second));
    if (!second->value("applied", false) || !showed_certificate(stage, with)) co_return kFound;
  }
  say(with, "Done: the phone is provisioned, and every step above was judged.");
  if (!arguments.once) {
    say(with, "\nThe page stays up until you press Ctrl-C:");
    tell_page(stage, with);
  }
  co_return kDone;
}

}  // namespace sealtone::app
