// SPDX-License-Identifier: Apache-2.0
//
// provision: where from, fetch, check; the caller applies what comes out, as a whole or not at all.
//
// Source: phone-behaviour, chapter 5 (y000000000000.cfg, then <mac>.cfg; nothing is applied until
// all is fetched).  All files and certificates of a run are judged under the trusted list and
// switches as they were before the run.  The provisioning URL is a folder; one that ends in ".cfg"
// is that one file. Limits: kRunLimit for a run, kMaxCertificateFiles named files, http's for each.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "explain/explain.h"
#include "http/fetch.h"
#include "settings/views.h"
#include "store/store.h"

namespace sealtone::provision {

inline constexpr std::size_t kMaxCertificateFiles = 200;

struct Input {
  std::shared_ptr<const store::Snapshot> before;
  std::shared_ptr<const tls::Context> context;     // carries the uploaded credential, if any
  std::shared_ptr<const x509::AnchorSet> anchors;  // of the list chosen before the run
  std::shared_ptr<tls::SessionCache> sessions;     // of runs before; null: full handshakes
  std::shared_ptr<tls::KeptChains> kept;           // of runs before; null: judged anew
  std::shared_ptr<tls::Recordings> recordings;     // null: no octets are kept
  std::vector<x509::Certificate> system_roots;  // for the words, and for lists of the new settings
  net::Worker* worker = nullptr;  // for files that take long to read; null: read on the loop
  std::string mac;                // "001565000001"
  std::chrono::sys_seconds now;
  base::Random* random = nullptr;  // for servers that ask for the password by Digest
  bool trial = false;              // nothing will be applied: it is only said what would be
  std::optional<trust::ClockFloor> clock = {};  // absent: any time is believed
};

struct FileReport {
  std::string url;      // shown form, without user information
  std::string outcome;  // "applied", "not applied", "absent", "refused", "unreachable", "failed",
                        // "unreadable"; of a trial "would be applied"
  std::string says;     // a sentence
  std::vector<std::string> mistakes, remarks;  // "line 12: …"
  int unknown_keys = 0;
};

struct Run {
  std::optional<store::Store::Batch> batch;      // what to apply; absent: nothing is applied
  std::optional<store::Store::Batch> locks_out;  // what was not applied because of would-lock-out
  std::string summary;                           // one sentence
  std::vector<FileReport> files;
  std::vector<std::string>
      warnings;  // "the trusted list was changed over an unverified connection…"
  std::vector<http::Connection> connections;
};

[[nodiscard]] net::Task<Run> run(Input input);
// The same with one configuration file that the admin gives; the certificates it names are fetched.
[[nodiscard]] net::Task<Run> run_local(Input input, std::string name, std::string text);

// {"applied","summary","files":[{"url","outcome","says","mistakes","remarks","unknown_keys"}],"warnings",
//  "connections":[explain::to_json…]}; of a trial also "would_apply" and "changes" (changes.h).
[[nodiscard]] nlohmann::json to_json(const Run& run, const Input& input);

// Accepts "00:15:65:00:00:01", "00-15-…" and "001565000001"; bad_input otherwise.
[[nodiscard]] base::Result<std::string> normalise_mac(std::string_view text);

}  // namespace sealtone::provision
