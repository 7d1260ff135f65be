// SPDX-License-Identifier: Apache-2.0
//
// phone/journal: see journal.h.
#include "phone/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/explain.h"
#include "explain/wording.h"
#include "x509/ocsp.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;

constexpr std::chrono::milliseconds kRest{500};
constexpr std::size_t kMostBefore = 32;
constexpr std::size_t kMostRecordBytes = 4'000'000;

struct Line {
  base::LogLevel level;
  std::string text;
  store::ConnectionRow row = {};  // with the number that it was stored under
};

explain::Context words_for(const Entry& entry) {
  explain::Context context;
  context.server = entry.server;
  context.target = entry.target;
  context.now = entry.at;
  if (entry.at_hand) context.at_hand = *entry.at_hand;
  if (!entry.list_name.empty()) context.list_name = entry.list_name;
  return context;
}

// A browser that comes and goes is no news; one that cannot come, and every server, is.
base::LogLevel level_of(const Entry& entry) {
  const bool page = entry.record.role == handshake::Role::server;
  return page && entry.record.handshake_done ? base::LogLevel::debug : base::LogLevel::info;
}

// What was shown, as far as is kept of one server.
std::vector<base::Bytes> shown_by(const handshake::HandshakeRecord& record) {
  std::vector<base::Bytes> chain;
  std::size_t octets = 0;
  for (const auto& certificate : record.known_server_chain()) {
    octets += certificate.size();
    if (chain.size() == store::kMaxRejectedChain || octets > store::kMaxChainBytes) break;
    chain.push_back(certificate);
  }
  return chain;
}

// What it sent along of OCSP.  Up to TLS 1.2 that comes behind the certificates, and a server that
// is refused for these does not get that far; an answer that is too large counts as little as none.
std::optional<base::Bytes> answer_of(const handshake::HandshakeRecord& record) {
  const auto& answer = record.stapled_ocsp;
  if (answer.size() > x509::kMaxOcspBytes) return base::Bytes();
  const bool came_to_it =
      record.version().value_or(0) >= base::kTls13 ||
      std::ranges::find(record.messages, handshake::HandshakeType::server_hello_done,
                        &handshake::Message::type) != record.messages.end();
  return answer.empty() && !came_to_it ? std::nullopt : std::optional(answer);
}

// Of servers alone: who comes to the page is no server to be trusted.
store::Standing standing_of(const Entry& entry) {
  if (entry.record.role != handshake::Role::client) return {};
  if (entry.verdict.accepted()) return {.accepted = true};
  if (entry.verdict.decision != trust::Decision::untrusted) return {};
  return {.refused = shown_by(entry.record), .ocsp_answer = answer_of(entry.record)};
}

Line write(store::Store& store, const Entry& entry) {
  const auto context = words_for(entry);
  const auto words = explain::explain(entry.verdict, entry.record, context);
  auto json = explain::to_json(words, entry.verdict, entry.record, context);
  if (!entry.spoken.said.empty()) {
    json["handshake"]["sip"] = explain::to_json(explain::dialogue(entry.spoken));
  }
  store::ConnectionRow row;
  row.service = entry.service;
  row.server = entry.server;
  row.role = entry.record.role == handshake::Role::client ? "client" : "server";
  row.at = entry.at;
  if (words.decision) row.decision = trust::word(*words.decision);
  row.headline = words.headline;
  row.json = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const auto written = store.put_connection(row, standing_of(entry));
  if (!written) {
    return {base::LogLevel::warning,
            "a connection's record was not stored: " + base::to_string(written.error())};
  }
  row.id = *written;
  return {level_of(entry), entry.service + ": " + explain::to_log_line(words, context),
          std::move(row)};
}

std::string left_out_words(const Entry& newest, std::size_t left_out) {
  constexpr std::size_t longest_name = 260;  // a host name of 253 octets and its port
  return fmt::format(
      "{}: {} of the connections with {} came faster than they can be written, and are left out; "
      "the newest are there",
      newest.service, left_out, explain::ascii(base::visible(newest.server, longest_name)));
}

}  // namespace

std::string with_spoken(const std::string& json, const explain::Conversation& spoken) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("handshake") || !parsed["handshake"].is_object()) {
    return json;
  }
  parsed["handshake"]["sip"] = explain::to_json(explain::dialogue(spoken));
  return parsed.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Journal::Journal(asio::io_context& loop, net::Worker& worker, store::Store& store, base::Log& log)
    : loop_(loop), worker_(worker), store_(store), log_(log), rest_(loop) {}

void Journal::note(Entry entry) {
  Key key{entry.service, entry.server, entry.record.role};
  // The store keeps no more than that either.
  if (waiting_.size() >= store::kMaxConnections && !waiting_.contains(key)) return;
  auto& of_one = waiting_[std::move(key)].entries;
  // Of one that a later one follows nothing would be left, unless its octets are; the same one may
  // be known better by now.
  std::erase_if(of_one, [&entry](const Entry& before) {
    return !before.recording || before.recording->gone() || before.recording == entry.recording;
  });
  of_one.push_back(std::move(entry));
  if (of_one.size() > 1) leave_out_what_is_too_much();
  if (writing_ || stopped_) return;
  writing_ = true;
  asio::co_spawn(loop_, write_in_rounds(*this), asio::detached);
}

// One came: no more than one is too much.
void Journal::leave_out_what_is_too_much() {
  std::size_t before = 0;  // not the newest of their peer
  Waiting* most = nullptr;
  for (auto& [key, of_one] : waiting_) {
    before += of_one.entries.size() - 1;
    if (most == nullptr || of_one.entries.size() > most->entries.size()) most = &of_one;
  }
  if (before <= kMostBefore) return;
  most->entries.erase(most->entries.begin());
  ++most->left_out;
}

net::Task<void> Journal::write_in_rounds(Journal& journal) {
  while (!journal.waiting_.empty() && !journal.stopped_) {
    co_await journal.write_round();
    if (journal.stopped_) break;
    boost::system::error_code cancelled;
    auto token = asio::redirect_error(asio::use_awaitable, cancelled);
    journal.rest_.expires_after(kRest);
    co_await journal.rest_.async_wait(token);
  }
  journal.writing_ = false;
}

net::Task<void> Journal::write_round() {
  // The worker owns what it writes: the journal goes on noting meanwhile.
  const auto entries = std::make_shared<std::map<Key, Waiting>>(std::exchange(waiting_, {}));
  auto& store = store_;
  std::function<base::Result<std::vector<Line>>()> job =
      [&store, entries]() -> base::Result<std::vector<Line>> {
    std::vector<Line> lines;
    for (const auto& [key, of_one] : *entries) {
      for (const auto& entry : of_one.entries) lines.push_back(write(store, entry));
    }
    return lines;
  };
  auto lines = co_await worker_.run<std::vector<Line>>(std::move(job));
  if (!lines) {
    log_.write(base::LogLevel::warning, "phone",
               "records of connections were not stored: " + base::to_string(lines.error()));
    co_return;
  }
  auto line = lines->begin();
  for (const auto& [key, of_one] : *entries) {
    if (of_one.left_out > 0) {
      log_.write(base::LogLevel::info, "phone",
                 left_out_words(of_one.entries.back(), of_one.left_out));
    }
    for (const auto& entry : of_one.entries) {
      log_.write(line->level, "phone", line->text);
      const bool kept = entry.recording && !entry.recording->gone();
      if (line->row.id != 0 && kept) {
        std::erase_if(recorded_, [&entry](const auto& one) {
          return one.second.octets.lock() == entry.recording;
        });
        recorded_[line->row.id] = {.octets = entry.recording, .row = std::move(line->row)};
      }
      ++line;
    }
  }
  forget_what_is_gone();
}

void Journal::forget_what_is_gone() {
  std::erase_if(recorded_, [](const auto& one) {
    const auto octets = one.second.octets.lock();
    return !octets || octets->gone();
  });
  std::size_t bytes = 0;
  for (auto one = recorded_.rbegin(); one != recorded_.rend(); ++one) {
    auto& row = one->second.row;
    bytes += sizeof row + row.server.size() + row.headline.size() + row.json.size();
    if (bytes > kMostRecordBytes) row = {};
  }
}

std::shared_ptr<tls::Recording> Journal::recording_of(std::int64_t id) const {
  const auto found = recorded_.find(id);
  const auto recording = found == recorded_.end() ? nullptr : found->second.octets.lock();
  return recording && !recording->gone() ? recording : nullptr;
}

std::vector<store::ConnectionRow> Journal::recorded() const {
  std::vector<store::ConnectionRow> rows;
  for (auto one = recorded_.rbegin(); one != recorded_.rend(); ++one) {
    if (one->second.row.id != 0 && recording_of(one->first)) rows.push_back(one->second.row);
  }
  return rows;
}

net::Task<void> Journal::flush() { co_await write_round(); }

void Journal::stop() {
  stopped_ = true;
  rest_.cancel();
}

void Journal::write_rest() {
  for (const auto& [key, of_one] : std::exchange(waiting_, {})) {
    const auto line = write(store_, of_one.entries.back());
    log_.write(line.level, "phone", line.text);
  }
}

}  // namespace sealtone::phone
