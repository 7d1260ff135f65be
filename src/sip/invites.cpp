// SPDX-License-Identifier: Apache-2.0
//
// sip/invites: INVITEs that wait for their ACK (answers.h).
#include <algorithm>

#include "sip/answers.h"

namespace sealtone::sip {
namespace {

std::string tag_of(std::string_view field) {
  const auto address = parse_name_address(field);
  const auto* tag = address ? parameter(address->parameters, "tag") : nullptr;
  return tag != nullptr ? *tag : std::string();
}

// RFC 3261 §17.2.3: branch and sent-by together; a Via without a branch has no transaction of its
// own (RFC 2543) and is told by what else stands in it.
std::string branch_of(const Message& request) {
  const auto vias = request.all("Via");
  const auto via = vias.empty() ? base::Result<Via>(Via{}) : parse_via(vias.front());
  if (!via) return {};
  const auto* branch = parameter(via->parameters, "branch");
  return (branch != nullptr ? *branch : std::string(request.call_id())) + " " + via->host + ":" +
         std::to_string(via->port);
}

std::uint32_t number_of(const Message& request) {
  const auto cseq = parse_cseq(request.field("CSeq"));
  return cseq ? cseq->number : 0;
}

}  // namespace

void Invites::add(const Message& invite) {
  if (holds(invite)) return;
  if (open_.size() == kMax) open_.pop_front();
  open_.push_back({.branch = branch_of(invite),
                   .call_id = std::string(invite.call_id()),
                   .from_tag = tag_of(invite.field("From")),
                   .number = number_of(invite)});
}

void Invites::acknowledged(const Message& ack) {
  std::erase_if(open_,
                [branch = branch_of(ack)](const Open& open) { return open.branch == branch; });
}

bool Invites::holds(const Message& cancel) const {
  return std::ranges::find(open_, branch_of(cancel), &Open::branch) != open_.end();
}

// RFC 3261 §8.2.2.2: "If the request has no tag in the To header field, the UAS core MUST check the
// request against ongoing transactions.  If the From tag, Call-ID, and CSeq exactly match those
// associated with an ongoing transaction, but the request does not match that transaction …, the
// UAS core SHOULD generate a 482 (Loop Detected) response".
bool Invites::merges(const Message& request) const {
  if (!tag_of(request.field("To")).empty() || holds(request)) return false;
  return std::ranges::any_of(open_, [&](const Open& open) {
    return open.call_id == request.call_id() && open.from_tag == tag_of(request.field("From")) &&
           open.number == number_of(request) && request.method == "INVITE";
  });
}

}  // namespace sealtone::sip
