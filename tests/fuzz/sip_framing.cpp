// SPDX-License-Identifier: Apache-2.0
//
// fuzz/sip_framing: any octets as a stream from a SIP server.
//
// The first octet says in pieces of what size they come, and whether a ping was sent before.  What
// must hold besides "no crash": the frames are those of the same stream in one piece, the work
// grows with the stream alone, and no message is over a limit.
#include <cstdlib>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "sip/framing.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Seen {
  std::vector<std::pair<sip::Frame::Kind, std::string>> frames;
  std::string refused;
  bool waits = false;
  bool operator==(const Seen&) const = default;
};

Seen read_in_pieces(std::string_view octets, std::size_t piece, bool pinged) {
  sip::Framer framer;
  if (pinged) framer.pinged();
  Seen seen;
  for (std::size_t at = 0; at < octets.size() && seen.refused.empty(); at += piece) {
    framer.feed(octets.substr(at, piece));
    for (;;) {
      const auto frame = framer.next();
      if (!frame) {
        seen.refused = base::to_string(frame.error());
        require(!seen.refused.empty());
        break;
      }
      if (!*frame) break;
      require((*frame)->octets.size() <= sip::kMaxHeadBytes + sip::kMaxBodyBytes);
      seen.frames.emplace_back((*frame)->kind, (*frame)->octets);
    }
    seen.waits = framer.in_message();
  }
  require(framer.looked_at() <= 2 * octets.size());
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto octets = base::text({data + 1, size - 1});
  const bool pinged = data[0] % 2 == 1;
  const auto whole = read_in_pieces(octets, octets.size(), pinged);
  require(read_in_pieces(octets, data[0] / 2U + 1, pinged) == whole);
  return 0;
}
