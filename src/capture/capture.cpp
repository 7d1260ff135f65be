// SPDX-License-Identifier: Apache-2.0
#include "capture/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "capture/internet.h"
#include "capture/link.h"
#include "capture/packets.h"
#include "capture/tcp.h"

namespace sealtone::capture {
namespace {

// Of the memory that may be used connections have one half, secrets a quarter, and what waits for
// them an eighth; the rest is for one block of the file, fragments, and what the heap adds.
constexpr std::size_t kConnectionsShare = 2, kSecretsShare = 4, kReplayShare = 8, kBlockShare = 16;
constexpr std::size_t kLeastBlock = 1'000'000, kMostBlock = 16'000'000;
constexpr std::size_t kMostRemarks = 16;
constexpr std::chrono::seconds kSilence{2};

std::size_t most_block(std::size_t most_memory) {
  return std::clamp(most_memory / kBlockShare, kLeastBlock, kMostBlock);
}

}  // namespace

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

class Reader::Work {
 public:
  Work(Source source, std::string name, Options options)
      : options_(std::move(options)),
        file_(std::move(source), std::move(name), most_block(options_.most_memory)),
        secrets_(std::min(kMaxSecrets, options_.most_memory / kSecretsShare / kSecretTakes)),
        tcp_(secrets_, agents_, options_.most_memory / kConnectionsShare, options_.seed) {
    if (!options_.key_log.empty()) add(options_.key_log);
    options_.key_log = {};
    if (options_.secrets_later) expect_secrets();
  }

  // Who follows may have to wait even for this.
  base::Result<void> begin() {
    if (options_.follow) return {};
    const auto step = file_.recognise();
    if (!step) return std::unexpected(step.error());
    return {};
  }

  [[nodiscard]] bool may_hold_secrets() const { return file_.may_hold_secrets(); }
  // All secrets of the file, wherever they stand in it, so that they are known from its start.
  void read_secrets(Source again) {
    PacketFile file(std::move(again), {}, most_block(options_.most_memory), Wanted::secrets);
    for (;;) {
      std::string_view secrets;
      const auto step = file.next(packet_, secrets);
      // What ends it, or is damaged, is said when the packets are read.
      if (!step || *step == Step::end || *step == Step::cut || *step == Step::wait) break;
      if (*step == Step::secrets) secrets_.add(secrets, Secrets::From::capture);
    }
    secrets_read_ = true;
  }
  KeyLogLines add(std::string_view secrets) {
    key_log_given_ = true;
    return secrets_.add(secrets);
  }
  void stop() { totals_.stopped = !over_; }
  void silent_for(std::chrono::microseconds time) {
    if (time < kSilence) return;
    // A day is silence enough, and no time of a packet overflows by it.
    tcp_.silent(packet_.time + std::min<std::chrono::microseconds>(time, std::chrono::days{1}));
  }

  base::Result<bool> read(std::size_t packets, const std::function<void(Connection)>& ended) {
    if (over_) return false;
    bool more = !totals_.stopped;
    base::Result<void> done;
    for (std::size_t i = 0; i < packets && more;) {
      std::string_view secrets;
      const auto step = file_.next(packet_, secrets);
      if (!step) done = std::unexpected(step.error());
      more = step && take(*step, secrets);
      if (step && *step == Step::packet) ++i;
      if (!options_.secrets_later && !secrets_read_ && may_hold_secrets()) expect_secrets();
      const bool waits = step && *step == Step::wait;
      if (waits) tcp_.quiet();
      hand_over(ended);
      if (waits) break;
    }
    if (more) return true;
    over_ = true;
    tcp_.end();
    hand_over(ended);
    count();
    if (internet_.given_up() > 0) {
      remark(fmt::format("{} fragmented datagrams were not whole", internet_.given_up()));
    }
    if (key_log_given_ && totals_.connections > 0) {
      if (secrets_.empty()) {
        remark("the key log holds no secret that opens anything (--keylog)");
      } else if (key_log_is_of_others()) {
        remark(
            "the key log is of other connections than these: give the one that their client or "
            "their server wrote (--keylog)");
      }
    }
    if (secrets_.any_left_out())
      remark("there are more secrets than there is memory for; allow more: --memory 1GB");
    if (!done) return std::unexpected(done.error());
    return false;
  }

  [[nodiscard]] std::vector<Connection> open() const { return tcp_.open(); }
  [[nodiscard]] const std::map<std::string, std::string>& user_agents() const {
    return agents_.all();
  }
  [[nodiscard]] const Totals& totals() const { return totals_; }
  [[nodiscard]] bool key_log_is_of_others() const { return key_log_given_ && secrets_.of_others(); }

 private:
  // Whether the capture goes on behind it.
  bool take(Step step, std::string_view secrets) {
    switch (step) {
      case Step::packet: packet(); return true;
      case Step::secrets:
        if (!secrets_read_) secrets_.add(secrets, Secrets::From::capture);
        return true;
      case Step::other:
      case Step::wait: return true;
      case Step::cut: totals_.cut = true; return false;
      case Step::end: return false;
    }
    return false;
  }

  void expect_secrets() {
    options_.secrets_later = true;
    tcp_.expect_secrets(options_.most_memory / kReplayShare);
  }

  void packet() {
    ++totals_.packets;
    totals_.octets += packet_.octets.size();
    const auto found = internet_packet(packet_.link, packet_.octets);
    if (!found) {
      if (!link_is_known(packet_.link)) unknown_link();
      return;
    }
    Datagram datagram;
    const auto reading =
        internet_.read(*found, datagram, packet_.time, packet_.size - packet_.octets.size());
    if (reading == Internet::Reading::unreadable) ++totals_.unreadable;
    if (reading != Internet::Reading::whole) return;
    if (datagram.protocol == kTcp) {
      if (!tcp_.segment(datagram, packet_.time)) ++totals_.unreadable;
    } else if (datagram.protocol == kUdp) {
      udp(datagram);
    }
  }

  // A datagram may be a message of SIP.
  void udp(const Datagram& datagram) {
    constexpr std::size_t header = 8;
    if (datagram.payload.size() <= header) return;
    const auto message = datagram.payload.subspan(header);
    if (message[0] < 'A' || message[0] > 'Z') return;
    agents_.heard(datagram.source, user_agent_in(message));
  }

  void unknown_link() {
    ++totals_.unreadable;
    if (unknown_links_.size() == kMostRemarks || !unknown_links_.insert(packet_.link).second)
      return;
    remark(fmt::format("packets of link type {} cannot be read", packet_.link));
  }

  void remark(std::string words) {
    if (totals_.remarks.size() < 2 * kMostRemarks) totals_.remarks.push_back(std::move(words));
  }

  void hand_over(const std::function<void(Connection)>& ended) {
    for (auto& list = tcp_.ended(); !list.empty(); list.pop_front()) ended(std::move(list.front()));
    count();
  }

  void count() {
    totals_.connections = tcp_.connections();
    totals_.given_up = tcp_.given_up();
  }

  Options options_;
  PacketFile file_;
  Secrets secrets_;
  Agents agents_;
  Internet internet_;
  Tcp tcp_;
  Totals totals_;
  Packet packet_;
  std::set<std::uint32_t> unknown_links_;
  bool secrets_read_ = false;  // all that the file holds
  bool key_log_given_ = false;
  bool over_ = false;
};

Reader::Reader(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

base::Result<Reader> Reader::open(const std::string& path, Options options) {
  auto source = Source::open(path, options.follow);
  if (!source) return std::unexpected(source.error());
  // A file that does not grow is read twice: first for its secrets, which may stand behind the
  // packets that they open.
  std::optional<Source> again;
  if (source->is_whole_file()) {
    if (auto second = Source::open(path, false)) again = std::move(*second);
  }
  const auto name = path == "-" ? "standard input" : path;
  auto work = std::make_unique<Work>(std::move(*source), name, std::move(options));
  if (const auto begun = work->begin(); !begun) return std::unexpected(begun.error());
  if (again && work->may_hold_secrets()) work->read_secrets(std::move(*again));
  return Reader(std::move(work));
}

Reader Reader::of(base::Bytes capture, Options options) {
  return Reader(
      std::make_unique<Work>(Source(std::move(capture)), std::string(), std::move(options)));
}

KeyLogLines Reader::add_secrets(std::string_view key_log) { return work_->add(key_log); }

void Reader::stop() { work_->stop(); }

void Reader::silent_for(std::chrono::microseconds time) { work_->silent_for(time); }

base::Result<bool> Reader::read(std::size_t packets, const std::function<void(Connection)>& ended) {
  return work_->read(packets, ended);
}

std::vector<Connection> Reader::open_connections() const { return work_->open(); }

const std::map<std::string, std::string>& Reader::user_agents() const {
  return work_->user_agents();
}

const Totals& Reader::totals() const { return work_->totals(); }

bool Reader::key_log_is_of_others() const { return work_->key_log_is_of_others(); }

}  // namespace sealtone::capture
