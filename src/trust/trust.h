// SPDX-License-Identifier: Apache-2.0
//
// trust: faults, handshake facts, names and policy in; a Verdict out.
//
// Source: RFC 5280 §6, RFC 9525 (names), RFC 5922 (SIP names, with the sip room).  Quiet: the
// time is an argument.  Deciding never depends on explaining.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/tls_versions.h"
#include "handshake/record.h"
#include "x509/path.h"

namespace sealtone::trust {

enum class Decision {
  trusted,
  untrusted,
  accepted_untrusted,  // the switch is off
  not_established,     // no certificate was reached
};
[[nodiscard]] const char* word(Decision decision);  // "accepted-untrusted"

enum class FindingCode {
  // certificates
  issuer_unknown,
  chain_incomplete,
  self_signed_leaf,
  expired,
  not_yet_valid,
  clock_unset,  // this clock stands before what is known to have been: it was never set
  name_mismatch,
  bad_signature,
  weak_signature,
  weak_key,
  key_type_not_supported,  // a kind of key that is not used here, or cannot be read
  eku_missing,
  key_usage,
  not_a_ca,
  path_length,
  name_constraint,
  policy,
  unknown_critical_extension,
  revoked,
  revocation_unknown,  // nothing tells, and the policy or the certificate itself demands that it
                       // does
  certificate_unreadable,
  path_budget,         // not all that was sent could be looked at in the time there is
  path_refused,        // a rule that has no code of its own; the detail says it
  better_path_exists,  // accepted, by another path than the one that was sent, which has run out
  pin_changed,         // a server's own certificate is trusted, and it shows another one now; told
                       // of a trusted server, too
  // the handshake
  version_gap,
  cipher_gap,
  weak_dh,
  legacy_renegotiation,  // a server that lacks RFC 5746
  sni_needed,
  chain_too_large,
  wrong_key,           // of files that are not installed yet: no server can use the two together
  protocol_violation,  // octets that no peer in order sends; also the work of somebody on the way
  client_certificate_wanted_none_set,
  client_certificate_refused,
  our_certificate_refused,  // server role: the peer's alert after our Certificate
  own_certificate_lacks_client_use,
  own_certificate_not_listed,  // the server named the authorities it accepts, and ours is none
  plain_text_on_tls_port,
  tls_on_plain_port,
  handshake_timeout,
  alert_received,
  peer_closed,
  truncated,  // a server's end without close_notify; browsers end like that and lose nothing
};
[[nodiscard]] const char* word(FindingCode code);  // "issuer-unknown"
[[nodiscard]] std::span<const FindingCode> all_finding_codes();
// 0 is the gravest: what ends the connection first, and what says most about why, stands first.
[[nodiscard]] int gravity(FindingCode code);

[[nodiscard]] FindingCode code_for(x509::PathFault fault);

// Evidence::wanted of revocation_unknown where the certificate itself demands an answer (RFC 7633).
inline constexpr std::string_view kStapledAnswer = "an answer of OCSP sent along";

// What was compared: the reason carries both values.
struct Evidence {
  std::string wanted = {};  // the name asked for; the versions we offered; "at least 2048 bits"
  std::vector<std::string> found =
      {};  // the names presented; the version the peer can do; "RSA 1024"
  std::optional<std::chrono::sys_seconds> now = {}, bound = {};  // expired, not_yet_valid
  std::string step = {};  // name of the last message seen: handshake_timeout, peer_closed, alerts
  std::optional<std::uint8_t> alert = {};
  bool alert_is_ours = false;  // sent by this side
  std::string detail = {};     // the rule's or the library's words, the HTTP status; "details" only
};

struct Finding {
  FindingCode code;
  std::optional<std::size_t> certificate = {};  // index into Verdict::path.path
  Evidence evidence = {};
};

// By whose rules names are compared: RFC 9525 for HTTPS, RFC 5922 for SIP.
enum class Service { https, sip };

// Whom the admin meant to reach (RFC 9525 §6.1): a DNS-ID or an IP-ID; of a client, its mailbox.
struct ReferenceIdentifier {
  enum class Kind { dns, ip, email } kind;
  std::string value;  // lower-case A-labels without a final dot; or an IP address as text
  [[nodiscard]] static ReferenceIdentifier from_host(std::string_view host);
};

// What this clock cannot honestly say: a time before the floor.  Absent: any time is believed, as
// where the time is given (`check --at`, `verify --cases`).
struct ClockFloor {
  std::chrono::sys_seconds floor;
  // Dates are judged at the floor then; else nobody is trusted until the clock is set.
  bool use_floor = false;
};

// Why a connection is accepted or not.  The default of everything is closed.
struct Policy {
  bool only_accept_trusted =
      true;  // off: InsecureAcceptAny, and the verdict says what was overlooked
  bool check_name = true;
  bool allow_common_name = false;
  Service service = Service::https;
  // RFC 5922 has no address as an identity; phones whose server is one need it all the same.
  bool sip_address_names = true;
  bool sip_wildcards = false;  // RFC 5922 §7.2 forbids them
  std::optional<ClockFloor> clock = {};
  bool for_tls =
      true;  // off: the path alone, not what TLS asks of a server's key (`verify --cases`)
  x509::PathOptions path = {};
};

// What is weak about one that was accepted, by what it was judged by, and refuses nobody.
struct Weakness {
  enum class Kind {
    // Nothing current tells whether it is revoked; evidence.bound: since when; evidence.found:
    // whose list that is.
    list_ran_out,
    on_hold,             // the same, and in that list it was on hold
    address_for_sip,     // RFC 5922 has no addresses as identities; evidence.wanted: the address
    rsa_transport_only,  // its key may not sign; evidence.found: its key usages
  } kind;
  std::size_t certificate = 0;  // index into Verdict::path.path
  Evidence evidence = {};
};

struct Verdict {
  Decision decision = Decision::not_established;
  std::vector<Finding> findings = {};
  x509::CheckedPath path = {};  // empty if no certificate was reached
  std::vector<Weakness> weak = {};
  std::size_t presented = 0;  // certificates, the peer's own included
  [[nodiscard]] bool has(FindingCode code) const;
  // What the TLS layer does: go on or refuse.
  [[nodiscard]] bool accepted() const {
    return decision == Decision::trusted || decision == Decision::accepted_untrusted;
  }
};

// At the moment the peer's certificates are there.  presented: not empty, the peer's own first.
// reference: absent for a client's certificate.
[[nodiscard]] Verdict judge(std::span<const x509::Certificate> presented,
                            const x509::AnchorSet& anchors,
                            const std::optional<ReferenceIdentifier>& reference,
                            const Policy& policy, std::chrono::sys_seconds now);

// What we brought to the connection, for findings about both sides.
struct OwnSide {
  bool has_certificate = false;  // a client certificate was set (client), a server one (server)
  bool certificate_allows_client_use = true;
  // DER Names of those who issued what we show, as it is sent.
  std::vector<base::Bytes> certificate_issuers = {};
  // Whether the server that asked for one named any of them: any_listed (own_certificate.h), once a
  // connection, for a server may name a thousand; nothing if that is not known.
  std::optional<bool> issuer_listed = {};
  std::uint16_t lowest_version = base::kTls12, highest_version = base::kTls13;
};

// At the end of the connection or the exchange: adds what the handshake shows (a gap, an alert, a
// close, a certificate wanted or refused) to the certificates' verdict.  Never removes a finding.
// A trusted server that wants or refuses our certificate stays trusted.
[[nodiscard]] Verdict conclude(Verdict verdict, const handshake::HandshakeRecord& record,
                               const OwnSide& own);

// The X509_V_ERR_… that OpenSSL turns into the alert for the peer.
[[nodiscard]] int verify_error_for(FindingCode code);
[[nodiscard]] int verify_error_for(const Verdict& verdict);  // of the gravest finding

}  // namespace sealtone::trust
