// SPDX-License-Identifier: Apache-2.0
//
// app/as_phone: what desk phones of a profile make of a server's certificates, by our own judge.
//
// What is not known of them never makes a server trusted: a built-in list that is not known counts
// as empty.  Errors: bad_input (no such profile; lists that OpenSSL does not know),
// profile::parse's.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/judged_by.h"
#include "explain/explain.h"
#include "profile/profile.h"
#include "tls/tls.h"

namespace sealtone::app {

struct Phone {
  profile::Profile what;
  std::shared_ptr<const tls::Context> context;  // its ClientHello
  std::shared_ptr<const x509::AnchorSet> anchors;
  std::string list_name;             // as the words call what it trusts
  std::vector<std::string> remarks;  // on what was to be uploaded to it
  bool takes_upload = true;          // as the file is
};

// One of the program's own, or a file with a slash or ".toml" in its name.
[[nodiscard]] base::Result<profile::Profile> profile_named(const std::string& name);

// names: "v70,v84", or files of profiles ("mine.toml").  uploaded: the custom list, from the file
// `uploaded_file` if that is not empty.
[[nodiscard]] base::Result<std::vector<Phone>> phones_of(
    const std::string& names, const JudgedBy& uploaded, const std::string& uploaded_file,
    const std::optional<x509::DeviceCredential>& credential);

// Whether it has what it would have to trust, as far as the limits of an upload go; one that
// refuses nobody does without.
[[nodiscard]] bool has_its_list(const Phone& phone);

// How the phone judges: its switches in the place of ours; and whether it tells the name.
[[nodiscard]] tls::PeerCheck check_of(const Phone& phone, tls::PeerCheck check);

// The judge looks for every path; these phones may not, and then take the first issuer that was
// sent of each certificate.  presented: what the server sent or would.
[[nodiscard]] trust::Verdict as_phone(const Phone& phone, trust::Verdict verdict,
                                      std::span<const x509::Certificate> presented,
                                      const tls::PeerCheck& check);

// What it can carry out of a fix.
[[nodiscard]] explain::DeskPhones desk_phones(const Phone& phone);

// "not known: treated as empty", "none", or nothing where it does not matter.
[[nodiscard]] std::string built_in_words(const Phone& phone);
// A name that the certificate lacks, where the phone does not look at it; else empty.
[[nodiscard]] std::string unchecked_name(const Phone& phone, const trust::Verdict& verdict,
                                         const tls::PeerCheck& check,
                                         const explain::Context& context);
// What revocation lists that were given say, where the phone knows none; else empty.
[[nodiscard]] std::string unknown_revocation(const trust::Verdict& verdict,
                                             std::span<const x509::Certificate> presented,
                                             const tls::PeerCheck& with_lists,
                                             const explain::Context& context);
// What is not known of it, or assumed and bears on the verdict: as sentences, and for JSON
// ("built_in", "assumed").
[[nodiscard]] std::vector<std::string> assumptions(const Phone& phone, bool with_handshake);
[[nodiscard]] nlohmann::json assumptions_json(const Phone& phone, bool with_handshake);
// What is assumed of the phone and bears on the verdict.
[[nodiscard]] std::vector<profile::Said> assumed(const Phone& phone, bool with_handshake);

}  // namespace sealtone::app
