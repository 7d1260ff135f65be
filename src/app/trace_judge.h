// SPDX-License-Identifier: Apache-2.0
//
// app/trace_judge: the certificates of captured connections, decoded, and judged by a list or as
// phones of profiles would.
//
// Each certificate is decoded once, until there are kMostKept others: then all are decoded anew.
// The time is the connection's own unless --at says another.  Errors: those of the files named,
// before anything is read of the capture.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/as_phone.h"
#include "app/commands.h"
#include "capture/capture.h"
#include "explain/explain.h"

namespace sealtone::app {

// Decoded once.
class DecodedCertificates {
 public:
  static constexpr std::size_t kMostKept = 1'000;
  // Nothing with why if it cannot be read.
  [[nodiscard]] const base::Result<x509::Certificate>& of(base::ByteView der,
                                                          const crypto::Sha256& sha256);

 private:
  std::map<crypto::Sha256, base::Result<x509::Certificate>> kept_;
};

// One judgement of one connection.
struct Judged {
  std::string profile;  // empty: by a list alone
  trust::Verdict verdict;
  explain::Context context;
  explain::Explanation explanation;
  std::vector<std::string> remarks;
  bool has_its_list = true;  // the phone takes what it would have to trust
  // As which phone; null: by a list alone.
  std::shared_ptr<const Phone> phone = {};
  std::string lacks = {};  // what a phone that refused it all the same must lack, a sentence
  [[nodiscard]] bool clean() const {
    return verdict.decision == trust::Decision::trusted && verdict.findings.empty();
  }
  // As `sealtone check --as` counts: a switch that is off overlooks what it is meant to.
  [[nodiscard]] bool in_order() const {
    return (clean() && has_its_list) ||
           (!profile.empty() && verdict.decision == trust::Decision::accepted_untrusted);
  }
};

// What came of judging: the judgements, or why there are none, a sentence.
struct Judgement {
  std::vector<Judged> judged;
  std::string not_judged;
};

class TraceJudge {
 public:
  [[nodiscard]] static base::Result<TraceJudge> of(const TraceArguments& arguments,
                                                   const Surroundings& with);

  [[nodiscard]] Judgement judge(const capture::Connection& connection,
                                DecodedCertificates& certificates) const;
  // What is to be said of the list, once; may be empty.
  [[nodiscard]] const std::string& warning() const { return by_.warning; }
  [[nodiscard]] bool judges() const { return judges_; }

 private:
  Judged by_list(const tls::PeerCheck& check, const std::vector<x509::Certificate>& chain,
                 const capture::Connection& connection) const;
  Judged by_phone(const std::shared_ptr<const Phone>& as, const tls::PeerCheck& check,
                  const std::vector<x509::Certificate>& chain,
                  const capture::Connection& connection) const;
  Judged unreadable(std::string why, const tls::PeerCheck& check,
                    const capture::Connection& connection) const;
  [[nodiscard]] tls::PeerCheck check_for(const capture::Connection& connection) const;
  [[nodiscard]] explain::Context context_for(const capture::Connection& connection,
                                             const tls::PeerCheck& check) const;

  bool judges_ = false;
  bool time_given_ = false;
  bool name_given_ = false;
  JudgedBy by_;
  tls::PeerCheck check_;
  std::vector<std::shared_ptr<const Phone>> phones_;
};

// "prov.example.com (192.0.2.1:443)", or the address alone: as sentences call the server.
[[nodiscard]] std::string server_in_words(const capture::Connection& connection);

}  // namespace sealtone::app
