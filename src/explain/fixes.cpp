// SPDX-License-Identifier: Apache-2.0
#include "explain/fixes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "explain/authority_name.h"
#include "explain/certificate_words.h"
#include "explain/wording.h"

namespace sealtone::explain {
namespace {

using trust::Finding;
using trust::FindingCode;
using x509::Certificate;

constexpr std::string_view kTrustedPage = "Security > Trusted Certificates";
constexpr std::string_view kServerPage = "Security > Server Certificates";

std::string possessive(std::string_view name) { return base::visible(name) + "'s"; }

std::string holder(const x509::DistinguishedName& name) {
  return name.organization.empty() ? name.short_name() : name.organization;
}

// Where desk phones fetch a file from is for the admin to say: the server that is spoken of may be
// the very one that they refuse.
constexpr const char* kPlaceholder = "YOUR-SERVER";
constexpr const char* kFileNote =
    "YOUR-SERVER stands for a server that the phones can reach and trust already; put the file "
    "there first.";

void add_trust_lines(Fix& fix, const std::string& file) {
  fix.desk_phones = {
      fmt::format("static.trusted_certificates.url = https://{}/{}", kPlaceholder, file),
      "static.security.ca_cert = 2"};
  fix.desk_phones_note = kFileNote;
}

// A desk phone that is told one of these asks itself.
bool is_loopback(const std::string& host) {
  if (host == "localhost" || host.ends_with(".localhost") || host == "::1") return true;
  base::Url url;
  url.host = host;
  return host.starts_with("127.") && url.is_ip_literal();
}

class Fixer {
 public:
  Fixer(const Finding& finding, const Scene& scene)
      : finding_(finding), scene_(scene), path_(scene.verdict.path.path) {}

  Fix fix() const {
    switch (finding_.code) {
      case FindingCode::issuer_unknown: return trust_the_issuer();
      case FindingCode::chain_incomplete: return send_intermediate();
      case FindingCode::self_signed_leaf: return trust_the_leaf();
      case FindingCode::expired: return replace(renewal());
      case FindingCode::not_yet_valid: return wait_or_set_clock();
      case FindingCode::clock_unset: return set_clock();
      case FindingCode::name_mismatch: return change_name();
      case FindingCode::bad_signature:
        return replace(
            "It is damaged, or somebody else made it under that name: do not trust it. Put the "
            "certificate that the issuer gave out on the server again.");
      case FindingCode::weak_signature:
        return replace(fmt::format("Have {} issued again, signed with SHA-256.", which()));
      case FindingCode::weak_key:
        return replace(fmt::format(
            "Have {} issued again for a new key, RSA 2048 or EC P-256 at least.", which()));
      case FindingCode::key_type_not_supported:
        return replace(
            fmt::format("Have {} issued again for a key of RSA 2048 or EC P-256.", which()));
      case FindingCode::eku_missing:
        return replace(fmt::format("Have {} issued again with {} among its extended key usages.",
                                   which(), finding_.evidence.wanted));
      case FindingCode::key_usage:
      case FindingCode::not_a_ca:
      case FindingCode::path_length:
      case FindingCode::name_constraint:
      case FindingCode::policy:
      case FindingCode::unknown_critical_extension:
      case FindingCode::path_refused:
        return replace(
            "Have the server's certificate issued again, by a certificate authority whose own "
            "certificate allows it.");
      case FindingCode::revoked:
        return replace(
            "Its authority takes it back, most often because its key became known: put a new "
            "certificate for a new key on the server.");
      case FindingCode::revocation_unknown:
        return {.say = fmt::format("Get a revocation list of {} that has not run out, and give it "
                                   "along.",
                                   issuer_name())};
      case FindingCode::path_budget: return nothing_else();
      case FindingCode::better_path_exists:
        return replace("Take the certificate that expired out of the server's certificate file.");
      case FindingCode::certificate_unreadable:
        return replace(
            "Put a well-formed certificate on the server; openssl x509 -text must read "
            "it.");
      case FindingCode::pin_changed: return trust_the_new_one();
      case FindingCode::version_gap: return enable_version();
      case FindingCode::cipher_gap: return common_cipher();
      case FindingCode::weak_dh:
        return {.say =
                    "Give the server Diffie-Hellman parameters of 2048 bits or more, or have it "
                    "use ECDHE."};
      case FindingCode::legacy_renegotiation:
        return {.say =
                    "Bring the server's TLS software up to date; what was made since 2010 has "
                    "RFC 5746."};
      case FindingCode::sni_needed: return ask_by_name();
      case FindingCode::chain_too_large: return nothing_else();
      case FindingCode::protocol_violation:
        return {.say =
                    "Try from another network: if it works there, something on the way here "
                    "changes the connection. If not, bring the TLS software of that side up to "
                    "date."};
      case FindingCode::client_certificate_wanted_none_set:
        return set_client_certificate("Upload a certificate with its private key");
      case FindingCode::client_certificate_refused:
        return set_client_certificate("Upload another certificate with its private key");
      case FindingCode::own_certificate_lacks_client_use:
        return set_client_certificate(
            "Upload a certificate that has clientAuth among its extended key usages, or no such "
            "list (public issuers no longer give it, your own can)");
      case FindingCode::own_certificate_not_listed:
        return set_client_certificate("Upload a certificate with its private key");
      case FindingCode::our_certificate_refused:
        return {.say = "Have that client trust the certificate shown under " +
                       std::string(kServerPage) + ", or its issuer."};
      case FindingCode::plain_text_on_tls_port: return other_port();
      case FindingCode::tls_on_plain_port: return write_https();
      case FindingCode::handshake_timeout:
        return {.say =
                    "Check that a TLS server listens on that port, and that no firewall on the "
                    "way swallows its answers."};
      case FindingCode::alert_received:
        return {.say = "The server's own log says at this time why it did so."};
      case FindingCode::peer_closed:
        return {.say =
                    "The server's own log says at this time why; a proxy or firewall on the way "
                    "may have done it, too."};
      case FindingCode::truncated:
        return {.say =
                    "Fetch again. If it ends like this each time, the log of the server, or of a "
                    "proxy before it, says who broke off."};
    }
    return {};
  }

 private:
  std::size_t index() const { return finding_.certificate.value_or(0); }
  bool is_anchor() const {
    return scene_.verdict.path.reaches_anchor && index() + 1 == path_.size();
  }
  std::string which() const {
    if (index() == 0 || index() >= path_.size()) return "the server's certificate";
    return in_quotes(path_[index()].subject().short_name());
  }

  std::string issuer_name() const {
    return index() < path_.size() ? in_quotes(path_[index()].issuer().short_name())
                                  : "the certificate's issuer";
  }

  Fix nothing_else() const {
    return replace(scene_.record.role == handshake::Role::server
                       ? "Have that client send its own certificate and the intermediate ones "
                         "that lead to its issuer, and nothing else."
                       : "In the server's certificate file, leave its own certificate and the "
                         "intermediate ones that lead to its issuer, and nothing else.");
  }

  static Fix replace(std::string say) {
    return {.kind = FixKind::replace_certificate, .say = std::move(say)};
  }

  // The floor, where this clock was never set.
  std::chrono::sys_seconds judged_at() const {
    const auto& findings = scene_.verdict.findings;
    const auto unset = std::ranges::find(findings, FindingCode::clock_unset, &Finding::code);
    return unset == findings.end() ? scene_.context.now
                                   : unset->evidence.bound.value_or(scene_.context.now);
  }

  // Whether the path ends well once this certificate is trusted, its other findings apart.
  bool cures(const Certificate& certificate) const {
    x509::PathOptions options;
    if (scene_.record.role == handshake::Role::server) options.purpose = x509::Purpose::client;
    const auto checked =
        x509::check_path(path_, x509::AnchorSet({certificate}), judged_at(), options);
    const auto at_its_end = [&](const x509::Fault& fault) {
      return fault.index + 1 == checked.path.size();
    };
    return checked.reaches_anchor && std::ranges::none_of(checked.faults, at_its_end);
  }

  // The one that issued the end of the path, if somebody gave it to us.
  const Certificate* at_hand() const {
    const auto& end = path_.back();
    const auto fits = [&](const Certificate& candidate) {
      return candidate.subject() == end.issuer() && x509::signed_by(end, candidate) &&
             cures(candidate);
    };
    const auto found = std::ranges::find_if(scene_.context.at_hand, fits);
    return found == scene_.context.at_hand.end() ? nullptr : &*found;
  }

  Fix upload(const Certificate& certificate, std::string_view lead) const {
    Fix fix{.kind = FixKind::add_trusted, .missing = certificate};
    fix.file = file_name_for(certificate);
    const auto& saved = scene_.context.saved_as;
    fix.say = fmt::format(
        "{} {} (SHA-256 {}). Compare that fingerprint with {}, then upload `{}`{} under {}.", lead,
        in_quotes(certificate.subject().short_name()), certificate.fingerprint(),
        possessive(holder(certificate.subject())), saved.empty() ? fix.file : saved,
        saved.empty() ? "" : " (written beside this report)", kTrustedPage);
    add_trust_lines(fix, fix.file);
    return fix;
  }

  std::string whom_to_ask(const Certificate& child) const {
    auto text = fmt::format("Ask {} for it", base::visible(holder(child.issuer())));
    if (!child.aia_issuers().empty()) {
      text += fmt::format(" (the address in the certificate, unchecked: {})",
                          base::visible(child.aia_issuers().front(), 200));
    }
    return text;
  }

  // "the certificate of "Acme Root R1" (its key identifier: 8F:3A)"
  std::string missing_one(const Certificate& child) const {
    auto text = fmt::format("the certificate of {}", in_quotes(child.issuer().short_name()));
    if (!child.authority_key_id().empty()) {
      text += fmt::format(" (its key identifier: {})", base::hex_colons(child.authority_key_id()));
    }
    return text;
  }

  Fix trust_the_issuer() const {
    if (const auto* root = scene_.verdict.path.sent_root()) {
      if (cures(*root)) return upload(*root, "The server sent its root,");
      return replace(fmt::format(
          "The server sent its root, {}, but that one is unfit to be trusted itself. Have the "
          "server's certificate issued by another authority.",
          in_quotes(root->subject().short_name())));
    }
    if (const auto* held = at_hand()) {
      return upload(*held, "The server did not send it, but this machine holds the certificate of");
    }
    const auto& child = path_.back();
    Fix fix{.kind = FixKind::add_trusted};
    fix.say = fmt::format(
        "The server did not send {}, and this machine does not hold it. {}, then "
        "upload it under {}.",
        missing_one(child), whom_to_ask(child), kTrustedPage);
    add_trust_lines(fix, "THAT-CERTIFICATE.pem");
    return fix;
  }

  Fix send_intermediate() const {
    const auto& leaf = path_.front();
    Fix fix{.kind = FixKind::send_intermediate};
    fix.say = fmt::format("On the server, put {} behind the server's own in its certificate file.",
                          missing_one(leaf));
    if (const auto* held = at_hand()) {
      fix.missing = *held;
      fix.file = file_name_for(*held);
      fix.say +=
          fmt::format(" This machine holds it: `{}`, SHA-256 {}.", fix.file, held->fingerprint());
    } else {
      fix.say += fmt::format(" {}.", whom_to_ask(leaf));
    }
    return fix;
  }

  Fix trust_the_leaf() const {
    const auto& leaf = path_.front();
    if (cures(leaf)) {
      auto fix = upload(leaf, "The server sent");
      fix.say = fmt::format(
          "Compare its SHA-256, {}, with the one that the server's owner reads on the server, then "
          "upload `{}`{} under {}.",
          leaf.fingerprint(), scene_.context.saved_as.empty() ? fix.file : scene_.context.saved_as,
          scene_.context.saved_as.empty() ? "" : " (written beside this report)", kTrustedPage);
      return fix;
    }
    return replace(
        "To trust it would not help as long as the other findings stand. Put a sound certificate on "
        "the server first, then trust that one.");
  }

  std::string renewal() const {
    if (is_anchor()) {
      return fmt::format("Upload the current certificate of {} under {}, and delete this one.",
                         in_quotes(path_[index()].subject().short_name()), kTrustedPage);
    }
    if (index() == 0) return "Renew the server's certificate and put the new one on the server.";
    return fmt::format(
        "On the server, replace the certificate of {} by the current one of that "
        "name.",
        in_quotes(path_[index()].subject().short_name()));
  }

  Fix wait_or_set_clock() const {
    const auto now = finding_.evidence.now.value_or(scene_.context.now);
    if (scene_.context.now_is_given) {
      return replace(
          fmt::format("Put a certificate on the server that is valid at {}.", when(now)));
    }
    return replace(fmt::format(
        "Put a certificate on the server that is valid today, or wait until {}. If {} is not the "
        "time of day here, set this clock instead.",
        finding_.evidence.bound ? when(*finding_.evidence.bound) : "then", when(now)));
  }

  Fix set_clock() const {
    const auto now = finding_.evidence.now.value_or(scene_.context.now);
    return {.kind = FixKind::set_clock,
            .say = fmt::format("This clock was never set: it says {}. Set it, by a time server for "
                               "example.",
                               when(now)),
            .desk_phones = {"local_time.ntp_server1 = YOUR-TIME-SERVER"}};
  }

  // Whoever renewed the certificate can read the new fingerprint on the server.
  Fix trust_the_new_one() const {
    if (!cures(path_.front())) {
      return replace(
          "If nobody renewed it, somebody else answers in the server's place. To trust the new one "
          "would not help as long as the other findings stand: put a sound certificate on the "
          "server first, then trust that one.");
    }
    auto fix = upload(path_.front(), "The server sent");
    fix.say = fmt::format(
        "If the server's owner renewed it, compare the new SHA-256, {}, with the one read on the "
        "server, then upload `{}`{} under {}, and delete the old one there. If nobody did, somebody "
        "else answers in the server's place.",
        path_.front().fingerprint(),
        scene_.context.saved_as.empty() ? fix.file : scene_.context.saved_as,
        scene_.context.saved_as.empty() ? "" : " (written beside this report)", kTrustedPage);
    return fix;
  }

  // A name of the certificate that a URL can hold; one that names this very computer comes last.
  std::optional<std::string> usable_name() const {
    std::optional<std::string> here;
    for (const auto& name : finding_.evidence.found) {
      const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.' || c == '_';
      });
      if (plain && !is_loopback(name)) return name;
      if (plain && !here) here = name;
    }
    return here;
  }

  // The server and folder that were asked for, under https.
  base::Url asked_for() const {
    base::Url url;
    url.scheme = "https";
    url.port = 443;
    if (auto server = base::parse_host_port(scene_.context.server, "https")) url = *server;
    url.target = scene_.context.target;
    return base::resolve(url, ".").value_or(url);
  }
  std::string provision_line(const std::string& host) const {
    auto url = asked_for();
    url.host = host;
    return "static.auto_provision.server.url = " + base::visible(url.shown());
  }

  Fix write_https() const {
    Fix fix{.say = "Write https:// in front of that address."};
    const auto host = asked_for().host;
    fix.desk_phones = {provision_line(is_loopback(host) ? kPlaceholder : host)};
    if (is_loopback(host)) {
      fix.desk_phones_note = "YOUR-SERVER stands for the address at which the phones reach it.";
    }
    return fix;
  }

  Fix change_name() const {
    const auto name = usable_name();
    const auto reissue = fmt::format("put a certificate on the server that names {}",
                                     in_quotes(finding_.evidence.wanted));
    if (!name) return replace(capital(reissue) + ".");
    Fix fix{.kind = FixKind::change_name,
            .say = fmt::format("Reach the server by a name that its certificate has, {}, or {}.",
                               in_quotes(*name), reissue)};
    if (!is_loopback(*name)) fix.desk_phones = {provision_line(*name)};
    return fix;
  }

  Fix ask_by_name() const {
    return {.kind = FixKind::change_name,
            .say =
                "Reach the server by the host name that its certificate has; with an IP address "
                "none is told.",
            .desk_phones = {provision_line("HOST-NAME")}};
  }

  // A desk phone's value 3 negotiates; no value for TLS 1.3 alone is known.
  Fix enable_version() const {
    Fix fix{.kind = FixKind::enable_version};
    const bool newest_offered = finding_.evidence.wanted.find("TLS 1.3") != std::string::npos;
    if (scene_.record.role == handshake::Role::server) {
      fix.say = "Allow that version on this side, if you must, or bring the client up to date.";
    } else if (newest_offered) {
      fix.say =
          "Enable TLS 1.2 or TLS 1.3 on the server. If it cannot do that, allow the older "
          "versions here; they are weak.";
    } else {
      fix.say = fmt::format(
          "Allow newer versions here than {}, or enable one of these on the "
          "server.",
          base::visible(finding_.evidence.wanted));
    }
    fix.desk_phones = {"static.security.default_ssl_method = 3"};
    return fix;
  }

  Fix common_cipher() const {
    return {.say = "Allow on the server one of the ciphers that the details list."};
  }

  Fix set_client_certificate(std::string_view lead) const {
    std::vector<std::string> issuers;
    for (const auto& authority : scene_.record.requested_authorities) {
      if (auto name = authority_name(authority); !name.empty()) issuers.push_back(std::move(name));
    }
    const auto issued_by =
        issuers.empty() ? std::string() : ", issued by " + quoted_list(issuers, 3) + ",";
    return {.kind = FixKind::set_client_certificate,
            .say = fmt::format("{}{} under {}; it is shown to servers that ask.", lead, issued_by,
                               kServerPage),
            .desk_phones = {fmt::format("static.server_certificates.url = https://{}/phone.pem",
                                        kPlaceholder),
                            "static.security.dev_cert = 1"},
            .desk_phones_note = kFileNote};
  }

  Fix other_port() const {
    const auto& found = finding_.evidence.found;
    if (scene_.record.role == handshake::Role::server) {
      return {.say = "Have that client use TLS on this port, in a browser with https:// in front."};
    }
    if (!found.empty() && found.front() == "HTTP") {
      return {.say =
                  "Use the port on which that server speaks TLS (often 443), or turn TLS on for "
                  "this one."};
    }
    return {.say = "Check the port: another service listens there."};
  }

  const Finding& finding_;
  const Scene& scene_;
  const std::vector<Certificate>& path_;
};

}  // namespace

Fix fix_for(const Finding& finding, const Scene& scene) { return Fixer(finding, scene).fix(); }

}  // namespace sealtone::explain
