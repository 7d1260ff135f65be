// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/fresh_cases: see fresh_cases.h.
#include "suites/fresh_cases.h"

#include <algorithm>

namespace sealtone::test {
namespace {

using std::chrono::days;

constexpr std::size_t kMostAuthorities = 3, kMostDecoys = 8;

std::string word_of_chance(Chance& chance) {
  std::string word;
  for (int i = 0; i < 8; ++i) word += static_cast<char>('a' + below(chance, 26));
  return word;
}

Wanted authority_wanted(const std::string& name, Key key, std::chrono::sys_seconds now) {
  return {.common_name = name,
          .key = std::move(key),
          .not_before = now - days(400),
          .not_after = now + days(2'000),
          .digest = "SHA256",
          .extensions = {{"basicConstraints", "critical,CA:TRUE"},
                         {"keyUsage", "critical,keyCertSign,cRLSign"}}};
}

Plan plan_for(const Kind& kind, const KeyPool& keys, std::chrono::sys_seconds now, Chance& chance) {
  Plan plan;
  const auto authorities =
      kind.fewest_authorities + below(chance, kMostAuthorities + 1 - kind.fewest_authorities);
  plan.host = word_of_chance(chance) + ".phones.example.com";
  plan.names = {"DNS:" + plan.host};
  Wanted leaf{.common_name = one_in(chance, 4) ? "" : "phone " + word_of_chance(chance),
              .key = keys.sound(chance),
              .not_before = now - days(100),
              .not_after = now + days(200),
              .digest = one_in(chance, 4) ? "SHA384" : "SHA256",
              .extensions = {{"basicConstraints", "CA:FALSE"},
                             {"keyUsage", "critical,digitalSignature,keyEncipherment"},
                             {"extendedKeyUsage", "serverAuth,clientAuth"}}};
  plan.path.push_back(std::move(leaf));
  for (std::size_t at = 0; at <= authorities; ++at) {
    const auto* const what = at == authorities ? "Root " : "Authority ";
    plan.path.push_back(authority_wanted(what + word_of_chance(chance), keys.sound(chance), now));
  }
  // Keys of a path differ, so that no two of its certificates can stand for each other.
  for (std::size_t at = 1; at < plan.path.size(); ++at) {
    const auto taken = [&](const Wanted& one) { return one.key == plan.path[at].key; };
    const auto end = plan.path.begin() + static_cast<std::ptrdiff_t>(at);
    while (std::any_of(plan.path.begin(), end, taken)) plan.path[at].key = keys.sound(chance);
  }
  return plan;
}

// The mesh about a path: certificates of its authorities by which nothing is gained.
class Mesh {
 public:
  Mesh(const Plan& plan, const std::vector<Made>& path, const Kind& kind, const KeyPool& keys,
       std::chrono::sys_seconds now, Chance& chance)
      : plan_(plan), path_(path), kind_(kind), keys_(keys), now_(now), chance_(chance) {
    nobody_ = make(authority_wanted("Nobody " + word_of_chance(chance), keys.sound(chance), now),
                   nullptr, chance);
  }

  std::vector<Made> decoys(std::size_t count) {
    std::vector<Made> out;
    while (out.size() < count) out.push_back(decoy());
    return out;
  }

 private:
  // As it stands in the path, under another serial number, by that issuer.
  Made again(std::size_t at, const Made& issuer) {
    auto wanted = plan_.path[at];
    wanted.digest = "SHA256";
    return make(wanted, &issuer, chance_);
  }

  Made decoy() {
    const auto at = 1 + below(chance_, path_.size() - 1);
    const bool root = at + 1 == path_.size();
    switch (below(chance_, 6)) {
      case 0:  // by an authority that nobody trusts, itself sent or not
        return one_in(chance_, 4) ? nobody_ : again(at, nobody_);
      case 1: {  // ran out
        auto wanted = plan_.path[at];
        wanted.not_before = now_ - days(900);
        wanted.not_after = now_ - days(1 + below(chance_, 300));
        return make(wanted, &path_[root ? at : at + 1], chance_);
      }
      case 2:  // in a circle
        return at > 1 ? again(at, path_[1 + below(chance_, at - 1)]) : again(at, nobody_);
      case 3: {  // another one's key under its name
        auto wanted = plan_.path[at];
        wanted.key = keys_.other_than(wanted.key, chance_);
        wanted.key_ids = wanted.key_ids && !one_in(chance_, 3);
        return make(wanted, &nobody_, chance_);
      }
      case 4: {  // the same, signed by itself
        auto wanted = plan_.path[at];
        wanted.key = keys_.other_than(wanted.key, chance_);
        return make(wanted, nullptr, chance_);
      }
      default:  // a renewal
        return kind_.leaf_alone && !root && renewable() ? again(at, path_[at + 1])
                                                        : again(at, nobody_);
    }
  }
  // Where lists are demanded, and where the order of serial numbers counts, there is one of each.
  [[nodiscard]] bool renewable() const { return !plan_.trusted && !plan_.with_lists; }

  const Plan& plan_;
  const std::vector<Made>& path_;
  const Kind& kind_;
  const KeyPool& keys_;
  std::chrono::sys_seconds now_;
  Chance& chance_;
  Made nobody_;
};

// The peer's first.
std::vector<Made> made_path(const Plan& plan, Chance& chance) {
  std::vector<Made> path(plan.path.size());
  for (std::size_t at = path.size(); at-- > 0;) {
    const bool own_issuer = at + 1 == path.size() || (at == 0 && plan.self_signed);
    path[at] = make(plan.path[at], own_issuer ? nullptr : &path[at + 1], chance);
    if (plan.damaged == at) path[at] = damaged(path[at]);
  }
  return path;
}

}  // namespace

std::size_t Plan::any_authority(Chance& chance) const { return 1 + below(chance, path.size() - 2); }

FreshCase fresh_case(const Kind& kind, const KeyPool& keys, Chance& chance) {
  // Some second of the years 2024 to 2033.
  const std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2024} / 1 / 1} +
                                     std::chrono::seconds(below(chance, 315'000'000))};
  auto plan = plan_for(kind, keys, now, chance);
  kind.plant(plan, keys, chance);
  if (one_in(chance, 2)) plan.decoys = 1 + below(chance, kMostDecoys);
  std::string names;
  for (const auto& name : plan.names) names += (names.empty() ? "" : ",") + name;
  plan.leaf().set("subjectAltName", names);

  const auto path = made_path(plan, chance);
  FreshCase out{.kind = &kind,
                .in_a_mesh = plan.decoys > 0,
                .leaf = path.front(),
                .host = plan.host,
                .by_address = plan.by_address,
                .explicit_policy = plan.explicit_policy,
                .now = now};
  for (std::size_t at = 1; at < path.size(); ++at) {
    const bool root = at + 1 == path.size();
    if (plan.left_out != at && (!root || one_in(chance, 2))) out.sent.push_back(path[at]);
  }
  if (plan.another_root) {
    auto wanted = authority_wanted(plan.root_of_that_name ? plan.root().common_name : "Other root",
                                   keys.other_than(path.back().key, chance), now);
    wanted.key_ids = plan.root().key_ids;
    out.trusted.push_back(make(wanted, nullptr, chance));
  } else {
    out.trusted.push_back(path[plan.trusted.value_or(path.size() - 1)]);
  }
  if (plan.decoys > 0) {
    auto decoys = Mesh(plan, path, kind, keys, now, chance).decoys(plan.decoys);
    out.sent.insert(out.sent.end(), decoys.begin(), decoys.end());
    std::ranges::shuffle(out.sent, chance);
  }
  if (plan.with_lists) {
    for (std::size_t at = 0; at + 1 < path.size(); ++at) {
      std::vector<const Made*> revoked;
      if (plan.revoked == at) revoked.push_back(&path[at]);
      out.lists.push_back(list_of(path[at + 1], revoked, now));
    }
  }
  return out;
}

}  // namespace sealtone::test
