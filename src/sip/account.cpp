// SPDX-License-Identifier: Apache-2.0
//
// sip/account: see account.h.  How one connection lives is life.h.
#include "sip/account.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "sip/life.h"

namespace sealtone::sip {
namespace {

class Holder final : public Account {
 public:
  explicit Holder(std::shared_ptr<Life> life) : life_(std::move(life)) {}
  ~Holder() override { life_->drop(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  [[nodiscard]] const Status& status() const override { return life_->status(); }
  void reconnect() override { life_->reconnect(); }
  void answer_by(AnswerPolicy policy) override { life_->answer_by(policy); }
  void look_at_address() override { life_->look_at_address(); }
  net::Task<void> stop() override { return Life::stop(life_); }

 private:
  std::shared_ptr<Life> life_;
};

}  // namespace

std::unique_ptr<Account> Account::start(net::asio::io_context& loop, AccountOptions options,
                                        AccountEvents events, const base::Clock& clock,
                                        base::Random& random) {
  auto life = std::make_shared<Life>(loop, std::move(options), std::move(events), clock, random);
  net::asio::co_spawn(loop, Life::run(life), net::asio::detached);
  return std::make_unique<Holder>(std::move(life));
}

}  // namespace sealtone::sip
