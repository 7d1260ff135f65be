// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_chain: leaf → intermediate → root, and the gap where one is missing.
#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "explain/ladder_parts.h"

namespace sealtone::explain {
namespace {

using handshake::HandshakeRecord;
using x509::Certificate;

constexpr std::size_t kMostLinks = 20;
constexpr std::size_t kMostStrays = 3;
constexpr std::size_t kLongestName = 100;

std::string shown_name(const x509::DistinguishedName& name) {
  const auto text = base::visible(name.short_name(), kLongestName);
  return text.empty() ? "no name" : text;
}

class Chain {
 public:
  Chain(const HandshakeRecord& record, const trust::Verdict& verdict)
      : record_(record), verdict_(verdict) {}

  std::vector<Link> links() {
    const auto& judged = verdict_.path.path;
    sent_ = those_sent();
    const auto path = judged.empty() ? as_they_fit() : judged;
    for (std::size_t i = 0; i < path.size(); ++i) add(path, i);
    if (path.empty() || verdict_.path.reaches_anchor || path.back().self_issued()) {
      return std::move(links_);
    }
    links_.push_back({.kind = Link::Kind::missing,
                      .name = shown_name(path.back().issuer()),
                      .role = {},
                      .note = judged.empty() ? "not sent: the other side has to hold it"
                                             : "neither sent nor among the trusted certificates"});
    strays(path);
    return std::move(links_);
  }

 private:
  [[nodiscard]] bool of_server() const { return record_.role == handshake::Role::client; }

  std::vector<Certificate> those_sent() const {
    std::vector<Certificate> sent;
    const auto& chain = of_server() ? record_.known_server_chain() : record_.client_chain;
    for (const auto& der : chain | std::views::take(kMostLinks)) {
      auto certificate = Certificate::from_der(der);
      if (certificate) {
        sent.push_back(*std::move(certificate));
      } else if (sent.empty()) {
        return {};  // the peer's own, which all others are there for
      }
    }
    return sent;
  }

  // By their names: nobody has judged them.
  std::vector<Certificate> as_they_fit() const {
    std::vector<Certificate> path;
    if (sent_.empty()) return path;
    path.push_back(sent_.front());
    while (path.size() < sent_.size() && !path.back().self_issued()) {
      const auto next = std::ranges::find_if(sent_, [&](const Certificate& one) {
        return one.subject() == path.back().issuer() && std::ranges::find(path, one) == path.end();
      });
      if (next == sent_.end()) break;
      path.push_back(*next);
    }
    return path;
  }

  void add(const std::vector<Certificate>& path, std::size_t place) {
    const auto& certificate = path[place];
    Link link{.kind = Link::Kind::sent,
              .name = shown_name(certificate.subject()),
              .role = role_of(certificate, place),
              .note = codes_of(place)};
    if (verdict_.path.reaches_anchor && place + 1 == path.size()) link.kind = Link::Kind::trusted;
    links_.push_back(std::move(link));
  }

  std::string role_of(const Certificate& certificate, std::size_t place) const {
    if (place == 0) return of_server() ? "server" : "client";
    return certificate.self_issued() ? "root" : "intermediate";
  }

  std::string codes_of(std::size_t place) const {
    if (verdict_.path.path.empty()) return {};
    return explain::codes_of(verdict_.findings, [place](const trust::Finding& finding) {
      return finding.certificate == place;
    });
  }

  // Behind the gap: roots that were sent, and that nothing joins to those before it.
  void strays(const std::vector<Certificate>& path) {
    std::size_t shown = 0;
    for (const auto& one : sent_) {
      if (!one.self_issued() || std::ranges::find(path, one) != path.end()) continue;
      if (++shown > kMostStrays) return;
      links_.push_back({.kind = Link::Kind::sent,
                        .name = shown_name(one.subject()),
                        .role = "root",
                        .note = "sent, and nothing joins it to those before"});
    }
  }

  const HandshakeRecord& record_;
  const trust::Verdict& verdict_;
  std::vector<Certificate> sent_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> chain_of(const HandshakeRecord& record, const trust::Verdict& verdict) {
  return Chain(record, verdict).links();
}

}  // namespace sealtone::explain
