// SPDX-License-Identifier: Apache-2.0
//
// tests/support/kamailio: see kamailio.h.
#include "support/kamailio.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "support/loopback.h"

namespace sealtone::test {
namespace {

std::string quoted_path(const std::filesystem::path& path) { return "\"" + path.string() + "\""; }

std::vector<int> children_of(int pid) {
  const auto task = std::to_string(pid);
  std::istringstream text(read_text("/proc/" + task + "/task/" + task + "/children"));
  std::vector<int> children;
  for (int child = 0; text >> child;) children.push_back(child);
  return children;
}

}  // namespace

Kamailio::Kamailio(Options options) : options_(std::move(options)) {
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    tcp_port_ = free_port();
    tls_port_ = free_port();
    if (tcp_port_ != tls_port_ && start()) return;
  }
  throw std::runtime_error("kamailio does not start: " + log());
}

std::string Kamailio::script() const {
  const auto port = [](std::uint16_t number) { return ":" + std::to_string(number) + "\n"; };
  const bool many = options_.connections > 0;
  std::string text = std::string("#!KAMAILIO\n") + (many ? "debug=-1" : "debug=2") +
                     "\nlog_stderror=yes\nchildren=1\ntcp_children=1\n"
                     "auto_aliases=no\nenable_tls=yes\nlisten=tcp:127.0.0.1" +
                     port(tcp_port_) + "listen=tls:127.0.0.1" + port(tls_port_);
  if (many) {
    // A second's rest is no reason to hang up.
    text += "tcp_connection_lifetime=3600\ntcp_max_connections=" +
            std::to_string(options_.connections) +
            "\ntls_max_connections=" + std::to_string(options_.connections) + "\n";
  }
  for (const char* module : {"tm", "sl", "rr", "pv", "usrloc", "registrar", "textops", "siputils",
                             "xlog", "auth", "path", "outbound", "uac", "tls"}) {
    text += std::string("loadmodule \"") + module + ".so\"\n";
  }
  const bool demands = !options_.client_anchors.empty();
  text += "modparam(\"auth\", \"algorithm\", \"" + options_.algorithm + "\")\n";
  text +=
      "modparam(\"registrar\", \"max_expires\", " + std::to_string(options_.max_expires) + ")\n";
  text +=
      "modparam(\"registrar\", \"min_expires\", 1)\n"
      "modparam(\"registrar\", \"outbound_mode\", 1)\n"
      "modparam(\"registrar\", \"flow_timer\", 100)\n"
      "modparam(\"uac\", \"restore_mode\", \"none\")\n"
      "modparam(\"tls\", \"tls_method\", \"TLSv1.2+\")\n";
  text +=
      "modparam(\"tls\", \"certificate\", " + quoted_path(options_.identity.certificate) + ")\n";
  text += "modparam(\"tls\", \"private_key\", " + quoted_path(options_.identity.key) + ")\n";
  if (demands)
    text += "modparam(\"tls\", \"ca_list\", " + quoted_path(options_.client_anchors) + ")\n";
  const auto* answer = demands ? "1" : "0";
  text += std::string("modparam(\"tls\", \"verify_certificate\", ") + answer +
          ")\nmodparam(\"tls\", \"require_certificate\", " + answer + ")\n";
  text +=
      "request_route {\n"
      "  xlog(\"L_NOTICE\", \"HEARD $rm from $si\\n\");\n"
      "  if (is_method(\"NOTIFY\")) {\n"
      "    if (!lookup(\"location\")) { sl_send_reply(\"404\", \"Not Found\"); exit; }\n"
      "    t_relay();\n    exit;\n  }\n"
      "  if (!is_method(\"REGISTER\")) { sl_send_reply(\"405\", \"Method Not Allowed\"); exit; }\n"
      "  if (!pv_www_authenticate(\"$td\", \"" +
      options_.password +
      "\", \"0\")) {\n"
      "    www_challenge(\"$td\", \"1\");\n    exit;\n  }\n"
      "  save(\"location\");\n"
      "  xlog(\"L_NOTICE\", \"BOUND $sel(contact.uri)\\n\");\n"
      "  xlog(\"L_NOTICE\", \"REGISTERED $tU over $proto algorithm $aa expires $hdr(Expires)\\n\");\n"
      "  if ($hdr(Expires) == \"0\") exit;\n" +
      std::string(many ? "  exit;\n" : "") +
      "  $uac_req(method) = \"OPTIONS\";\n"
      "  $uac_req(ruri) = $sel(contact.uri);\n"
      "  $uac_req(furi) = \"sip:pbx@localhost\";\n"
      "  $uac_req(turi) = $tu;\n"
      "  $uac_req(evroute) = 1;\n"
      "  uac_req_send();\n"
      "  exit;\n}\n"
      "event_route[uac:reply] { xlog(\"L_NOTICE\", \"ANSWERED $uac_req(evcode)\\n\"); }\n";
  return text;
}

bool Kamailio::start() {
  const auto at = folder_.path().string();
  const auto script_file = folder_.write("kamailio.cfg", script());
  // A connection takes about 100 KB there; what is not used is not taken from the machine.
  const auto megabytes = std::to_string(32 + options_.connections / 8);
  process_ = std::make_unique<Process>(Arguments{"/usr/sbin/kamailio", "-DD", "-E", "-f",
                                                 script_file.string(), "-Y", at, "-w", at, "-P",
                                                 at + "/pid", "-m", megabytes, "-M", "8"});
  while (process_->running()) {
    constexpr std::chrono::milliseconds kMoment{200};
    if (answers(tcp_port_, kMoment) && answers(tls_port_, kMoment) && process_->running()) {
      return true;
    }
  }
  return false;
}

std::string Kamailio::log() const {
  return process_ ? earlier_ + process_->err() + process_->out() : earlier_;
}

std::size_t Kamailio::times(std::string_view text) const {
  const auto said = log();
  std::size_t times = 0;
  for (auto at = said.find(text); at != std::string::npos; at = said.find(text, at + 1)) ++times;
  return times;
}

int Kamailio::notify(const std::string& user, const std::string& event) const {
  static std::atomic<int> number = 0;
  const auto id = std::to_string(++number);
  const int descriptor = dial_loopback(tcp_port_);
  transmit(descriptor, "NOTIFY sip:" + user +
                           "@localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK" + id +
                           ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:pbx@localhost>;tag=" + id +
                           "\r\nTo: <sip:" + user + "@localhost>\r\nCall-ID: notify" + id +
                           "\r\nCSeq: 1 NOTIFY\r\nEvent: " + event +
                           "\r\nSubscription-State: terminated\r\nContent-Length: 0\r\n\r\n");
  std::string answer;
  constexpr std::string_view begin = "SIP/2.0 ";
  for (;;) {
    const auto more = receive(descriptor);
    answer += more;
    const auto last = answer.rfind(begin);
    const auto status = last == answer.npos ? 0 : std::atoi(answer.c_str() + last + begin.size());
    if (more.empty() || (status >= 200 && answer.ends_with("\r\n\r\n"))) {
      close(descriptor);
      return status;
    }
  }
}

void Kamailio::kill() {
  const auto children = children_of(process_->pid());
  process_->signal(SIGKILL);
  for (const int child : children) ::kill(child, SIGKILL);
  process_->wait();
  earlier_ = log();
  process_.reset();
}

void Kamailio::start_again() {
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    if (start()) return;
  }
  throw std::runtime_error("kamailio does not start again: " + log());
}

}  // namespace sealtone::test
