// SPDX-License-Identifier: Apache-2.0
//
// phone/wired: the phone that Phone::open gives.
//
// Everything here runs on the loop but what is handed to the worker, which alone touches the store
// while the phone runs.  Changes take turns; each is prepared aside (contexts, listener), stored,
// and only then swapped in.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <list>
#include <nlohmann/json_fwd.hpp>
#include <set>

#include "net/own_address.h"
#include "phone/accounts.h"
#include "phone/contexts.h"
#include "phone/journal.h"
#include "phone/page.h"
#include "phone/phone.h"
#include "phone/phone_clock.h"
#include "phone/turns.h"
#include "provision/provision.h"
#include "settings/views.h"
#include "sip/pnp.h"
#include "tls/kept_chains.h"
#include "tls/recording.h"
#include "tls/sessions.h"

namespace sealtone::phone {

// Keys in any spelling; no value: back to the factory's.  bad_input names the key that cannot be
// set.
[[nodiscard]] base::Result<settings::Settings> changed_settings(
    settings::Settings settings, const std::map<std::string, std::optional<std::string>>& changes);

class Wired final : public Phone {
 public:
  Wired(net::asio::io_context& loop, Options options, const base::Clock& clock,
        base::Random& random, base::Log& log, std::unique_ptr<store::Store> store);
  ~Wired() override;
  // The rest of opening: what can fail.
  [[nodiscard]] base::Result<void> prepare();

  [[nodiscard]] admin::Api& api() override { return *api_; }
  [[nodiscard]] std::optional<std::string> one_time_password() override {
    return one_time_password_;
  }
  [[nodiscard]] base::Result<void> start() override;
  void stop() override;
  [[nodiscard]] net::Task<void> hang_up() override;
  [[nodiscard]] net::Task<void> look_again(std::shared_ptr<tls::KeyLog> key_log) override;
  [[nodiscard]] net::Task<base::Result<nlohmann::json>> apply_config(std::string name,
                                                                     std::string text) override;

  [[nodiscard]] std::shared_ptr<const store::Snapshot> snapshot() const override {
    return snapshot_;
  }
  [[nodiscard]] admin::Status status() const override;
  [[nodiscard]] net::Task<base::Result<std::vector<store::TrustedCertificate>>> add_trusted(
      std::vector<x509::Certificate> certificates, std::string origin) override;
  [[nodiscard]] net::Task<base::Result<void>> remove_trusted(std::int64_t id) override;
  [[nodiscard]] net::Task<base::Result<void>> set_credential(
      x509::DeviceCredential credential) override;
  [[nodiscard]] net::Task<base::Result<void>> clear_credential() override;
  [[nodiscard]] net::Task<base::Result<void>> undo_credential() override;
  [[nodiscard]] net::Task<base::Result<void>> forget_previous_credential() override;
  [[nodiscard]] net::Task<base::Result<std::vector<store::RevocationList>>> add_revocation_lists(
      std::vector<x509::Crl> lists, std::string origin) override;
  [[nodiscard]] net::Task<base::Result<void>> remove_revocation_list(std::int64_t id) override;
  [[nodiscard]] net::Task<std::vector<x509::Certificate>> certificates_at_hand() override;
  [[nodiscard]] net::Task<base::Result<void>> change_settings(
      std::map<std::string, std::optional<std::string>> changes) override;
  [[nodiscard]] net::Task<base::Result<nlohmann::json>> provision_now() override;
  [[nodiscard]] net::Task<base::Result<nlohmann::json>> try_provisioning(
      admin::Trial trial) override;
  [[nodiscard]] net::Task<base::Result<std::vector<store::ConnectionRow>>> connections() override;
  [[nodiscard]] net::Task<base::Result<store::ConnectionRow>> connection(std::int64_t id) override;
  [[nodiscard]] std::vector<store::ConnectionRow> recorded_connections() const override {
    return journal_.recorded();
  }
  [[nodiscard]] bool octets_kept(std::int64_t id) const override {
    return journal_.recording_of(id) != nullptr;
  }
  [[nodiscard]] net::Task<base::Result<admin::SavedOctets>> save_octets(
      admin::SaveOctets wanted) override;
  [[nodiscard]] admin::Sip sip() const override;
  [[nodiscard]] net::Task<base::Result<std::vector<store::RejectedRow>>> rejected() override;
  [[nodiscard]] net::Task<base::Result<admin::RejectedServer>> rejected(std::int64_t id) override;
  [[nodiscard]] net::Task<base::Result<void>> lower_clock_floor(std::chrono::sys_seconds to,
                                                                std::string who) override;
  [[nodiscard]] net::Task<base::Result<admin::LogIn>> log_in(std::string password,
                                                             std::string new_password) override;
  [[nodiscard]] net::Task<base::Result<std::string>> reset_password() override;
  [[nodiscard]] net::Task<base::Result<void>> aside(std::function<void()> work) override;

 private:
  using Snapshot = std::shared_ptr<const store::Snapshot>;

  // What a change needs before it is stored.
  struct Prepared {
    Contexts contexts;
    bool moves = false;                   // the page goes to another port, or away
    std::unique_ptr<net::Listener> page;  // the new place
    std::optional<std::uint16_t> port;    // that was asked for there
  };
  struct Retiring {
    std::unique_ptr<net::Listener> listener;
    net::asio::steady_timer timer;
  };

  // phone.cpp
  [[nodiscard]] base::Result<void> choose_mac();
  [[nodiscard]] base::Result<void> load_temporary();
  [[nodiscard]] base::Result<void> make_one_time_password_if_none();
  void load_last_report();
  void serve(net::Listener& listener);
  void renew_temporary();
  [[nodiscard]] std::string page_url(const std::string& address) const;
  [[nodiscard]] base::Result<std::unique_ptr<net::Listener>> listen_on(
      std::uint16_t port, const settings::Settings& settings);
  [[nodiscard]] http::Limits request_limits() const;
  [[nodiscard]] std::optional<std::uint16_t> wanted_port(const settings::Settings& settings) const;

  // changes.cpp
  // Contexts are built on the worker: of a long chain or a large key that takes its time.  The
  // caller holds the turn, so that nothing else changes meanwhile.
  [[nodiscard]] net::Task<base::Result<Prepared>> prepare_change(
      settings::Settings settings, std::optional<x509::DeviceCredential> credential);
  // Stores on the worker, then swaps in what was prepared.  The caller holds the turn.
  [[nodiscard]] net::Task<base::Result<void>> change(
      Prepared prepared, std::function<base::Result<void>(store::Store&)> job);
  void retire(std::unique_ptr<net::Listener> listener);

  // provisioning.cpp
  [[nodiscard]] net::Task<Certificates> system_roots();
  [[nodiscard]] net::Task<base::Result<Certificates>> read_system_roots();
  // app: as settings::tls_settings has it.
  [[nodiscard]] net::Task<base::Result<std::shared_ptr<const x509::AnchorSet>>> anchors(
      Snapshot snapshot, std::string_view app);
  [[nodiscard]] net::Task<base::Result<provision::Input>> run_input();
  [[nodiscard]] net::Task<base::Result<provision::Input>> trial_input(admin::Trial trial);
  // Where a run's files come from: the stored URL, one file of the admin's, or the URL that PnP was
  // told, which stays the run's own.
  struct Source {
    std::optional<std::pair<std::string, std::string>> local = {};
    std::optional<sip::PnpAnswer> told = {};
  };
  [[nodiscard]] net::Task<base::Result<nlohmann::json>> run_and_apply(Source source);
  [[nodiscard]] net::Task<base::Result<provision::Run>> run_stoppable(
      net::Task<provision::Run> run);
  // before: what the run must not have been overtaken by.
  [[nodiscard]] net::Task<void> apply(provision::Run& run, Snapshot before);
  void note_connections(const provision::Run& run, const provision::Input& input);
  void log_run(const provision::Run& run);

  // pnp.cpp
  [[nodiscard]] net::Task<void> provision_by_pnp_or_url();
  [[nodiscard]] net::Task<base::Result<sip::PnpAnswer>> ask_by_pnp();

  // sip.cpp
  [[nodiscard]] Accounts::Phone for_accounts();
  [[nodiscard]] base::Result<void> load_own_accounts();
  void follow_accounts();
  // After a change: what it means to the accounts.
  void accounts_see_change(const store::Snapshot& before);
  void watch_addresses();
  [[nodiscard]] net::Task<base::Result<sip::TlsSide>> sip_side();
  void note_attempt(const sip::Attempt& attempt);
  // One at a time and kBetweenOrders apart; what comes meanwhile is one more.
  void asked_by_registrar(sip::Answered::Do what);
  [[nodiscard]] net::Task<void> do_as_asked();
  [[nodiscard]] net::Task<void> start_anew();
  [[nodiscard]] net::Task<void> provision_as_asked();
  // Nothing of SIP and of the page is open when it returns; accounts stay away while down_.
  [[nodiscard]] net::Task<void> go_down();

  // octets.cpp
  using Chosen = std::vector<std::shared_ptr<tls::Recording>>;
  [[nodiscard]] net::Task<base::Result<Chosen>> chosen_octets(const admin::SaveOctets& wanted);

  // keeping_time.cpp
  [[nodiscard]] base::Result<void> load_floor();
  [[nodiscard]] trust::ClockFloor clock_floor() const;
  [[nodiscard]] admin::ClockStatus clock_status() const;
  // The time, or what has been at least.
  [[nodiscard]] std::chrono::sys_seconds latest_known() const;
  // By what the trusted servers of a run had signed.
  [[nodiscard]] net::Task<void> raise_floor(const provision::Run& run,
                                            std::chrono::sys_seconds now);
  [[nodiscard]] net::Task<base::Result<void>> store_floor(std::chrono::sys_seconds floor);
  // Provisioning at the start, once the clock can be relied on; reports after the limit, and goes
  // on waiting.
  [[nodiscard]] net::Task<void> provision_at_start();
  [[nodiscard]] bool waits_for_clock() const;
  // Asks the time servers for as long as the phone runs.
  [[nodiscard]] net::Task<void> keep_time();
  [[nodiscard]] net::Task<std::chrono::seconds> ask_time_servers();
  [[nodiscard]] net::Task<bool> ask_time_server(const std::string& server);
  void look_at_time_servers_again();

  net::asio::io_context& loop_;
  Options options_;
  PhoneClock clock_;
  base::Random& random_;
  base::Log& log_;
  std::unique_ptr<store::Store> store_;
  Snapshot snapshot_;
  std::unique_ptr<net::Worker> worker_;  // gone before the store is
  Journal journal_;
  Visitors visitors_;
  Turns turns_;
  std::unique_ptr<admin::Api> api_;

  std::vector<std::string> addresses_;  // of the page
  x509::DeviceCredential temporary_;
  Contexts contexts_;
  Certificates system_roots_;  // null until they are wanted
  // By the list that was chosen; empty after each change.
  std::map<settings::TrustList, std::shared_ptr<const x509::AnchorSet>> anchors_;
  // Of provisioning servers; what a session was made under decides whether it is used.
  const std::shared_ptr<tls::SessionCache> sessions_ = std::make_shared<tls::SessionCache>();
  const std::shared_ptr<tls::KeptChains> kept_chains_ = std::make_shared<tls::KeptChains>();
  const std::shared_ptr<tls::Recordings> recordings_;  // of all services
  OwnAccounts own_accounts_;
  Accounts accounts_;
  std::unique_ptr<net::AddressWatch> address_watch_;      // null: the system tells nothing
  sip::Answered::Do asked_ = sip::Answered::Do::nothing;  // by a registrar, and not done yet
  bool does_as_asked_ = false;
  net::asio::steady_timer next_order_;
  bool started_ = false, down_ = false, leaving_ = false;  // leaving: it does not come up again
  std::unique_ptr<net::Listener> page_, socket_;
  http::BodyBudget page_bodies_, socket_bodies_;
  std::optional<std::uint16_t> page_port_;  // as it was asked for; absent: no page
  std::list<Retiring> retiring_;

  std::shared_ptr<bool> provisioning_ = std::make_shared<bool>(false);
  net::asio::cancellation_signal stop_provisioning_;
  std::string last_summary_;
  std::optional<std::chrono::sys_seconds> last_at_;
  std::string waits_;                      // for the clock: a sentence
  net::asio::steady_timer look_at_clock_;  // while it is waited for
  net::asio::steady_timer next_question_;  // to the time servers
  net::asio::cancellation_signal stop_asking_, stop_pnp_;
  std::string time_server_says_;
  std::set<std::string> unwanted_;  // time servers that do not want to be asked
  int unanswered_ = 0;              // questions in a row
  bool time_settings_changed_ = false;
  std::shared_ptr<int> log_ins_ = std::make_shared<int>(0);  // that wait for scrypt
  std::optional<std::string> one_time_password_;
};

}  // namespace sealtone::phone
