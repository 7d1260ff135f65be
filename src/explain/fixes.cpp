// SPDX-License-Identifier: Apache-2.0
#include "explain/fixes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "explain/authority_name.h"
#include "explain/handshake_fix.h"
#include "explain/name_limits.h"
#include "explain/revoked.h"
#include "explain/trusted_fix.h"
#include "explain/wording.h"
#include "trust/sip_names.h"

namespace sealtone::explain {
namespace {

using trust::Finding;
using trust::FindingCode;
using x509::Certificate;

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
      case FindingCode::issuer_unknown: return trust_the_issuer(scene_);
      case FindingCode::chain_incomplete: return send_intermediate(scene_);
      case FindingCode::self_signed_leaf: return trust_the_leaf(scene_);
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
      case FindingCode::key_type_not_supported: return sound_key();
      case FindingCode::eku_missing:
        return replace(fmt::format("Have {} issued again with {} among its extended key usages.",
                                   which(), base::visible(finding_.evidence.wanted, 80)));
      case FindingCode::key_usage:
      case FindingCode::unknown_critical_extension:
        return index() == 0 ? without_the_fault() : by_another_authority();
      case FindingCode::not_a_ca:
      case FindingCode::path_length:
      case FindingCode::policy: return by_another_authority();
      case FindingCode::name_constraint:
        return replace(within_the_limits(finding_, scene_.verdict.path, asked_for().host));
      case FindingCode::path_refused:
        return replace(
            "Have a new certificate issued for the server, for a new key of RSA 2048 or EC P-256, "
            "by a certificate authority whose own certificates keep the rules.");
      case FindingCode::revoked:
        return replace(index() == 0 || index() >= path_.size()
                           ? instead_of_revoked(finding_.evidence, issuer_name())
                           : instead_of_revoked_issuer(finding_.evidence, issuer_name()));
      case FindingCode::revocation_unknown: return get_told_of_revocation();
      case FindingCode::path_budget: return nothing_else();
      case FindingCode::better_path_exists:
        return replace(fmt::format(
            "Take {} out of the server's certificate file.",
            finding_.evidence.bound ? "the certificate that expired" : "that certificate"));
      case FindingCode::certificate_unreadable:
        return replace(
            "Put a well-formed certificate on the server; openssl x509 -text must read "
            "it.");
      case FindingCode::pin_changed: return trust_the_new_one(scene_);
      case FindingCode::version_gap: return enable_version(finding_, scene_);
      case FindingCode::cipher_gap: return common_cipher(finding_, scene_);
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
      case FindingCode::wrong_key: return right_key();
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

  // RFC 6066 §8: the answer that a server sends along is of its own certificate.
  Fix get_told_of_revocation() const {
    if (finding_.evidence.wanted == trust::kStapledAnswer) {
      return {.say =
                  "Have the server send an answer of OCSP along: turn stapling on (nginx: "
                  "ssl_stapling on). A revocation list does not take its place."};
    }
    return {
        .say = fmt::format("Get a revocation list of {} that has not run out, and give it along{}.",
                           issuer_name(),
                           index() == 0 ? ", or have the server send an answer of OCSP along"
                                        : ": the answer of OCSP that servers send along tells of "
                                          "their own certificate alone")};
  }

  bool takes_ec() const { return finding_.evidence.wanted.find("EC") != std::string::npos; }

  std::string in_the_file() const {
    const auto& file = scene_.context.not_installed;
    return "In " + (file.empty() ? "that file" : base::visible(file));
  }

  // Of which certificate the key is, and behind that "CA" if it is an authority's.
  Fix right_key() const {
    const auto& found = finding_.evidence.found;
    if (found.size() > 2 && !path_.empty()) {
      return {.say = fmt::format("Take the private key of the server's own certificate, {}.",
                                 in_quotes(path_.front().subject().short_name()))};
    }
    return {.say = found.size() > 1
                       ? fmt::format("{}, put the certificate of {} first, which the key belongs "
                                     "to.",
                                     in_the_file(), in_quotes(found[1]))
                       : "Take the private key that the certificate was issued for, or have a "
                         "certificate issued for this one."};
  }

  Fix nothing_else() const {
    if (!scene_.context.not_installed.empty()) {
      return replace(in_the_file() +
                     ", leave the server's own certificate and the intermediate ones that lead to "
                     "its issuer, and nothing else.");
    }
    return replace(scene_.record.role == handshake::Role::server
                       ? "Have that client send its own certificate and the intermediate ones "
                         "that lead to its issuer, and nothing else."
                       : "In the server's certificate file, leave its own certificate and the "
                         "intermediate ones that lead to its issuer, and nothing else.");
  }

  static Fix replace(std::string say) {
    return {.kind = FixKind::replace_certificate, .say = std::move(say)};
  }

  static Fix by_another_authority() { return replace(std::string(kByAnotherAuthority)); }

  // What an authority signed has to be signed anew once its key is another one.
  Fix sound_key() const {
    const bool rsa_alone = finding_.code == FindingCode::key_type_not_supported && !takes_ec();
    const auto* const keys = rsa_alone ? "RSA 2048" : "RSA 2048 or EC P-256 at least";
    if (index() == 0) {
      return replace(
          fmt::format("Have the server's certificate issued again for a new key, {}.", keys));
    }
    return replace(
        fmt::format("Have the server's certificate issued again, by a certificate authority whose "
                    "own key is {}.",
                    keys));
  }

  // The peer's own certificate says what it must not.
  Fix without_the_fault() const {
    if (finding_.code == FindingCode::key_usage) {
      return replace(
          "Have the server's certificate issued again with digitalSignature among its key usages.");
    }
    return replace(
        fmt::format("Have the server's certificate issued again without the critical extension {}.",
                    base::visible(finding_.evidence.detail, 80)));
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
    const auto lead =
        index() == 0 || index() >= path_.size()
            ? std::string("Put a certificate on the server")
            : fmt::format("On the server, put a certificate of {} in its place", which());
    if (scene_.context.now_is_given) {
      return replace(fmt::format("{} that is valid at {}.", lead, when(now)));
    }
    return replace(fmt::format(
        "{} that is valid today, or wait until {}. If {} is not the time of day here, set this "
        "clock instead.",
        lead, finding_.evidence.bound ? when(*finding_.evidence.bound) : "then", when(now)));
  }

  Fix set_clock() const {
    const auto now = finding_.evidence.now.value_or(scene_.context.now);
    return {.kind = FixKind::set_clock,
            .say = fmt::format("This clock was never set: it says {}. Set it, by a time server for "
                               "example.",
                               when(now)),
            .desk_phones = {"local_time.ntp_server1 = YOUR-TIME-SERVER"}};
  }

  bool is_sip() const { return finding_.evidence.detail.starts_with(trust::kSipRules); }
  std::vector<std::string> sip_hosts() const {
    if (path_.empty()) return {};
    return trust::sip_identities(path_.front(), {});
  }

  // A name of the certificate that a URL can hold; one that names this very computer comes last.
  std::optional<std::string> usable_name() const {
    std::optional<std::string> here;
    for (const auto& name : is_sip() ? sip_hosts() : finding_.evidence.found) {
      if (name == finding_.evidence.wanted) continue;  // which is what did not count
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
    fix.desk_phones = {provision_line(is_loopback(host) ? std::string(kPlaceholder) : host)};
    if (is_loopback(host)) {
      fix.desk_phones_note = "YOUR-SERVER stands for the address at which the phones reach it.";
    }
    return fix;
  }

  // What a certificate has to have so that the name counts.
  std::string naming_it() const {
    const auto wanted = in_quotes(finding_.evidence.wanted);
    if (!names_it_in_vain(finding_.evidence)) return "names " + wanted;
    if (!is_sip()) return fmt::format("has {} as an iPAddress name", wanted);
    return fmt::format("has {} as the URI of a SIP domain, or no such URI", wanted);
  }
  static bool is_address(const std::string& host) {
    return trust::ReferenceIdentifier::from_host(host).kind == trust::ReferenceIdentifier::Kind::ip;
  }
  Fix change_name() const {
    if (is_sip() && names_it_in_vain(finding_.evidence) && is_address(finding_.evidence.wanted)) {
      return count_addresses();
    }
    const auto name = usable_name();
    const auto reissue = "put a certificate on the server that " + naming_it();
    if (!name) return replace(capital(reissue) + ".");
    Fix fix{.kind = FixKind::change_name,
            .say = fmt::format("Reach the server by a name that its certificate has, {}, or {}.",
                               in_quotes(*name), reissue)};
    if (is_loopback(*name)) return fix;
    fix.desk_phones = {is_sip() ? "account.1.sip_server.1.address = " + base::visible(*name)
                                : provision_line(*name)};
    return fix;
  }

  // No certificate helps whoever asks for an address where addresses do not count.
  Fix count_addresses() const {
    const auto name = usable_name();
    Fix fix{.kind = FixKind::change_name,
            .say = fmt::format("Reach the server by {}, or let addresses count in SIP "
                               "(`sealtone.security.sip_address_names = 1`).",
                               name ? "a host name that its certificate has, " + in_quotes(*name)
                                    : "a host name, with a certificate that has it")};
    if (name && !is_loopback(*name)) {
      fix.desk_phones = {"account.1.sip_server.1.address = " + base::visible(*name)};
    }
    return fix;
  }

  Fix ask_by_name() const {
    return {.kind = FixKind::change_name,
            .say =
                "Reach the server by the host name that its certificate has; with an IP address "
                "none is told.",
            .desk_phones = {provision_line("HOST-NAME")}};
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
            .desk_phones_note = std::string(kFileNote)};
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
