// SPDX-License-Identifier: Apache-2.0
//
// admin/control: what the page and the command line may ask of a phone; phone implements it.
//
// Every call runs on the loop; what blocks goes to the phone's worker.  Errors are the store's and
// say why in words for the admin.  After a change returns, new connections follow it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "explain/spoken.h"
#include "net/net.h"
#include "store/store.h"
#include "trust/issuer_choice.h"

namespace sealtone::admin {

// What the phone's clock says, and what it cannot honestly say.
struct ClockStatus {
  std::chrono::sys_seconds now{}, floor{};
  std::chrono::sys_seconds built{};  // the floor is never below it
  bool unset = false;                // now lies before the floor
  bool by_time_server = false;       // now is what a time server told
  std::string policy = "wait";       // or "use-floor"
  std::string waits;                 // what the phone waits for, a sentence; empty: for nothing
  std::string time_server;           // what came of asking one last, a sentence; empty: not asked
};

struct Status {
  std::string version, mac;
  std::vector<std::string> page_urls;      // "https://127.0.0.1:8443/"; empty when not listening
  x509::Certificate page_certificate;      // what the page shows now
  bool page_certificate_temporary = true;  // self-made; never used as client certificate
  std::string provisioning_summary;        // of the last run; empty if there was none
  std::optional<std::chrono::sys_seconds> provisioning_at;
  ClockStatus clock = {};
};

// A server that was refused, judged again today.
struct RejectedServer {
  store::RejectedRow row;
  std::vector<x509::Certificate> chain;  // as far as it can be read
  trust::Verdict verdict;                // not established: its own certificate cannot be read
  // What to trust, so that it is trusted; absent: nothing that could be trusted would change it.
  std::optional<trust::IssuerChoice> choice;
  bool list_counts = true;  // whether the uploaded certificates count at all
};

// A provisioning run to be tried: nothing of it is applied or kept.
struct Trial {
  std::string url;
  std::string mac;             // empty: the phone's own
  std::string user, password;  // no user: the phone's own, if the URL is on its server
};

// One SIP account as it stands.
struct SipAccount {
  int number = 0;
  std::string label;
  std::string address;  // "sip:201@sip.example.com"
  // off, waiting-for-permission, registering, registered, refused or failed
  std::string state;
  std::string says;  // why, until when, and the next step
  // Where it ended: settings, dns, tcp, tls, sip or authentication; empty: nowhere
  std::string reason;
  int status = 0;           // of the server's answer, as "403"; 0: there was none
  std::string server;       // "sip.example.com:5061", and the address that was connected to
  std::string transport;    // "TLS", "TCP"
  std::string tls_version;  // "TLS 1.3"; empty without a TLS connection
  std::optional<trust::Decision> decision = {};        // about the server's certificate
  std::vector<trust::FindingCode> findings = {};       // gravest first
  std::optional<std::chrono::sys_seconds> until = {};  // registered
  std::optional<std::chrono::sys_seconds> next_try = {};
  int waiting_messages = 0;
  explain::Conversation spoken = {};  // over the newest connection
};
// What became of accounts, the newest last.
struct SipEvent {
  std::chrono::sys_seconds at;
  int account = 0;
  std::string says;
};
struct Sip {
  std::vector<SipAccount> accounts;
  std::vector<SipEvent> events;
  bool register_fetched = false;  // accounts that came with a fetched file may register
};

// Connections as a capture file (pcapng): one by its number, or all whose octets are kept.
struct SaveOctets {
  std::optional<std::int64_t> connection;
  bool with_keys = false;  // the file then opens what is encrypted in it; goes to the log
  std::string who;         // for the log
};
struct SavedOctets {
  std::string file;
  std::string says;  // ASCII: what it holds, where it is cut, what to heed
};

// Why a log-in was refused, or that it was not.
enum class LogIn { accepted, wrong, choose_password };

class PhoneControl {
 public:
  virtual ~PhoneControl() = default;
  [[nodiscard]] virtual std::shared_ptr<const store::Snapshot> snapshot() const = 0;
  [[nodiscard]] virtual Status status() const = 0;

  // All of them or none; exists only if every one is in the list already.
  [[nodiscard]] virtual net::Task<base::Result<std::vector<store::TrustedCertificate>>> add_trusted(
      std::vector<x509::Certificate> certificates, std::string origin) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> remove_trusted(std::int64_t id) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> set_credential(
      x509::DeviceCredential credential) = 0;
  // What is not shown any more becomes the previous one.
  [[nodiscard]] virtual net::Task<base::Result<void>> clear_credential() = 0;
  // Server certificate and previous one change places; not_found: there is neither.
  [[nodiscard]] virtual net::Task<base::Result<void>> undo_credential() = 0;
  // The previous one is gone for good; not_found: there is none.
  [[nodiscard]] virtual net::Task<base::Result<void>> forget_previous_credential() = 0;

  // All of them or none; an older one of the same issuer and scope goes.
  [[nodiscard]] virtual net::Task<base::Result<std::vector<store::RevocationList>>>
  add_revocation_lists(std::vector<x509::Crl> lists, std::string origin) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> remove_revocation_list(std::int64_t id) = 0;
  // Certificates by which it can be told whose lists these are: the uploaded ones and this
  // computer's roots.
  [[nodiscard]] virtual net::Task<std::vector<x509::Certificate>> certificates_at_hand() = 0;

  // Keys in any spelling; no value: back to the factory's.  All of them or none; bad_input names
  // the key.
  [[nodiscard]] virtual net::Task<base::Result<void>> change_settings(
      std::map<std::string, std::optional<std::string>> changes) = 0;

  // Fetches, checks, applies; the report as JSON (provision documents it).  busy: a run is under
  // way.
  [[nodiscard]] virtual net::Task<base::Result<nlohmann::json>> provision_now() = 0;
  // Fetches and checks all of a run, with this phone's list, settings and certificate; the report
  // with what would change.
  [[nodiscard]] virtual net::Task<base::Result<nlohmann::json>> try_provisioning(Trial trial) = 0;

  [[nodiscard]] virtual net::Task<base::Result<std::vector<store::ConnectionRow>>>
  connections() = 0;
  [[nodiscard]] virtual net::Task<base::Result<store::ConnectionRow>> connection(
      std::int64_t id) = 0;
  // Those whose octets are kept, the newest first, also where a later one of the same peer took
  // their place in the list.
  [[nodiscard]] virtual std::vector<store::ConnectionRow> recorded_connections() const = 0;
  // Whether what went over the wire is still in memory.
  [[nodiscard]] virtual bool octets_kept(std::int64_t id) const = 0;
  // not_found: there is no such connection, or its octets are not kept any more.
  [[nodiscard]] virtual net::Task<base::Result<SavedOctets>> save_octets(SaveOctets wanted) = 0;

  [[nodiscard]] virtual Sip sip() const = 0;

  // Without their certificates, last refused first.
  [[nodiscard]] virtual net::Task<base::Result<std::vector<store::RejectedRow>>> rejected() = 0;
  [[nodiscard]] virtual net::Task<base::Result<RejectedServer>> rejected(std::int64_t id) = 0;

  // bad_input: before the program was built, or above the floor there is.  who: for the log.
  [[nodiscard]] virtual net::Task<base::Result<void>> lower_clock_floor(std::chrono::sys_seconds to,
                                                                        std::string who) = 0;

  // The one-time password of the first start (or of reset_password) opens nothing by itself: it is
  // exchanged for a password of the admin's own (choose_password until new_password comes with it).
  [[nodiscard]] virtual net::Task<base::Result<LogIn>> log_in(std::string password,
                                                              std::string new_password) = 0;
  [[nodiscard]] virtual net::Task<base::Result<std::string>> reset_password() = 0;

  // Runs what takes long on the worker, so that the loop goes on meanwhile; what it uses has to
  // last until then.  busy: too much waits there.
  [[nodiscard]] virtual net::Task<base::Result<void>> aside(std::function<void()> work) = 0;
};

// The same with what the work gives.
template <typename T>
net::Task<base::Result<T>> aside(PhoneControl& phone, std::function<base::Result<T>()> work) {
  std::optional<base::Result<T>> result;
  std::function<void()> run = [&result, &work] { result.emplace(work()); };
  const auto done = co_await phone.aside(std::move(run));
  if (!done) co_return std::unexpected(done.error());
  co_return std::move(*result);
}

}  // namespace sealtone::admin
