// SPDX-License-Identifier: Apache-2.0
// sealtone trace FILE: the TLS connections of a capture, in a table, or one by its number.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <nlohmann/json.hpp>
#include <queue>

#include "app/screen.h"
#include "app/shown.h"
#include "app/tracing.h"
#include "base/files.h"
#include "base/text.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

// Rows of a file come in the order of their numbers, as far as so few have to wait for it.
constexpr std::size_t kMostWaiting = 1'000;
constexpr std::size_t kMostOctetsWaiting = 16'000'000;

// Where rows go: to words or to JSON, one after the other, none kept.
class Teller {
 public:
  Teller(const Tracing& tracing, const Surroundings& with) : tracing_(tracing), with_(with) {}
  virtual ~Teller() = default;
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

  void take(const Traced& one) {
    ++shown_;
    found_ = found_ || one.found();
    tell(one);
  }
  virtual void end(const capture::Totals& totals, bool whole) = 0;
  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] std::size_t shown() const { return shown_; }

 protected:
  virtual void tell(const Traced& one) = 0;
  const Tracing& tracing_;
  const Surroundings& with_;

 private:
  std::size_t shown_ = 0;
  bool found_ = false;
};

class TableTeller final : public Teller {
 public:
  using Teller::Teller;
  void end(const capture::Totals& totals, bool /*whole*/) override {
    fmt::print(with_.out, "{}{}", shown() > 0 ? "\n" : "", totals_words(totals));
    if (shown() != totals.connections) {
      fmt::print(
          with_.out, "{}",
          paragraph(fmt::format("{} of them {} shown.", shown(), shown() == 1 ? "is" : "are")));
    }
    if (shown() > 0 && tracing_.arguments.file != "-") {
      fmt::print(with_.out, "{}",
                 paragraph(fmt::format("One of them, step by step: sealtone trace {} NUMBER",
                                       base::visible(tracing_.arguments.file))));
    }
  }

 protected:
  void tell(const Traced& one) override {
    const bool judged = tracing_.judge.judges();
    if (shown() == 1) fmt::print(with_.out, "{}", table_head(judged, table_width(with_.out)));
    if (auto day = day_of(one.connection.first); day != day_) {
      day_ = std::move(day);
      fmt::print(with_.out, "{}\n", day_);
    }
    fmt::print(with_.out, "{}", table_row(one, judged, table_width(with_.out)));
    std::fflush(with_.out);
  }

 private:
  std::string day_;
};

// What a key log that was given does not do for one that was chosen; else empty.
std::string not_opened(const Traced& one, const Tracing& tracing) {
  const auto& file = tracing.arguments.key_log;
  const auto& record = one.connection.record;
  const bool hidden = std::ranges::any_of(record.messages, &handshake::Message::encrypted);
  if (file.empty() || !hidden) return {};
  if (record.observed && record.observed->keys) {
    if (!tracing.reader.key_log_is_of_others()) return {};
    return fmt::format(
        "{} holds no secret that opens this connection: it was opened by those that the capture "
        "holds itself.",
        base::visible(file));
  }
  return fmt::format("{} holds no secret that opens this connection.", base::visible(file));
}

class OneTeller final : public Teller {
 public:
  OneTeller(Tracing& tracing, const Surroundings& with)
      : Teller(tracing, with), certificates_(tracing.certificates) {}
  void end(const capture::Totals& /*totals*/, bool /*whole*/) override {}

 protected:
  void tell(const Traced& one) override {
    fmt::print(
        with_.out, "{}",
        connection_words(one, certificates_, tracing_.arguments.ascii,
                         tracing_.arguments.ladder ? explain::Form::facts : explain::Form::steps));
    if (const auto words = not_opened(one, tracing_); !words.empty()) {
      fmt::print(with_.out, "\n{}", paragraph(words));
    }
  }

 private:
  DecodedCertificates& certificates_;
};

class JsonTeller final : public Teller {
 public:
  JsonTeller(Tracing& tracing, const Surroundings& with)
      : Teller(tracing, with), certificates_(tracing.certificates) {}
  void end(const capture::Totals& totals, bool whole) override {
    if (shown() == 0) begin();
    auto told = totals;
    if (!remark_.empty()) told.remarks.push_back(remark_);
    fmt::print(with_.out, "\n],\n\"totals\": {}}}\n", json_text(totals_json(told, whole)));
  }

 protected:
  void tell(const Traced& one) override {
    if (shown() == 1) begin();
    fmt::print(with_.out, "{}{}", shown() == 1 ? "" : ",\n",
               json_text(connection_json(one, certificates_)));
    if (tracing_.arguments.number) remark_ = not_opened(one, tracing_);
    std::fflush(with_.out);
  }

 private:
  void begin() {
    if (with_.json != nullptr) with_.json->given = true;
    fmt::print(with_.out, "{{\"file\": {},\n\"connections\": [\n",
               json_text(nlohmann::json(tracing_.arguments.file)));
  }
  DecodedCertificates& certificates_;
  std::string remark_;
};

struct ByNumber {
  bool operator()(const Traced& one, const Traced& other) const {
    return one.connection.number > other.connection.number;
  }
};

// Puts those that ended into the order of their numbers, as far as few have to wait.
class InOrder {
 public:
  InOrder(Teller& teller, std::size_t most) : teller_(teller), most_(most) {}
  void take(Traced one) {
    octets_ += octets_of(one);
    waiting_.push(std::move(one));
    while (waiting_.size() > most_ || octets_ > kMostOctetsWaiting) next();
  }
  void end() {
    while (!waiting_.empty()) next();
  }

 private:
  // About: the most of it are certificates.
  static std::size_t octets_of(const Traced& one) {
    constexpr std::size_t row = 4'096, certificate = 96;
    std::size_t sum = row;
    const auto& record = one.connection.record;
    for (const auto* chain : {&record.server_chain, &record.client_chain}) {
      for (const auto& each : *chain) sum += each.size() + certificate;
    }
    return sum;
  }
  void next() {
    octets_ -= octets_of(waiting_.top());
    teller_.take(waiting_.top());
    waiting_.pop();
  }
  Teller& teller_;
  std::size_t most_, octets_ = 0;
  std::priority_queue<Traced, std::vector<Traced>, ByNumber> waiting_;
};

bool is_wanted(const Traced& one, const Tracing& tracing) {
  const auto& number = tracing.arguments.number;
  if (number) return one.connection.number == *number;
  return !tracing.arguments.failed || one.outcome.failed();
}

int tell_connections(Tracing& tracing, Teller& teller, const Surroundings& with) {
  const auto& number = tracing.arguments.number;
  InOrder line(teller, tracing.grows ? 0 : kMostWaiting);
  const auto ended = [&](capture::Connection connection) {
    if (!tracing.filter.takes(connection)) return;
    if (number && connection.number != *number) return;
    auto one = traced(std::move(connection), tracing.judge, tracing.certificates);
    if (is_wanted(one, tracing)) line.take(std::move(one));
  };
  const auto read = read_on(tracing, with.clock, ended, [&] {
    if (number) line.end();
    return !number || teller.shown() == 0;
  });
  line.end();
  const auto& totals = tracing.reader.totals();
  if (read.problem && totals.packets == 0) return could_not(with, *read.problem);
  if (number && teller.shown() == 0) {
    if (read.problem) return could_not(with, *read.problem);
    return could_not(
        with, {ErrorCode::not_found, tracing.arguments.file,
               fmt::format("it has no connection {} with TLS in it; it has {}, which the table "
                           "numbers (sealtone trace {})",
                           *number, totals.connections, tracing.arguments.file)});
  }
  teller.end(totals, read.whole);
  if (read.problem) return could_not(with, *read.problem);
  return teller.found() ? kFound : kDone;
}

Result<ConnectionFilter> filter_of(const TraceArguments& arguments) {
  ConnectionFilter filter{.address = {}, .port = arguments.port, .name = arguments.name};
  if (arguments.address.empty()) return filter;
  auto range = AddressRange::parse(arguments.address);
  if (!range) return std::unexpected(range.error());
  filter.address = *range;
  return filter;
}

std::uint64_t seed_of(base::Random& random) {
  std::array<std::uint8_t, sizeof(std::uint64_t)> octets{};
  random.fill(octets);
  return std::bit_cast<std::uint64_t>(octets);
}

// A pipe, by its name or on standard input; of a shell's <FILE the end is the file's.
bool comes_bit_by_bit(const std::string& file) {
  struct stat status{};
  if (file != "-") return ::stat(file.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  return ::fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode);
}

// What it holds by now.  One that goes on growing may be empty, but not be something else.
Result<void> read_key_log(KeyLog& key_log, capture::Reader& reader, const std::string& file,
                          bool grows) {
  std::size_t secrets = 0, others = 0;
  for (auto text = key_log.more(); !text.empty(); text = key_log.more()) {
    const auto lines = reader.add_secrets(text);
    secrets += lines.secrets;
    others += lines.others;
  }
  secrets += reader.add_secrets(key_log.rest()).secrets;
  key_log.stop_waiting();
  if (secrets > 0 || (grows && others == 0)) return {};
  return base::fail(ErrorCode::bad_input, file,
                    "it holds no secret of a TLS connection, as a key log does: give the file that "
                    "SSLKEYLOGFILE named, with lines such as CLIENT_RANDOM");
}

Result<Tracing> tracing_of(const TraceArguments& arguments, const Surroundings& with) {
  auto filter = filter_of(arguments);
  if (!filter) return std::unexpected(filter.error());
  auto judge = TraceJudge::of(arguments, with);
  if (!judge) return std::unexpected(judge.error());
  std::optional<KeyLog> key_log;
  if (!arguments.key_log.empty()) {
    auto opened = KeyLog::open(arguments.key_log);
    if (!opened) return std::unexpected(opened.error());
    key_log = *std::move(opened);
  }
  // Where the capture grows, so may the secrets.
  const bool grows = arguments.follow || comes_bit_by_bit(arguments.file);
  auto reader = capture::Reader::open(arguments.file, {.key_log = {},
                                                       .most_memory = arguments.memory,
                                                       .seed = seed_of(with.random),
                                                       .follow = arguments.follow,
                                                       .secrets_later = key_log && grows});
  if (!reader) return std::unexpected(reader.error());
  if (key_log) {
    if (auto read = read_key_log(*key_log, *reader, arguments.key_log, grows); !read) {
      return std::unexpected(read.error());
    }
    if (!grows) key_log.reset();
  }
  return Tracing{.arguments = arguments,
                 .filter = *std::move(filter),
                 .judge = *std::move(judge),
                 .certificates = {},
                 .reader = *std::move(reader),
                 .key_log = std::move(key_log),
                 .grows = grows};
}

}  // namespace

int trace(const TraceArguments& arguments, const Surroundings& with) {
  auto tracing = tracing_of(arguments, with);
  if (!tracing) return could_not(with, tracing.error());
  if (!tracing->judge.warning().empty()) {
    fmt::print(with.err, "{}\n", tracing->judge.warning());
  }
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  if (arguments.by == "phone") return trace_by_phone(*tracing, with);
  if (arguments.json) {
    JsonTeller teller(*tracing, with);
    return tell_connections(*tracing, teller, with);
  }
  if (arguments.number) {
    OneTeller teller(*tracing, with);
    return tell_connections(*tracing, teller, with);
  }
  TableTeller teller(*tracing, with);
  return tell_connections(*tracing, teller, with);
}

}  // namespace sealtone::app
