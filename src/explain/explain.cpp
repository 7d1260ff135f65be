// SPDX-License-Identifier: Apache-2.0
#include "explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "explain/clauses.h"
#include "explain/fixes.h"
#include "explain/for_phones.h"
#include "explain/ladder.h"
#include "explain/trusted_fix.h"
#include "explain/weak.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using trust::Decision;

std::string trusted_because(const Scene& scene) {
  const auto& path = scene.verdict.path.path;
  const auto list = the_list(scene.context.list_name);
  if (path.empty()) return "nothing speaks against it";
  if (path.size() == 1) return fmt::format("its certificate is among {}", list);
  return fmt::format("its certificate was issued by {} and leads to {}, which is among {}",
                     in_quotes(path.front().issuer().short_name()),
                     in_quotes(path.back().subject().short_name()), list);
}

// A server that asks for no certificate: the connection was made, and there is none to decide
// about.
bool nobody_to_judge(const Scene& scene) {
  return scene.verdict.decision == Decision::not_established && scene.verdict.findings.empty() &&
         scene.record.role == handshake::Role::server && scene.record.handshake_done;
}

std::string headline(const Scene& scene, const std::vector<trust::Finding>& findings) {
  const auto& file = scene.context.not_installed;
  const bool shown = file.empty();
  const bool met = shown && !scene.record.observed;  // else nobody decided by this
  const auto who =
      shown ? peer(scene) : fmt::format("with {}, {}", base::visible(file), peer(scene));
  const auto gravest =
      findings.empty() ? std::string() : clause(findings.front(), scene, Voice::pronoun);
  // No server could show such a file, or no client would read it.
  const bool unusable = !shown && !findings.empty() &&
                        (findings.front().code == trust::FindingCode::wrong_key ||
                         findings.front().code == trust::FindingCode::chain_too_large);
  if (unusable) return fmt::format("{} could make no TLS connection: {}.", who, gravest);
  switch (scene.verdict.decision) {
    case Decision::trusted:
      return findings.empty()
                 ? fmt::format("{} {} trusted: {}.", who, met ? "is" : "would be",
                               trusted_because(scene))
                 : fmt::format("{} {} trusted, but {}.", who, met ? "is" : "would be", gravest);
    case Decision::untrusted:
      return fmt::format("{} {} refused: {}.", who, met ? "was" : "would be", gravest);
    case Decision::accepted_untrusted:
      return fmt::format("{} {} accepted although {}: \"Only Accept Trusted Certificates\" is off.",
                         who, met ? "was" : "would be", gravest);
    case Decision::not_established: break;
  }
  if (!gravest.empty()) return fmt::format("No TLS connection with {}: {}.", who, gravest);
  if (nobody_to_judge(scene)) {
    return fmt::format(
        "{} opened the phone's page over {}: the server certificate was shown to it, and it was "
        "asked for none of its own.",
        who, handshake::version_name(scene.record.version().value_or(0)));
  }
  return fmt::format("No TLS connection with {}: {}.", who,
                     ladder(scene.record, scene.verdict).result);
}

// What is wrong with the first certificate of a file may be that it is not the server's.
std::optional<Fix> own_certificate_first(const trust::Finding& finding, const Scene& scene) {
  const auto& own = scene.context.own_stands_behind;
  const bool about_it =
      finding.certificate.value_or(0) == 0 && finding.code != trust::FindingCode::clock_unset;
  if (own.empty() || !about_it) return std::nullopt;
  return Fix{
      .kind = FixKind::replace_certificate,
      .say = fmt::format("In {}, put the server's own certificate, {}, first: a server shows "
                         "the first one as its own, and there an authority's stands.",
                         base::visible(scene.context.not_installed), in_quotes(own))};
}

// Wherever a certificate has to be replaced, it matters in which place it stands.
Fix next_step(const trust::Finding& finding, const Scene& scene) {
  auto fix = fix_for(finding, scene);
  if (fix.kind == FixKind::replace_certificate) {
    if (auto say = trusted_fix(finding, scene)) fix.say = *std::move(say);
  }
  if (auto first = own_certificate_first(finding, scene)) fix = *std::move(first);
  const auto& phones = scene.context.as_phones;
  return phones ? for_phones(std::move(fix), finding, *phones) : fix;
}

std::string phone_sentence(const Fix& fix) {
  if (fix.desk_phones.empty()) return {};
  std::string text = "On desk phones: ";
  for (const auto& line : fix.desk_phones) {
    text += (&line != &fix.desk_phones.front() ? " and `" : "`") + line + "`";
  }
  text += " in the common configuration file.";
  return fix.desk_phones_note.empty() ? text : text + " " + fix.desk_phones_note;
}

// "Another path, by "A" and "B": expired at "A"."
std::string other_path(const x509::OtherPath& other) {
  std::vector<std::string> names;
  for (const auto& certificate : std::span(other.path).subspan(1)) {
    names.push_back(certificate.subject().short_name());
  }
  std::vector<std::string> reasons;
  for (const auto& fault : other.faults) {
    reasons.push_back(fmt::format("{} at {}", trust::word(trust::code_for(fault.code)),
                                  in_quotes(other.path.at(fault.index).subject().short_name())));
  }
  return fmt::format("Another path{}: {}.",
                     names.empty() ? "" : ", by " + quoted_list(names, names.size()),
                     joined(reasons, ", "));
}

// A server's name keeps its small letter.
std::string sentence(std::string text) {
  const bool begins_small = text.starts_with("the ") || text.starts_with("with ") ||
                            text.starts_with("neither ") || text.starts_with("no ");
  return begins_small ? capital(std::move(text)) : text;
}

class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}
  // A sentence that was said already is not said again.
  void say(const std::string& sentence) {
    if (sentence.empty() || !said_.insert(sentence).second) return;
    for (const auto& line : wrapped(sentence, width_)) text_ += line + '\n';
  }
  void gap() {
    if (!text_.ends_with("\n\n")) text_ += '\n';
  }
  std::string text() && { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
  std::set<std::string> said_;
};

}  // namespace

std::vector<trust::Finding> in_order(const Scene& scene) {
  auto findings = scene.verdict.findings;
  std::ranges::stable_sort(
      findings, {}, [](const trust::Finding& finding) { return trust::gravity(finding.code); });
  // The likelier of the two first.
  if (may_lack_a_root(scene)) {
    const auto of = [&](trust::FindingCode code) {
      return std::ranges::find(findings, code, &trust::Finding::code);
    };
    std::iter_swap(of(trust::FindingCode::chain_incomplete),
                   of(trust::FindingCode::issuer_unknown));
  }
  return findings;
}

const char* word(FixKind kind) {
  switch (kind) {
    case FixKind::none: return "none";
    case FixKind::add_trusted: return "add-trusted";
    case FixKind::send_intermediate: return "send-intermediate";
    case FixKind::replace_certificate: return "replace-certificate";
    case FixKind::set_clock: return "set-clock";
    case FixKind::change_name: return "change-name";
    case FixKind::enable_version: return "enable-version";
    case FixKind::set_client_certificate: return "set-client-certificate";
    case FixKind::leave_out: return "leave-out";
    case FixKind::mend_file: return "mend-file";
    case FixKind::give_key: return "give-key";
    case FixKind::give_certificate: return "give-certificate";
  }
  return "none";
}

const Fix* Explanation::save_missing() const {
  const auto at = std::ranges::find_if(findings, [](const ExplainedFinding& finding) {
    return finding.fix.kind == FixKind::add_trusted && finding.fix.missing;
  });
  return at == findings.end() ? nullptr : &at->fix;
}

Explanation explain(const trust::Verdict& verdict, const handshake::HandshakeRecord& record,
                    const Context& context) {
  const Scene scene{verdict, record, context};
  const auto findings = in_order(scene);
  Explanation explanation{.decision = {},
                          .headline = sentence(headline(scene, findings)),
                          .findings = {},
                          .other_paths = {}};
  if (!nobody_to_judge(scene)) explanation.decision = verdict.decision;
  for (const auto& finding : findings) {
    explanation.findings.push_back({.code = finding.code,
                                    .certificate = finding.certificate,
                                    .says = sentence(clause(finding, scene, Voice::named)) + ".",
                                    .details = details(finding),
                                    .fix = next_step(finding, scene)});
  }
  explanation.weak = weak_points(verdict, record, context);
  for (const auto& other : verdict.path.others) {
    explanation.other_paths.push_back(other_path(other));
  }
  return explanation;
}

std::string to_text(const Explanation& explanation, std::size_t width) {
  Page page(width);
  page.say(explanation.headline);
  for (std::size_t i = 0; i < explanation.findings.size(); ++i) {
    const auto& finding = explanation.findings[i];
    if (i > 0) {
      page.gap();
      page.say(finding.says);
    }
    page.say(finding.fix.say);
    page.say(phone_sentence(finding.fix));
  }
  if (!explanation.weak.empty()) page.gap();
  for (const auto& weak : explanation.weak) page.say("Weak: " + weak);
  if (!explanation.findings.empty()) {
    page.gap();
    page.say("Details:");
  }
  for (const auto& finding : explanation.findings) {
    page.say(finding.details.empty()
                 ? trust::word(finding.code)
                 : fmt::format("{}: {}", trust::word(finding.code), finding.details));
  }
  for (const auto& other : explanation.other_paths) page.say(other);
  return std::move(page).text();
}

std::string to_log_line(const Explanation& explanation, const Context& context) {
  // A chain may have the same fault a hundred times.
  std::vector<std::string> codes;
  for (const auto& finding : explanation.findings) {
    const std::string code = trust::word(finding.code);
    if (std::ranges::find(codes, code) == codes.end()) {
      codes.push_back(code);
    }
  }
  constexpr std::size_t longest_name = 260;  // a host name of 253 octets and its port
  return fmt::format("{}{}{} ({})",
                     explanation.decision ? trust::word(*explanation.decision) : "nobody to judge",
                     codes.empty() ? "" : ": ", joined(codes, ", "),
                     ascii(base::visible(context.server, longest_name)));
}

}  // namespace sealtone::explain
