// SPDX-License-Identifier: Apache-2.0
//
// explain: verdicts and handshake records into words, the fix, and JSON.
//
// The one place where the standards' words become the admin's: trust anchors are "trusted
// certificates", a DeviceCredential is the "server certificate".  Everything a peer said goes
// through base::visible.  Quiet: values in, values out.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trust/trust.h"

namespace sealtone::explain {

enum class FixKind {
  none,
  add_trusted,
  send_intermediate,
  replace_certificate,
  set_clock,
  change_name,
  enable_version,
  set_client_certificate,
  // Of files before their upload (doctor_words.h) alone.
  leave_out,
  mend_file,
  give_key,
  give_certificate,
};
[[nodiscard]] const char* word(FixKind kind);  // "add-trusted"

struct Fix {
  FixKind kind = FixKind::none;
  std::string say = {};                           // the next step, one or two sentences
  std::optional<x509::Certificate> missing = {};  // at hand: --save-missing writes it
  std::string file = {};  // the name it is written under, "acme-root-r1.pem"; or the file to change
  std::vector<std::string> desk_phones = {};  // lines for the desk phones' configuration file
  std::string desk_phones_note = {};          // what a placeholder in them stands for
};

struct ExplainedFinding {
  trust::FindingCode code;
  std::optional<std::size_t> certificate;
  std::string says;     // what happened, to which server, which certificate: one sentence
  std::string details;  // numbers, the library's words; may be empty
  Fix fix;
};

struct Explanation {
  // Nothing where nobody was to be judged: a browser that opened the phone's page.
  std::optional<trust::Decision> decision;
  std::string headline;                    // "prov.example.com was refused: …"
  std::vector<ExplainedFinding> findings;  // gravest first
  std::vector<std::string> weak = {};      // of a peer that was accepted, a sentence each
  std::vector<std::string> other_paths;    // why each other path is no better, a sentence each
  // The certificate to trust and the file to upload, of the first add_trusted fix that has one.
  [[nodiscard]] const Fix* save_missing() const;
};

// What phones of one generation can carry out of a fix.
struct DeskPhones {
  // How settings are named in the files that they fetch: static.security.…, security.…, or in
  // another form than the one that is written here.
  enum class Names { with_static, plain, other } names = Names::with_static;
};

struct Context {
  std::string server;        // as the admin wrote it: "prov.example.com:8443"
  std::string target = "/";  // of the URL that was asked for: "/phones/001565000001.cfg"
  std::chrono::sys_seconds now;
  bool now_is_given = false;  // by the admin, so that it says nothing about this clock
  std::span<const x509::Certificate> at_hand =
      {};  // system roots, store, files given: where a missing one may be
  std::string list_name = "trusted certificates";  // or "this computer's roots"
  std::string saved_as =
      {};  // the file that a missing one is written to beside the report, if it is
  // The file whose certificates the server does not show yet; empty: it showed them.
  std::string not_installed = {};
  // In that file an authority's certificate stands first, and behind it this one, a server's.
  std::string own_stands_behind = {};
  // As which phones it is judged; absent: as this one, and a fix is for phones of any age.
  std::optional<DeskPhones> as_phones = {};
};

[[nodiscard]] Explanation explain(const trust::Verdict& verdict,
                                  const handshake::HandshakeRecord& record, const Context& context);

// The sentences for a terminal, wrapped at width columns.
[[nodiscard]] std::string to_text(const Explanation& explanation, std::size_t width = 80);
// One line of ASCII: "untrusted: issuer-unknown, expired (prov.example.com:443)", each code once.
[[nodiscard]] std::string to_log_line(const Explanation& explanation, const Context& context);

// {"server","verdict":{"decision","headline","findings":[{"code","certificate","says","details","evidence",
// "fix":{"kind","say","file","sha256","pem","desk_phones","desk_phones_note"}}],"weak":[…],"other_paths":[…]},
// "certificates":[…],"handshake":{ladder}}
[[nodiscard]] nlohmann::json to_json(const Explanation& explanation, const trust::Verdict& verdict,
                                     const handshake::HandshakeRecord& record,
                                     const Context& context);

}  // namespace sealtone::explain
