// SPDX-License-Identifier: Apache-2.0
//
// net/worker: jobs that block, one after the other on a thread of their own.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "net/net.h"

namespace sealtone::net {

Worker::Worker(asio::io_context&, std::size_t queue_limit)
    : queue_limit_(queue_limit), queued_(std::make_shared<std::size_t>(0)) {}

// What was accepted is done: a commit that somebody waits for is not dropped.
Worker::~Worker() { pool_.join(); }

Task<base::Result<void>> Worker::run_erased(std::function<void()> job) {
  if (*queued_ >= queue_limit_) {
    co_return base::fail(base::ErrorCode::busy, "", "too much is waiting to be done already");
  }
  struct Ticket {
    explicit Ticket(const asio::any_io_executor& executor)
        : done(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer done;
    std::exception_ptr thrown;
  };
  const auto executor = co_await asio::this_coro::executor;
  const auto ticket = std::make_shared<Ticket>(executor);
  ++*queued_;
  auto work = [ticket, executor, queued = queued_, job = std::move(job)] {
    try {
      job();
    } catch (...) {
      ticket->thrown = std::current_exception();
    }
    asio::post(executor, [ticket, queued] {
      --*queued;
      ticket->done.cancel();
    });
  };
  asio::post(pool_, std::move(work));
  boost::system::error_code woken;
  // The job uses what stands in the caller's frame, so nobody may cut this wait short: a slot that
  // no signal reaches.
  auto token = asio::bind_cancellation_slot(asio::cancellation_slot(),
                                            asio::redirect_error(asio::use_awaitable, woken));
  co_await ticket->done.async_wait(token);
  if (!ticket->thrown) co_return base::Result<void>{};
  std::string why;
  try {
    std::rethrow_exception(ticket->thrown);
  } catch (const std::exception& exception) {
    why = exception.what();
  } catch (...) {
    why = "something unknown was thrown";
  }
  co_return base::fail(base::ErrorCode::internal, "worker", why);
}

}  // namespace sealtone::net
