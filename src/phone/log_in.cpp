// SPDX-License-Identifier: Apache-2.0
//
// phone/log_in: the admin's password: the one-time one, the admin's own, and a new one-time one.
#include "phone/password.h"
#include "phone/values.h"
#include "phone/wired.h"

namespace sealtone::phone {
namespace {

using admin::LogIn;
using base::Result;

// scrypt takes 36 ms and 16 MB each: more that wait would only wait longer.
constexpr int kMaxWaiting = 4;

class Waiting {
 public:
  explicit Waiting(std::shared_ptr<int> count) : count_(std::move(count)) { ++*count_; }
  ~Waiting() { --*count_; }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::shared_ptr<int> count_;
};

struct Attempt {
  std::string password, new_password;
  base::Bytes new_salt;
};

Result<LogIn> try_log_in(store::Store& store, const Attempt& attempt) {
  const auto kept = store.value(kPasswordValue);
  if (!kept) return std::unexpected(kept.error());
  if (!*kept) return LogIn::wrong;  // never started: there is no password yet
  const auto record = password_from_text(**kept);
  if (!record) return std::unexpected(record.error());
  const auto fits = matches(*record, attempt.password);
  if (!fits) return std::unexpected(fits.error());
  if (!*fits) return LogIn::wrong;
  if (attempt.new_password.empty()) {
    return record->one_time ? LogIn::choose_password : LogIn::accepted;
  }

  if (auto good = check_new_password(attempt.new_password); !good) {
    return std::unexpected(good.error());
  }
  if (attempt.new_password == attempt.password) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "choose another password than the one before");
  }
  const auto own = hash_password(attempt.new_password, attempt.new_salt, false);
  if (!own) return std::unexpected(own.error());
  if (auto stored = store.set_value(kPasswordValue, to_text(*own)); !stored) {
    return std::unexpected(stored.error());
  }
  return LogIn::accepted;
}

}  // namespace

net::Task<Result<LogIn>> Wired::log_in(std::string password, std::string new_password) {
  if (*log_ins_ >= kMaxWaiting) {
    co_return base::fail(base::ErrorCode::busy, "",
                         "several others are logging in at this moment; try again in a second");
  }
  const Waiting waiting(log_ins_);
  const bool chooses = !new_password.empty();
  Attempt attempt{std::move(password), std::move(new_password), make_salt(random_)};
  auto& store = *store_;
  std::function<Result<LogIn>()> job = [&store, attempt = std::move(attempt)] {
    return try_log_in(store, attempt);
  };
  auto result = co_await worker_->run<LogIn>(std::move(job));
  if (result && *result == LogIn::accepted && chooses) one_time_password_.reset();
  co_return result;
}

net::Task<Result<std::string>> Wired::reset_password() {
  auto password = make_one_time_password(random_);
  auto salt = make_salt(random_);
  auto& store = *store_;
  std::function<Result<std::string>()> job = [&store, password, salt]() -> Result<std::string> {
    const auto record = hash_password(password, salt, true);
    if (!record) return std::unexpected(record.error());
    if (auto stored = store.set_value(kPasswordValue, to_text(*record)); !stored) {
      return std::unexpected(stored.error());
    }
    return password;
  };
  auto made = co_await worker_->run<std::string>(std::move(job));
  if (made) one_time_password_.reset();
  co_return made;
}

}  // namespace sealtone::phone
