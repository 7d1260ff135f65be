// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor_server: a server's certificate with its chain and key, before it is uploaded.
//
// Names alone pick what the judge looks at, so that a thousand certificates cost no signature; the
// judge's own budget bounds the rest.
#include <algorithm>
#include <map>
#include <set>

#include "trust/doctor_parts.h"
#include "trust/tls_use.h"
#include "x509/credential.h"
#include "x509/ocsp.h"
#include "x509/signatures.h"

namespace sealtone::trust {
namespace {

using x509::Certificate;

// RFC 5280 §4.2.1.1: the authority key identifier "provides a means of identifying the public key
// corresponding to the private key used to sign a certificate."
bool names_the_key_of(const Certificate& certificate, const Certificate& issuer) {
  const auto& named = certificate.authority_key_id();
  return !named.empty() && named == issuer.subject_key_id();
}

class ServerDoctor {
 public:
  ServerDoctor(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis)
      : given_(upload.certificates), keys_(upload.keys), options_(options), it_(diagnosis) {}

  void examine() {
    gather();
    choose_leaf();
    check_keys();
    judge_path();
    take_findings();
    build_chain();
    tell_roles();
    tell_rest();
    check_shown();
    check_leaf();
    check_names();
    check_stapling();
    check_order();
    check_dates();
  }

 private:
  void gather();
  void choose_leaf();
  void check_keys();
  void judge_path();
  void take_findings();
  void build_chain();
  void tell_roles();
  void tell_rest();
  void check_shown();
  void check_leaf();
  void check_names();
  void check_stapling();
  void check_order();
  void check_dates();

  [[nodiscard]] const Certificate& leaf() const { return given_[leaf_]; }
  [[nodiscard]] std::optional<std::size_t> place(const Certificate& certificate) const {
    const auto found = places_.find(certificate.sha256());
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] bool is_server(std::size_t at) const {
    return !given_[at].is_ca() && !issuers_.contains(given_[at].subject().der);
  }
  Remark& add(RemarkCode code, const Certificate& about) {
    return it_.remarks.emplace_back(
        Remark{.code = code, .certificate = place(about), .about = about});
  }
  void missing_issuer(const Certificate& child);

  const std::vector<Certificate>& given_;
  const std::vector<crypto::PrivateKey>& keys_;
  const DoctorOptions& options_;
  Diagnosis& it_;
  std::vector<std::size_t> once_;                 // without duplicates, in the order given
  std::map<crypto::Sha256, std::size_t> places_;  // of those
  std::set<base::Bytes> issuers_;                 // names of those who issued any of them
  std::size_t leaf_ = 0;
  std::size_t sound_ = 0;  // so many certificates of the path did issue each other
};

void ServerDoctor::gather() {
  for (std::size_t at = 0; at < given_.size(); ++at) {
    if (it_.roles[at] == Part::duplicate) continue;
    once_.push_back(at);
    places_.emplace(given_[at].sha256(), at);
    if (!given_[at].self_issued()) issuers_.insert(given_[at].issuer().der);
  }
}

// That of the key; without one the first that issued no other.
void ServerDoctor::choose_leaf() {
  for (const auto at : once_) {
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      if (!given_[at].matches(keys_[key])) continue;
      leaf_ = at;
      it_.key = key;
      return;
    }
  }
  const auto first = [&](auto fits) {
    const auto found = std::ranges::find_if(once_, fits);
    return found == once_.end() ? std::nullopt : std::optional(*found);
  };
  auto chosen = first([&](std::size_t at) { return is_server(at); });
  if (!chosen) chosen = first([&](std::size_t at) { return !given_[at].is_ca(); });
  if (!chosen) {
    chosen = first([&](std::size_t at) { return !issuers_.contains(given_[at].subject().der); });
  }
  leaf_ = chosen.value_or(once_.front());
}

void ServerDoctor::check_keys() {
  const auto refuse = [&](DoctorCode code, std::string found) {
    auto& remark = add(code, leaf());
    remark.weight = Weight::refuses;
    remark.evidence.wanted = leaf().public_key().description();
    remark.evidence.found = {std::move(found)};
  };
  if (keys_.empty()) {
    refuse(DoctorCode::key_missing, "");
  } else if (!it_.key) {
    refuse(DoctorCode::key_mismatch, keys_.front().description());
  } else if (!x509::key_works(keys_[*it_.key])) {
    refuse(DoctorCode::key_damaged, keys_[*it_.key].description());
  }
  if (!it_.key) return;
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    if (key == *it_.key) continue;
    Remark remark{.code = DoctorCode::key_unused, .key = key, .mends = true};
    remark.evidence.found = {keys_[key].description()};
    it_.remarks.push_back(std::move(remark));
  }
}

void ServerDoctor::judge_path() {
  std::multimap<base::Bytes, const Certificate*> by_subject;
  for (const auto at : once_) by_subject.emplace(given_[at].subject().der, &given_[at]);
  for (const auto& each : options_.at_hand) by_subject.emplace(each.subject().der, &each);
  std::vector<Certificate> presented{leaf()}, roots;
  // Trusted by itself, it needs nobody else.
  const auto& held = options_.at_hand;
  if (leaf().self_issued() && std::ranges::find(held, leaf()) != held.end()) {
    roots.push_back(leaf());
  }
  std::set<crypto::Sha256> seen{leaf().sha256()};
  std::vector<const Certificate*> next{&leaf()};
  for (std::size_t at = 0; at < next.size(); ++at) {
    const auto [from, to] = by_subject.equal_range(next[at]->issuer().der);
    for (auto candidate = from; candidate != to; ++candidate) {
      const auto& certificate = *candidate->second;
      const bool full = presented.size() + roots.size() >= x509::kMaxPresented;
      if (full || !seen.insert(certificate.sha256()).second) continue;
      (is_root(certificate) ? roots : presented).push_back(certificate);
      next.push_back(&certificate);
    }
  }
  Policy policy;
  policy.check_name = options_.name.has_value();
  it_.verdict =
      judge(presented, x509::AnchorSet(std::move(roots)), options_.name, policy, options_.now);
  // Behind a signature that another key made stands a namesake of the issuer; or the issuer, if
  // that is its key, and what bears the signature was changed.
  const auto& path = it_.verdict.path.path;
  sound_ = path.size();
  for (const auto& finding : it_.verdict.findings) {
    if (finding.code != FindingCode::bad_signature) continue;
    const auto at = finding.certificate.value_or(0);
    if (at + 1 >= path.size() || !names_the_key_of(path[at], path[at + 1])) {
      sound_ = std::min(sound_, at + 1);
    }
  }
}

// Who issued it is not there.  At the end of a chain that may well be a root.
void ServerDoctor::missing_issuer(const Certificate& child) {
  const bool last = child != leaf();
  auto& remark = add(last ? FindingCode::issuer_unknown : FindingCode::chain_incomplete, child);
  if (last) remark.weight = Weight::note;
  remark.evidence.wanted = child.issuer().text;
}

void ServerDoctor::take_findings() {
  const auto& path = it_.verdict.path.path;
  for (const auto& finding : it_.verdict.findings) {
    if (finding.code == FindingCode::issuer_unknown ||
        finding.code == FindingCode::chain_incomplete) {
      continue;  // below
    }
    const auto& about = path.at(finding.certificate.value_or(0));
    if (finding.code == FindingCode::better_path_exists) continue;  // said of the one that expired
    if (finding.code == FindingCode::self_signed_leaf && path.size() > 1) continue;
    auto& remark = add(finding.code, about);
    remark.evidence = finding.evidence;
    // What was not looked at may be what it needs.
    if (finding.code == FindingCode::path_budget) remark.weight = Weight::refuses;
  }
  const bool closed = it_.verdict.path.reaches_anchor || leaf().self_issued();
  if (sound_ < path.size()) {
    missing_issuer(path[sound_ - 1]);
  } else if (!closed) {
    missing_issuer(path.back());
  }
  for (std::size_t at = 1; at < sound_; ++at) {
    if (place(path[at]) || is_root(path[at])) continue;
    auto& remark = add(FindingCode::chain_incomplete, path[at - 1]);
    remark.missing = path[at];
    remark.mends = true;
    remark.evidence.wanted = path[at].subject().text;
  }
}

// What is sent: the path, and behind it what leads from its root to another one, for peers that
// trust that one.
void ServerDoctor::build_chain() {
  const auto& path = it_.verdict.path.path;
  for (std::size_t at = 0; at < sound_; ++at) {
    if (at > 0 && is_root(path[at])) continue;
    it_.chain.push_back(path[at]);
  }
  x509::Signatures signatures;
  while (it_.chain.size() < x509::kMaxPath && !it_.chain.back().self_issued()) {
    const auto& end = it_.chain.back();
    bool all_looked_at = true;
    const auto issued_it = [&](std::size_t at) {
      const auto& each = given_[at];
      if (each.subject() != end.issuer() || is_root(each) ||
          each.validity().not_after < options_.now ||
          std::ranges::find(it_.chain, each) != it_.chain.end()) {
        return false;
      }
      const auto answer = signatures.made_by(end, each);
      if (answer == x509::Signatures::Answer::too_costly) all_looked_at = false;
      return answer == x509::Signatures::Answer::yes;
    };
    const auto further = std::ranges::find_if(once_, issued_it);
    if (further == once_.end() && !all_looked_at && !it_.has(FindingCode::path_budget)) {
      add(FindingCode::path_budget, end).weight = Weight::refuses;
    }
    if (further == once_.end()) break;
    it_.chain.push_back(given_[*further]);
  }
}

void ServerDoctor::tell_roles() {
  const auto& path = it_.verdict.path.path;
  for (const auto at : once_) {
    const auto& each = given_[at];
    const bool in_path =
        std::ranges::find(path, each) - path.begin() < static_cast<std::ptrdiff_t>(sound_);
    const bool sent = std::ranges::find(it_.chain, each) != it_.chain.end();
    if (at == leaf_) {
      it_.roles[at] = Part::leaf;
    } else if (sent) {
      it_.roles[at] = Part::issuer;
    } else if (in_path && is_root(each)) {
      it_.roles[at] = Part::root;
    } else {
      it_.roles[at] = is_server(at) ? Part::other_leaf : Part::unrelated;
    }
  }
}

void ServerDoctor::tell_rest() {
  const auto& path = it_.verdict.path.path;
  for (const auto at : once_) {
    const auto& each = given_[at];
    switch (it_.roles[at]) {
      case Part::root: add(DoctorCode::root_in_chain, each).mends = true; break;
      case Part::other_leaf: {
        auto& remark = add(DoctorCode::several_leaves, each);
        remark.mends = it_.key.has_value();
        remark.evidence.wanted = leaf().subject().short_name();
        break;
      }
      case Part::unrelated: {
        const bool namesake =
            std::ranges::find(path, each.subject(), &Certificate::subject) != path.end();
        const bool expired = each.validity().not_after < options_.now;
        auto& remark = add(namesake && expired ? RemarkCode(FindingCode::better_path_exists)
                                               : RemarkCode(DoctorCode::unrelated),
                           each);
        remark.mends = true;
        remark.evidence.wanted = leaf().subject().short_name();
        remark.evidence.now = options_.now;
        remark.evidence.bound = each.validity().not_after;
        break;
      }
      default: break;
    }
  }
}

// What the phone itself would not show, whoever might take it.
void ServerDoctor::check_shown() {
  const auto& key = leaf().public_key();
  for (auto& remark : it_.remarks) {
    if (!remark.about) continue;
    const bool sent = std::ranges::find(it_.chain, *remark.about) != it_.chain.end();
    const bool weak =
        remark.code == RemarkCode(FindingCode::weak_key) ||
        // Nobody relies on what a certificate says of itself.
        (remark.code == RemarkCode(FindingCode::weak_signature) && !remark.about->self_issued());
    if (sent && weak && !options_.weak_is_shown) remark.weight = Weight::refuses;
  }
  if (x509::can_be_shown(key)) return;
  std::erase_if(it_.remarks, [&](const Remark& each) {
    return each.code == RemarkCode(FindingCode::key_type_not_supported) && each.about == leaf();
  });
  auto& remark = add(FindingCode::key_type_not_supported, leaf());
  remark.weight = Weight::refuses;
  remark.evidence.wanted = x509::kShownKeys;
  remark.evidence.found = {key.description()};
}

void ServerDoctor::check_leaf() {
  if (leaf().is_ca()) add(DoctorCode::leaf_is_ca, leaf());
  // What fits no key exchange at all the judge has said.
  if (tls_use(leaf()) == TlsUse::rsa_transport) {
    add(FindingCode::key_usage, leaf()).evidence = key_usage_evidence(leaf());
  }
  if (leaf().allows_client_use()) return;
  auto& remark = add(FindingCode::own_certificate_lacks_client_use, leaf());
  remark.evidence.wanted = x509::usage_word(x509::Purpose::client);
  remark.evidence.found = leaf().extended_key_usage().value_or(std::vector<std::string>{});
}

// RFC 9525 §2: what has none by which a server is asked for fits no server, whatever the name asked
// for.  With --name the judge has said it, and of a client's certificate nobody asks.
void ServerDoctor::check_names() {
  using Kind = x509::SubjectAltName::Kind;
  const bool named = std::ranges::any_of(leaf().names(), [](const x509::SubjectAltName& name) {
    return name.kind == Kind::dns || name.kind == Kind::ip || name.kind == Kind::uri;
  });
  if (named || options_.name || !leaf().allows_server_use()) return;
  add(FindingCode::name_mismatch, leaf()).evidence.detail = leaf().subject().common_name;
}

// RFC 7633, abstract: "Informing clients that an OCSP status response will always be stapled
// permits an immediate failure in the case that the response is not stapled."
void ServerDoctor::check_stapling() {
  if (!x509::demands_ocsp(leaf())) return;
  add(FindingCode::revocation_unknown, leaf()).evidence.wanted = kStapledAnswer;
}

void ServerDoctor::check_order() {
  const auto& path = it_.verdict.path.path;
  auto right = it_.chain;
  if (sound_ > 1 && is_root(path[sound_ - 1])) right.push_back(path[sound_ - 1]);
  std::vector<std::string> found;
  for (const auto at : once_) {
    if (std::ranges::find(right, given_[at]) != right.end()) {
      found.push_back(given_[at].subject().short_name());
    }
  }
  // What does not belong there is said of itself, wherever it stands.
  bool ordered = true;
  std::size_t before = 0;
  for (const auto& each : right) {
    const auto at = place(each);
    if (!at) continue;
    ordered = ordered && (*at >= before);
    before = *at;
  }
  if (ordered) return;
  Remark remark{.code = DoctorCode::order, .mends = true};
  remark.evidence.found = std::move(found);
  remark.evidence.wanted = leaf().subject().short_name();
  it_.remarks.push_back(std::move(remark));
}

void ServerDoctor::check_dates() {
  for (const auto& each : it_.chain) {
    const auto at = place(each);
    if (!at) continue;
    if (auto soon = expires_soon(each, *at, options_.now)) it_.remarks.push_back(*std::move(soon));
  }
}

}  // namespace

void examine_server(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis) {
  ServerDoctor(upload, options, diagnosis).examine();
}

}  // namespace sealtone::trust
