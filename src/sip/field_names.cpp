// SPDX-License-Identifier: Apache-2.0
//
// sip/field_names: the header fields that are known by name (grammar.h).
//
// Source: RFC 3261 §20 (compact forms, which fields are lists), RFC 3265 and 6665 (Event,
// Allow-Events), RFC 3515 (Refer-To), RFC 3841, RFC 3892 (Referred-By), RFC 4028 (Session-Expires),
// RFC 4474 (Identity), RFC 5626, RFC 3327 (Path), RFC 3608 (Service-Route).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/grammar.h"

namespace sealtone::sip::grammar {
namespace {

struct Known {
  std::string_view name;
  char compact = '\0';
  bool list = false;
};

// Fields whose values have commas of their own (dates, challenges, credentials) are no lists here:
// each of their lines is one value.
constexpr std::array kKnown{
    Known{"Via", 'v', true},
    Known{"From", 'f'},
    Known{"To", 't'},
    Known{"Call-ID", 'i'},
    Known{"CSeq"},
    Known{"Contact", 'm', true},
    Known{"Content-Length", 'l'},
    Known{"Max-Forwards"},
    Known{"Content-Type", 'c'},
    Known{"Expires"},
    Known{"Supported", 'k', true},
    Known{"Accept", '\0', true},
    Known{"Accept-Encoding", '\0', true},
    Known{"Accept-Language", '\0', true},
    Known{"Accept-Contact", 'a', true},
    Known{"Alert-Info", '\0', true},
    Known{"Allow", '\0', true},
    Known{"Allow-Events", 'u', true},
    Known{"Authentication-Info"},
    Known{"Authorization"},
    Known{"Call-Info", '\0', true},
    Known{"Content-Disposition"},
    Known{"Content-Encoding", 'e', true},
    Known{"Content-Language", '\0', true},
    Known{"Date"},
    Known{"Error-Info", '\0', true},
    Known{"Event", 'o'},
    Known{"Flow-Timer"},
    Known{"Identity", 'y'},
    Known{"Identity-Info", 'n'},
    Known{"In-Reply-To", '\0', true},
    Known{"MIME-Version"},
    Known{"Min-Expires"},
    Known{"Organization"},
    Known{"P-Asserted-Identity", '\0', true},
    Known{"P-Associated-URI", '\0', true},
    Known{"P-Preferred-Identity", '\0', true},
    Known{"Path", '\0', true},
    Known{"Priority"},
    Known{"Proxy-Authenticate"},
    Known{"Proxy-Authorization"},
    Known{"Proxy-Require", '\0', true},
    Known{"Reason", '\0', true},
    Known{"Record-Route", '\0', true},
    Known{"Refer-To", 'r'},
    Known{"Referred-By", 'b'},
    Known{"Reject-Contact", 'j', true},
    Known{"Reply-To"},
    Known{"Request-Disposition", 'd', true},
    Known{"Require", '\0', true},
    Known{"Retry-After"},
    Known{"Route", '\0', true},
    Known{"Server"},
    Known{"Service-Route", '\0', true},
    Known{"Session-Expires", 'x'},
    Known{"Subject", 's'},
    Known{"Subscription-State"},
    Known{"Timestamp"},
    Known{"Unsupported", '\0', true},
    Known{"User-Agent"},
    Known{"Warning", '\0', true},
    Known{"WWW-Authenticate"},
};

}  // namespace

std::string_view long_name(std::string_view name) {
  const auto found = std::ranges::find_if(kKnown, [&](const Known& known) {
    if (name.size() == 1) return base::lower_ascii(name).front() == known.compact;
    return base::equal_ignoring_ascii_case(name, known.name);
  });
  return found == kKnown.end() ? name : found->name;
}

bool is_list(std::string_view long_name) {
  const auto found = std::ranges::find(kKnown, long_name, &Known::name);
  return found != kKnown.end() && found->list;
}

}  // namespace sealtone::sip::grammar
