// SPDX-License-Identifier: Apache-2.0
//
// app/checking: what the forms of `sealtone check` have in common: a server that is there
// (check.cpp), files that are not installed yet (check_chain.cpp), phones of other generations
// (check_as.cpp), a list of servers (check_list.cpp).
//
// All that can be mistyped is read before anything is contacted.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/certificate_file.h"
#include "app/commands.h"
#include "app/judged_by.h"
#include "base/url.h"
#include "explain/explain.h"
#include "explain/spoken.h"
#include "http/http.h"
#include "sip/message.h"
#include "tls/tls.h"

namespace sealtone::app {

inline constexpr std::chrono::seconds kCheckLimit{10};  // to connect, and again to shake hands

int check_chain(const CheckArguments& arguments, const Surroundings& with);
int check_as(const CheckArguments& arguments, const Surroundings& with);
int check_list(const CheckArguments& arguments, const Surroundings& with);

// --capture: what went over the wire is written; what was, in words.
[[nodiscard]] base::Result<std::string> write_capture(const CheckArguments& arguments,
                                                      const std::string& server,
                                                      const tls::Recordings& recordings);

// What came of one connection.
struct Seen {
  trust::Verdict verdict;
  handshake::HandshakeRecord record;
  std::optional<base::Result<http::Response>> response = {};  // to the GET, if one was sent
  std::optional<base::Result<sip::Message>> options = {};     // to the OPTIONS, if one was sent
  explain::Conversation spoken = {};                          // in SIP
};

struct Target {
  base::Url url;
  bool ask_for_page = false;                       // an https URL: one GET after the handshake
  trust::Service service = trust::Service::https;  // by whose rules names are compared
};
// "https://HOST/…", "HOST:PORT", "sips:HOST".  service: of a HOST:PORT, which does not say it.
[[nodiscard]] base::Result<Target> target_of(const std::string& text,
                                             trust::Service service = trust::Service::https);
// --sip.
// --at, else this computer's time.
[[nodiscard]] base::Result<std::chrono::sys_seconds> time_of(const std::string& at,
                                                             const Surroundings& with);
// A file has no address to take it from: --name has to be given.
[[nodiscard]] base::Result<std::string> name_for_chain(const CheckArguments& arguments);
[[nodiscard]] trust::Service service_of(const CheckArguments& arguments);

// --tls and --client.
[[nodiscard]] base::Result<tls::ContextOptions> context_options(const CheckArguments& arguments,
                                                                CertificateFiles& files);
// From now on names are compared by the rules of that service.
void judge_by(tls::PeerCheck& check, trust::Service service);
// By whose list, --at, --crl and --crl-required, and whom the certificate has to name.
[[nodiscard]] base::Result<tls::PeerCheck> peer_check(const CheckArguments& arguments,
                                                      const std::string& name,
                                                      trust::Service service, const JudgedBy& by,
                                                      const Surroundings& with);

// The name that --name gives: a host name or an address, and nothing else.
// given_by: what stands before it where it was written, for the Error.
[[nodiscard]] base::Result<trust::ReferenceIdentifier> name_asked_for(
    const std::string& name, const std::string& given_by = "--name ");

// Of certificates that no handshake brought: whether a server that shows them may answer the
// ClientHello of this context.
[[nodiscard]] trust::Verdict with_offer(const tls::Context& context, trust::Verdict verdict);

// A handshake, and a second for what a server says of our certificate behind it.
[[nodiscard]] net::Task<base::Result<Seen>> handshake_only(
    base::Url url, std::shared_ptr<const tls::Context> context, tls::PeerCheck check,
    std::chrono::milliseconds connect_limit = kCheckLimit);

// Tells by whose list is judged, where that says little.
void tell_warning(const JudgedBy& by, bool json, const Surroundings& with);

// What is told of one verdict.
struct Report {
  explain::Context context;
  explain::Explanation explanation;
  std::string saved = {};        // what --save-missing came to; empty if nothing was written
  std::string sip = {};          // how names were compared for SIP; empty of another service
  std::string sip_address = {};  // and that the name asked for is an address, which SIP knows not
  bool strict = false;           // whether the CA/Browser Forum's rules were gone by, too
};
// By which rules was judged.
void note_rules(Report& report, const tls::PeerCheck& check);
// The same in sentences; empty where they are the usual ones.
[[nodiscard]] std::string rules_words(const Report& report);
[[nodiscard]] explain::Context words_for(const CheckArguments& arguments, const JudgedBy& by,
                                         const tls::PeerCheck& check);
// Explains, and writes the missing certificate if that was asked for.  The Error is about writing:
// the report is whole all the same.
[[nodiscard]] base::Result<void> explain_and_save(Report& report, const Seen& seen,
                                                  const CheckArguments& arguments);
// For --json: the verdict with judged_by, saved, an empty http, and a sip in which nothing was
// asked.
[[nodiscard]] nlohmann::json report_json(const Report& report, const Seen& seen);

[[nodiscard]] inline bool is_clean(const trust::Verdict& verdict) {
  return verdict.decision == trust::Decision::trusted && verdict.findings.empty();
}

}  // namespace sealtone::app
