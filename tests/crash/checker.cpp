// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/checker: see checker.h.
#include "crash/checker.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace sealtone::crash {
namespace {

// Holds its owner's process number for the words of a refusal; states that differ in it alone are
// one.
constexpr std::string_view kLock = "/lock";

struct Ack {
  std::size_t number = 0;
  std::vector<std::string> parts;
};

std::optional<Ack> ack_in(const Call& call) {
  if (call.kind != Call::Kind::say || !call.data.starts_with("ACK ")) return std::nullopt;
  std::istringstream words(call.data.substr(4, call.data.find('\n') - 4));
  Ack ack;
  words >> ack.number;
  for (std::string part; words >> part;) ack.parts.push_back(part);
  return ack;
}

std::vector<Ack> acks_of(const std::vector<Call>& calls) {
  std::vector<Ack> acks;
  for (const auto& call : calls) {
    auto ack = ack_in(call);
    if (!ack) continue;
    if (ack->number != acks.size() || ack->parts.empty())
      throw std::runtime_error("not the next acknowledgement: " + call.words);
    acks.push_back(std::move(*ack));
  }
  if (acks.empty()) throw std::runtime_error("nothing was acknowledged");
  return acks;
}

// A state at one moment: `last` changes were acknowledged before it.
struct Moment {
  std::size_t call = 0, last = 0;
  std::string words;
};

class Check {
 public:
  Check(const std::vector<Call>& calls, const Openings::Find& find)
      : acks_(acks_of(calls)), openings_(find) {
    report_.calls = calls.size();
    report_.acknowledged = acks_.size();
  }

  Report run(const std::vector<Call>& calls) {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (ack_in(calls[i])) ++last_;
      disk_.apply(calls[i]);
      disk_.each_state([&](const std::string& how, const Tree& tree) {
        see({i, last_, "after call " + std::to_string(i) + " (" + calls[i].words + "), " + how},
            tree);
      });
      if (report_.lost >= kMostLosses) break;
    }
    openings_.finish();
    report_.end = disk_.everything();
    return std::move(report_);
  }

 private:
  struct Seen {
    std::optional<Openings::Found> found;
    std::vector<Moment> waiting;
  };

  void see(Moment moment, const Tree& tree) {
    ++report_.states;
    auto& seen = seen_[number_of(alike(tree))];
    if (!seen) {
      seen = std::make_shared<Seen>();
      ++report_.opened;
      openings_.open(tree, [this, seen](Openings::Found found) {
        seen->found = std::move(found);
        for (const auto& waiting : std::exchange(seen->waiting, {})) judge(waiting, *seen->found);
      });
    }
    if (seen->found) {
      judge(moment, *seen->found);
    } else {
      seen->waiting.push_back(std::move(moment));
    }
  }

  static Tree alike(Tree tree) {
    for (auto& [path, content] : tree) {
      if (content && path.ends_with(kLock)) content->clear();
    }
    return tree;
  }

  void judge(const Moment& moment, const Openings::Found& found) {
    if (const auto why = loss(moment.last, found); !why.empty()) {
      ++report_.lost;
      if (report_.losses.size() < kMostLosses) report_.losses.push_back(moment.words + ": " + why);
    }
  }

  // Before the first acknowledgement only what it says may be there: an empty store.
  [[nodiscard]] std::string loss(std::size_t last, const Openings::Found& found) const {
    if (!found.failure.empty()) return found.failure;
    const auto first = last == 0 ? 0 : last - 1;
    const auto next = std::min(last, acks_.size() - 1);
    for (std::size_t part = 0; part < acks_[first].parts.size(); ++part) {
      const auto& holds = part < found.parts.size() ? found.parts[part] : std::string();
      if (holds != acks_[first].parts[part] && holds != acks_[next].parts[part])
        return "it holds " + said_of(part, holds) + ", not what ACK " + std::to_string(first) +
               " or " + std::to_string(next) + " stands for";
    }
    return "";
  }
  [[nodiscard]] std::string said_of(std::size_t part, const std::string& holds) const {
    for (const auto& ack : acks_) {
      if (part < ack.parts.size() && ack.parts[part] == holds)
        return "what ACK " + std::to_string(ack.number) + " stands for";
    }
    return "what was never acknowledged";
  }

  std::vector<Ack> acks_;
  Openings openings_;
  Disk disk_;
  Report report_;
  std::size_t last_ = 0;
  std::unordered_map<std::size_t, std::shared_ptr<Seen>> seen_;
};

}  // namespace

std::string Report::summary() const {
  std::string text = std::to_string(calls) + " calls, " + std::to_string(acknowledged) +
                     " acknowledgements, " + std::to_string(states) + " states, " +
                     std::to_string(opened) + " of them different and opened, " +
                     std::to_string(lost) + " losses";
  for (const auto& loss : losses) text += "\n  " + loss;
  return text;
}

Report check(const std::vector<Call>& calls, const Openings::Find& find) {
  return Check(calls, find).run(calls);
}

std::vector<Call> without(std::vector<Call> calls, const std::function<bool(const Call&)>& which) {
  std::erase_if(calls, which);
  return calls;
}

}  // namespace sealtone::crash
