// SPDX-License-Identifier: Apache-2.0
//
// sip/life: what an account does from its start to its end.
//
// Included by account.cpp and life.cpp only.  run() is one coroutine that tries, stays and waits;
// everything else sets a flag and wakes it.  What was needed to get registered is gone while it
// stays so, for that is where thousands of accounts spend their time.  Nothing of clock, randomness
// or events is touched once it was dropped.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "sip/account.h"
#include "sip/causes.h"

namespace sealtone::sip {

class Life : public std::enable_shared_from_this<Life> {
 public:
  Life(net::asio::io_context& loop, AccountOptions options, AccountEvents events,
       const base::Clock& clock, base::Random& random);
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;

  static net::Task<void> run(std::shared_ptr<Life> self);
  static net::Task<void> stop(std::shared_ptr<Life> self);
  void reconnect();
  void answer_by(AnswerPolicy policy) { options_.answers = policy; }
  void look_at_address();
  void drop();
  [[nodiscard]] const Status& status() const { return status_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  // The connection that is open.
  struct Live {
    std::shared_ptr<tls::TlsStream> secured;  // null without TLS
    Here here = {};
    Attempt attempt = {};
    Invites invites = {};
    bool registered = false;
    bool leaving = false;  // it is un-registered
    std::unique_ptr<Flow> flow = {};
    std::optional<base::Error> ended = {};
  };
  using Outcome = std::variant<Registered, Tried>;
  // What a try came to: registered over that connection, or, where that is null, not.
  struct Reached {
    std::shared_ptr<Live> live = {};
    Registered registered = {};
    Tried tried = {};
  };

  // One server, with its redirects; one place, with its addresses; one address.
  // before: what the registration before came to, which may have been redirected elsewhere.
  [[nodiscard]] net::Task<Reached> try_server(std::size_t index, Tried before);
  [[nodiscard]] net::Task<Reached> try_place(Whom whom);
  [[nodiscard]] net::Task<Reached> try_address(Whom whom, Hop hop, net::asio::ip::address address);
  [[nodiscard]] net::Task<Reached> converse(std::shared_ptr<Live> live, Whom whom);
  [[nodiscard]] net::Task<Outcome> register_now(std::shared_ptr<Live> live);
  // Until the registration or the connection is at its end, or somebody interrupts.
  [[nodiscard]] net::Task<Tried> stay(std::shared_ptr<Live> live, Registered registered);
  [[nodiscard]] net::Task<void> end(std::shared_ptr<Live> live);
  [[nodiscard]] net::Task<void> say_goodbye(std::shared_ptr<Live> live);
  [[nodiscard]] net::Task<bool> still_trusted(std::shared_ptr<Live> live);

  [[nodiscard]] std::shared_ptr<Live> open(const Whom& whom, Dialled dialled);
  [[nodiscard]] std::optional<Message> answer(Live& live, const Message& request);
  void ended(Live& live, const base::Error& why);
  void tell(const Attempt& attempt);
  // Whether what is under way is to be given up.
  [[nodiscard]] bool interrupted() const { return dropped_ || leaving_ || reconnect_; }
  [[nodiscard]] bool has_lasted(SteadyTime since) const;
  void interrupt();
  [[nodiscard]] std::chrono::milliseconds wait_after(const Tried& tried);

  void show_trying(const std::string& server, std::chrono::milliseconds wait);
  void show_registered(const Live& live, std::chrono::seconds expires);
  void show_lapsed(std::chrono::milliseconds wait);
  void show_failed(const Cause& cause, std::optional<std::chrono::milliseconds> wait);
  void show_off();
  void changed();

  // Until the time is up, somebody interrupts, or that connection ended.
  [[nodiscard]] net::Task<void> pause(std::chrono::milliseconds wait,
                                      std::shared_ptr<Live> live = nullptr);
  void wake() { wake_.cancel(); }
  [[nodiscard]] std::uint32_t random_word();

  net::asio::io_context& loop_;
  AccountOptions options_;
  AccountEvents events_;
  const base::Clock& clock_;
  base::Random& random_;
  std::string tag_;
  Registration registration_;
  net::asio::steady_timer wake_, done_;
  std::weak_ptr<Live> live_;
  Status status_;
  std::vector<SteadyTime> not_before_;  // of each server: Retry-After
  std::size_t at_ = 0;                  // which server
  int tries_ = 0;                       // at it, in a row
  int failures_ = 0;                    // in a row, at all of them
  int attempts_ = 0;
  bool reconnect_ = false, leaving_ = false, dropped_ = false, finished_ = false;
};

}  // namespace sealtone::sip
