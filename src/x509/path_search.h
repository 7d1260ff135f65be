// SPDX-License-Identifier: Apache-2.0
//
// x509/path_search: finds the best path from the peer's certificate to a trusted one.  For path's
// own use.
//
// Source: RFC 4158.  Best first: each fault has a cost, the path with the lowest cost so far is
// followed next, and of equal ones the one whose last step looked best (valid now, trusted, key
// identifiers match, issued by a trusted one's name).  So the first path that reaches its end is
// the best there is, and a path without a fault is found before any other is even judged to its
// end.  Bounded: kMaxPath certificates a path, kMaxSteps steps, kMaxFinished paths judged as a
// whole, the signatures of x509/signatures.h, kMaxNameComparisons and kMaxPolicySteps; what lies
// beyond is a path_budget.
#pragma once

#include <deque>
#include <queue>
#include <span>
#include <vector>

#include "x509/path.h"
#include "x509/path_rules.h"
#include "x509/revocation.h"
#include "x509/signatures.h"

namespace sealtone::x509 {

class PathSearch {
 public:
  PathSearch(std::span<const Certificate> presented, const AnchorSet& anchors,
             std::chrono::sys_seconds now, const PathOptions& options)
      : presented_(presented.first(std::min(presented.size(), kMaxPresented))),
        anchors_(anchors),
        now_(now),
        options_(options) {}

  [[nodiscard]] CheckedPath run();
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  // A path, told by its last certificate: the issuer of the parent's.
  struct Node {
    enum class State { unseen, judged, ended, finished };
    const Certificate* certificate;
    Node* parent;       // nullptr: the peer's own
    std::size_t order;  // of two of equal cost the later one is followed
    int cost = 0;       // of all faults from the peer's certificate to here
    State state = State::unseen;
    bool anchor = false, self_signed = false;
    std::size_t issuers = 0;         // that may be followed from here
    std::vector<Fault> faults = {};  // found here
  };
  struct Later {
    bool operator()(const Node* a, const Node* b) const {
      return a->cost != b->cost ? a->cost > b->cost : a->order < b->order;
    }
  };

  Node& add_node(const Certificate& certificate, Node* parent, int cost);
  // One step with one path: whatever it turns out to cost, it is put back with that.
  void follow(Node& node);
  void judge_place(Node& node);
  void judge_signature(Node& node);
  void judge_names(Node& node, std::span<const Certificate* const> below);
  [[nodiscard]] bool is_of_another_key(const Node& node);
  void extend(Node& node);
  void end(Node& node, std::string detail = "");
  void finish(Node& node);
  static void add_fault(Node& node, Fault fault);

  [[nodiscard]] std::vector<const Certificate*> candidates(const Node& node) const;
  [[nodiscard]] CheckedPath told(const Node& node) const;
  [[nodiscard]] CheckedPath told_unfinished() const;
  [[nodiscard]] bool is_anchor(const Certificate& certificate) const;
  [[nodiscard]] bool exhausted() const {
    return steps_ >= kMaxSteps || finished_ >= kMaxFinished || signatures_.exhausted();
  }

  std::span<const Certificate> presented_;
  const AnchorSet& anchors_;
  std::chrono::sys_seconds now_;
  const PathOptions& options_;
  Signatures signatures_;
  std::deque<Node> nodes_;
  std::priority_queue<Node*, std::vector<Node*>, Later> queue_;
  std::optional<RevocationCheck> revocation_;
  std::size_t steps_ = 0, finished_ = 0, comparisons_ = 0, policy_steps_ = 0;
};

}  // namespace sealtone::x509
