// SPDX-License-Identifier: Apache-2.0
//
// sip/flow: see flow.h.
#include "sip/flow.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>
#include <utility>

#include "base/bytes.h"
#include "base/url.h"
#include "sip/framing.h"
#include "sip/transactions.h"

namespace sealtone::sip {
namespace {

using base::ErrorCode;
using boost::system::error_code;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kReadOctets = 512;   // each connection holds as many, and few need more
constexpr milliseconds kLastWords{1'000};  // for what waits to be written when we close
constexpr int kServiceUnavailable = 503;
constexpr std::string_view kPing = "\r\n\r\n", kPong = "\r\n";

class Running final : public std::enable_shared_from_this<Running> {
 public:
  Running(net::asio::any_io_executor loop, std::shared_ptr<net::ByteStream> stream,
          Flow::Limits limits, Flow::Events events)
      : loop_(std::move(loop)),
        stream_(std::move(stream)),
        limits_(limits),
        events_(std::make_shared<const Flow::Events>(std::move(events))),
        ping_(loop_),
        pong_(loop_),
        whole_(loop_),
        pause_(loop_),
        second_began_(SteadyClock::now()) {
    const auto peer = stream_->peer();  // "local" of a Unix socket
    auto source = base::parse_host_port(peer, "sip");
    if (source && peer.find(':') != std::string::npos) source_ = *std::move(source);
  }

  void start() { net::asio::co_spawn(loop_, read(shared_from_this()), net::asio::detached); }

  // Nobody listens any more, and the loop itself may be going.
  void drop() {
    events_.reset();
    polite_ = false;
    if (!ended_) note_end({ErrorCode::closed, stream_->peer(), "it was closed here"});
    stream_->close();
  }
  void close() { end({ErrorCode::closed, stream_->peer(), "it was closed here"}, Goodbye::yes); }
  [[nodiscard]] bool open() const { return !ended_; }
  [[nodiscard]] const Flow::Counts& counts() const { return counts_; }
  [[nodiscard]] bool pong_seen() const { return pong_seen_; }

  net::Task<base::Result<Message>> request(std::shared_ptr<Running> /*self*/, Message message) {
    if (ended_) co_return std::unexpected(*ended_);
    not_read_.clear();  // what came before it was asked has nothing to do with its answer
    auto opened = transactions_.open(loop_, message, limits_.transaction);
    if (!opened) co_return std::unexpected(opened.error());
    const auto transaction = *opened;
    if (auto sent = send(message); !sent) {
      transactions_.close(transaction);
      co_return std::unexpected(sent.error());
    }
    error_code woken;
    auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
    if (!ended_) co_await transaction->timer.async_wait(token);
    transactions_.close(transaction);
    if (transaction->response) co_return std::move(*transaction->response);
    if (ended_) {
      auto why = *ended_;
      why.detail += not_read_;
      co_return std::unexpected(std::move(why));
    }
    co_return base::fail(ErrorCode::timeout, stream_->peer(),
                         "no answer to " + message.method + " came in time" + not_read_);
  }

  void keep_alive(milliseconds interval, bool answered) {
    interval_ = interval;
    pings_are_answered_ = answered;
    ping_.cancel();
    if (interval > milliseconds(0) && !ended_) ping_later();
  }

 private:
  enum class Goodbye { yes, no };

  // Weak: a timer keeps nothing alive.
  template <typename Then>
  void after(net::asio::steady_timer& timer, milliseconds wait, Then then) {
    timer.expires_after(wait);
    const std::weak_ptr<Running> weak = weak_from_this();
    timer.async_wait([weak, then = std::move(then)](const error_code& cancelled) {
      const auto self = weak.lock();
      if (self && !cancelled && !self->ended_) then(*self);
    });
  }

  void ping_later() {
    after(ping_, interval_, [](Running& self) {
      self.put(std::string(kPing));
      self.framer_.pinged();
      // RFC 5626 §4.4.1: "If a pong is not received within 10 seconds after sending a ping … then
      // the client MUST treat the flow as failed."
      const bool waits = self.pings_are_answered_ || self.pong_seen_;
      if (waits && !self.waits_for_pong_) {
        self.waits_for_pong_ = true;
        self.after(self.pong_, self.limits_.pong, [](Running& late) {
          late.end(
              {ErrorCode::timeout, late.stream_->peer(), "a keep-alive was not answered in time"},
              Goodbye::no);
        });
      }
      self.ping_later();
    });
  }

  void note_end(base::Error why) {
    ended_ = std::move(why);
    for (auto* timer : {&ping_, &pong_, &whole_, &pause_}) timer->cancel();
    transactions_.end();
  }

  void end(base::Error why, Goodbye goodbye) {
    if (ended_) return;
    note_end(std::move(why));
    polite_ = goodbye == Goodbye::yes;
    if (!polite_) stream_->close();
    net::asio::co_spawn(loop_, leave(shared_from_this()), net::asio::detached);
  }

  static net::Task<void> leave(std::shared_ptr<Running> self) {
    error_code woken;
    auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
    self->pause_.expires_after(kLastWords);
    if (self->polite_ && self->writes_) co_await self->pause_.async_wait(token);
    // Who does not read what waits to be written does not read a goodbye either.
    if (self->polite_ && !self->writes_) {
      auto leaving = self->stream_->shutdown();
      co_await std::move(leaving);
    }
    self->stream_->close();
    const auto events = std::exchange(self->events_, nullptr);
    if (events && events->ended) events->ended(*self->ended_);
  }

  static net::Task<void> read(std::shared_ptr<Running> self) {
    std::array<std::uint8_t, kReadOctets> buffer{};
    while (!self->ended_) {
      auto reading = self->stream_->read_some(buffer);
      const auto got = co_await std::move(reading);
      if (self->ended_) break;
      if (!got) {
        self->end(got.error(), Goodbye::no);
        break;
      }
      if (*got == 0) {
        self->end({ErrorCode::closed, self->stream_->peer(), "the other side ended the connection"},
                  Goodbye::yes);
        break;
      }
      self->framer_.feed(base::text(base::ByteView(buffer).first(*got)));
      auto taking = self->take_frames();
      co_await std::move(taking);
    }
  }

  net::Task<void> take_frames() {
    for (;;) {
      auto frame = framer_.next();
      if (!frame) {
        end(std::move(frame.error()), Goodbye::no);
        co_return;
      }
      if (!*frame) break;
      take(**frame);
      if (ended_) co_return;
      if (too_fast()) {
        error_code woken;
        auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
        pause_.expires_at(second_began_ + limits_.second);
        co_await pause_.async_wait(token);
        if (ended_) co_return;
      }
    }
    watch_for_the_rest(framer_.in_message());
  }

  // A peer that begins a message and does not end it is not waited for.
  void watch_for_the_rest(bool in_message) {
    if (in_message == in_message_) return;
    in_message_ = in_message;
    whole_.cancel();
    if (!in_message) return;
    after(whole_, limits_.message, [](Running& self) {
      self.end(
          {ErrorCode::timeout, self.stream_->peer(), "a message was begun and not ended in time"},
          Goodbye::no);
    });
  }

  void begin_second() {
    const auto now = SteadyClock::now();
    if (now - second_began_ < limits_.second) return;
    second_began_ = now;
    frames_ = requests_ = 0;
  }
  [[nodiscard]] bool too_fast() const { return frames_ >= limits_.frames_a_second; }

  void take(const Frame& frame) {
    in_message_ = false;
    whole_.cancel();
    begin_second();
    ++frames_;
    switch (frame.kind) {
      case Frame::Kind::ping: put(std::string(kPong)); return;
      case Frame::Kind::pong:
        pong_seen_ = true;
        waits_for_pong_ = false;
        pong_.cancel();
        return;
      case Frame::Kind::message: break;
    }
    auto message = parse(frame.octets);
    if (!message) return not_read(frame.octets, message.error());
    see(false, *message);
    if (ended_) return;
    if (message->is_request()) return answer(*std::move(message));
    if (transactions_.take(*std::move(message))) return;
    ++counts_.passed_over;
    not_read_ = "; an answer that came belongs to nothing that was asked";
  }

  void not_read(std::string_view octets, const base::Error& why) {
    ++counts_.passed_over;
    not_read_ = "; a message that came could not be read: " + why.detail;
    if (++requests_ > limits_.requests_a_second) return;
    const auto events = events_;
    if (!events || !events->unreadable) return;
    const auto response = events->unreadable(octets, why);
    if (response && !ended_ && !send(*response)) ++counts_.passed_over;
  }

  void answer(Message request) {
    if (source_) mark_source(request, source_->host, source_->port);
    std::optional<Message> response;
    if (++requests_ > limits_.requests_a_second) {
      ++counts_.refused;
      if (request.method == "ACK") return;
      response = response_to(request, kServiceUnavailable, "Service Unavailable", "flood");
      response->add("Retry-After", "1");
    } else if (const auto events = events_; events && events->request) {
      response = events->request(request);
    }
    if (!response || ended_) return;
    // A response that cannot be written is of a request that could not be answered.
    if (!send(*response)) ++counts_.passed_over;
  }

  // The events are held: who is told may let go of the flow.
  void see(bool sent, const Message& message) const {
    if (const auto events = events_; events && events->seen) events->seen(sent, message);
  }

  base::Result<void> send(const Message& message) {
    auto octets = write(message);
    if (!octets) return std::unexpected(octets.error());
    see(true, message);
    put(*std::move(octets));
    if (ended_) return std::unexpected(*ended_);
    return {};
  }

  void put(std::string octets) {
    if (ended_) return;
    waiting_ += octets.size();
    if (waiting_ > limits_.waiting_octets) {
      end({ErrorCode::too_large, stream_->peer(), "the other side does not read what it is sent"},
          Goodbye::no);
      return;
    }
    out_.push_back(std::move(octets));
    if (writes_) return;
    writes_ = true;
    net::asio::co_spawn(loop_, write_out(shared_from_this()), net::asio::detached);
  }

  static net::Task<void> write_out(std::shared_ptr<Running> self) {
    while (!self->out_.empty() && (!self->ended_ || self->polite_)) {
      const auto octets = std::move(self->out_.front());
      self->out_.pop_front();
      auto writing = net::write_all(*self->stream_, base::view(octets));
      auto written = co_await std::move(writing);
      self->waiting_ -= octets.size();
      if (written) continue;
      self->polite_ = false;
      self->end(std::move(written.error()), Goodbye::no);
    }
    self->writes_ = false;
    if (self->ended_) self->pause_.cancel();
  }

  net::asio::any_io_executor loop_;
  std::shared_ptr<net::ByteStream> stream_;
  Flow::Limits limits_;
  std::shared_ptr<const Flow::Events> events_;
  std::optional<base::Url> source_;  // where the peer's requests come from
  Framer framer_;
  Transactions transactions_;
  std::list<std::string> out_;  // a deque holds half a kilobyte while it is empty
  std::size_t waiting_ = 0;
  bool writes_ = false;
  std::optional<base::Error> ended_;
  bool polite_ = false;  // it was ended with a goodbye
  net::asio::steady_timer ping_, pong_, whole_;
  net::asio::steady_timer pause_;  // of a flood; at the end, for the last words
  milliseconds interval_{0};
  bool pings_are_answered_ = false;
  bool pong_seen_ = false;
  bool waits_for_pong_ = false;
  bool in_message_ = false;
  SteadyClock::time_point second_began_;
  int frames_ = 0, requests_ = 0;
  std::string not_read_;
  Flow::Counts counts_;
};

class Held final : public Flow {
 public:
  explicit Held(std::shared_ptr<Running> running) : running_(std::move(running)) {}
  ~Held() override { running_->drop(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  net::Task<base::Result<Message>> request(Message message) override {
    return running_->request(running_, std::move(message));
  }
  void keep_alive(milliseconds interval, bool answered) override {
    running_->keep_alive(interval, answered);
  }
  void close() override { running_->close(); }
  [[nodiscard]] bool open() const override { return running_->open(); }
  [[nodiscard]] const Counts& counts() const override { return running_->counts(); }
  [[nodiscard]] bool pong_seen() const override { return running_->pong_seen(); }

 private:
  std::shared_ptr<Running> running_;
};

}  // namespace

std::unique_ptr<Flow> Flow::start(net::asio::any_io_executor loop,
                                  std::shared_ptr<net::ByteStream> stream, Limits limits,
                                  Events events) {
  auto running =
      std::make_shared<Running>(std::move(loop), std::move(stream), limits, std::move(events));
  running->start();
  return std::make_unique<Held>(std::move(running));
}

}  // namespace sealtone::sip
