// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/advice: the admin's hands: every sentence that a fix may say, and how it is done (see
// advice.h).
#include <algorithm>
#include <array>
#include <regex>
#include <stdexcept>

#include "e2e/advice.h"
#include "e2e/other_eyes.h"

namespace sealtone::test {
using nlohmann::json;

void Advice::perform(const json& fix) {
  const auto kind = fix.at("kind").get<std::string>();
  const auto say = fix.at("say").get<std::string>();
  if (kind == "add-trusted") return add_trusted(fix);
  if (kind == "send-intermediate") return send_intermediate(fix);
  if (kind == "replace-certificate") return replace_certificate(say);
  if (kind == "change-name") return change_name(say);
  if (kind == "enable-version") return enable_version(say);
  if (kind == "set-client-certificate") return set_client_certificate(say);
  if (kind == "set-clock") {
    before_.clear();
    return;
  }
  throw std::runtime_error("nothing to carry out: " + kind);
}

// "… the certificate of "X" (its key identifier: 8F:3A) … (the address in the certificate,
// unchecked: http://…)": fetched from there, or asked of X.
std::string Advice::wanted_pem(const json& fix) {
  if (const auto pem = fix.at("pem").get<std::string>(); !pem.empty()) {
    EXPECT_NE(seen(pem, "-fingerprint").size(), 0U);
    StartOptions options;
    options.input = pem;
    const auto fingerprint =
        run_ok({"openssl", "x509", "-noout", "-fingerprint", "-sha256"}, std::move(options));
    EXPECT_NE(fingerprint.find(fix.at("sha256").get<std::string>()), std::string::npos)
        << fingerprint;
    EXPECT_NE(fix.at("file"), "");
    return pem;
  }
  const auto say = fix.at("say").get<std::string>();
  std::string pem;
  static const std::regex address(R"(unchecked: ([^)]+)\))");
  std::smatch found;
  if (std::regex_search(say, found, address)) {
    const auto der = folder_.path() / "fetched.cer";
    run_ok({"curl", "-sf", "-o", der.string(), found[1].str()});
    pem = run_ok({"openssl", "x509", "-inform", "DER", "-in", der.string()});
  } else {
    pem = people_.at(first_quoted(say)).pem();
  }
  static const std::regex key_id("key identifier: ([0-9A-F:]+)");
  if (std::regex_search(say, found, key_id)) {
    StartOptions options;
    options.input = pem;
    EXPECT_NE(
        run_ok({"openssl", "x509", "-noout", "-ext", "subjectKeyIdentifier"}, std::move(options))
            .find(found[1].str()),
        std::string::npos)
        << say;
  }
  return pem;
}

void Advice::add_trusted(const json& fix) {
  const auto say = fix.at("say").get<std::string>();
  const auto pem = wanted_pem(fix);
  const auto file = fix.at("file").get<std::string>();
  if (!file.empty()) {
    EXPECT_NE(say.find('`' + file + '`'), std::string::npos) << say;
    write_text(folder_.path() / file, pem);
    const auto line = fix.at("desk_phones").at(0).get<std::string>();
    EXPECT_TRUE(line.ends_with("/" + file)) << line;
  }
  const bool in_place = say.find("delete the old one there") != std::string::npos;
  write_text(trust_file_, (in_place ? "" : read_text(trust_file_)) + pem);
}

void Advice::send_intermediate(const json& fix) {
  chain_.push_back(wanted_pem(fix));
  restart();
}

void Advice::reissue(const std::function<void(Wish&)>& change) {
  change(wish_);
  own_ = issuer_ ? issue(wish_, *issuer_) : self_signed(wish_);
  restart();
}

void Advice::reissue_by_a_sound_authority() {
  wish_ = server_wish();
  issuer_ = root_;
  own_ = issue(wish_, root_);
  chain_.clear();
  restart();
}

void Advice::replace_in_chain(const std::string& common_name, const std::string& pem) {
  const auto at = std::ranges::find(chain_, common_name, common_name_of);
  if (at == chain_.end()) throw std::runtime_error("the server sends no " + common_name);
  *at = pem;
  restart();
}

void Advice::replace_in_list(const std::string& common_name, const std::string& pem) {
  std::string list;
  for (const auto& one : blocks_of(read_text(trust_file_), "CERTIFICATE")) {
    if (common_name_of(one) != common_name) list += one;
  }
  write_text(trust_file_, list + pem);
}

// Every sentence that replace-certificate may say, and how it is done.
void Advice::replace_certificate(const std::string& say) {
  using Match = std::smatch;
  struct Deed {
    const char* sentence;
    std::function<void(const Match&)> done;
  };
  const auto new_key = [this](const std::string& key) {
    reissue([&](Wish& wish) { wish.key = key; });
  };
  const std::array deeds{
      Deed{"^Renew the server's certificate and put the new one on the server",
           [&](const Match&) {
             reissue([](Wish& wish) {
               wish.not_before = server_wish().not_before;
               wish.not_after = server_wish().not_after;
             });
           }},
      Deed{
          "^On the server, replace the certificate of \"([^\"]+)\" by the current one of that name",
          [&](const Match& m) { replace_in_chain(m[1], people_.at(m[1]).pem()); }},
      Deed{"^Upload (?:the current|a) certificate of \"([^\"]+)\" .*under Security > Trusted "
           "Certificates, and delete this one",
           [&](const Match& m) {
             const auto& better = people_.at(m[1]);
             replace_in_list(m[1], better.pem());
             if (say.find("server has to show the same one") != std::string::npos) {
               own_ = better;
               restart();
             } else if (say.find("issued again by it") != std::string::npos) {
               issuer_ = better;
               reissue([](Wish&) {});
             }
           }},
      Deed{"^Put a certificate on the server that is valid (?:today|at)",
           [&](const Match&) { reissue([](Wish& wish) { wish.not_before = "20200101000000Z"; }); }},
      Deed{
          "^On the server, put a certificate of \"([^\"]+)\" in its place that is valid (?:today|at)",
          [&](const Match& m) { replace_in_chain(m[1], people_.at(m[1]).pem()); }},
      Deed{"^Put a certificate on the server that names \"([^\"]+)\"",
           [&](const Match& m) {
             reissue([&](Wish& wish) {
               const auto& name = m[1].str();
               const bool address = name.find_first_not_of("0123456789.") == std::string::npos;
               wish.names = {(address ? "IP:" : "DNS:") + name};
             });
           }},
      Deed{"Put the certificate that the issuer gave out on the server again",
           [&](const Match&) {
             own_.certificate = folder_.path() / "given-out.pem";
             restart();
           }},
      Deed{"^Have the server's certificate issued again, signed with SHA-256",
           [&](const Match&) { reissue([](Wish& wish) { wish.digest = "sha256"; }); }},
      Deed{"^Have \"([^\"]+)\" issued again, signed with SHA-256",
           [&](const Match& m) { replace_in_chain(m[1], people_.at(m[1]).pem()); }},
      Deed{"^Have the server's certificate issued again for a new key, RSA 2048 or EC P-256",
           [&](const Match&) { new_key("rsa:2048"); }},
      Deed{
          "^Have the server's certificate issued again, by a certificate authority whose own key is "
          "RSA 2048 or EC P-256",
          [&](const Match&) { reissue_by_a_sound_authority(); }},
      Deed{"^Have the server's certificate issued again with serverAuth among its extended key "
           "usages",
           [&](const Match&) {
             reissue([](Wish& wish) { wish.extended_key_usage += ",serverAuth"; });
           }},
      Deed{"^Have \"([^\"]+)\" issued again with serverAuth among its extended key usages",
           [&](const Match& m) { replace_in_chain(m[1], people_.at(m[1]).pem()); }},
      Deed{"^Have the server's certificate issued again with digitalSignature among its key usages",
           [&](const Match&) {
             reissue([](Wish& wish) { wish.extensions = {"keyUsage=critical,digitalSignature"}; });
           }},
      Deed{
          "^Have the server's certificate issued again without the critical extension ([0-9.]+)[.]$",
          [&](const Match& m) {
            reissue([&](Wish& wish) {
              std::erase_if(wish.extensions, [&](const std::string& line) {
                return line.starts_with(m[1].str() + "=");
              });
            });
          }},
      Deed{"^Have the server's certificate issued again without the name \"([^\"]+)\", or by",
           [&](const Match& m) {
             reissue([&](Wish& wish) {
               std::erase_if(wish.names, [&](const std::string& name) {
                 return name.ends_with(":" + m[1].str());
               });
             });
           }},
      Deed{"^Have the server's certificate issued again, by a certificate authority whose own "
           "certificate allows it",
           [&](const Match&) { reissue_by_a_sound_authority(); }},
      Deed{"Have the server's certificate issued by another authority",
           [&](const Match&) { reissue_by_a_sound_authority(); }},
      Deed{
          "^Have a new certificate issued for the server, for a new key of RSA 2048 or EC P-256, by "
          "a certificate authority whose own certificates keep the rules",
          [&](const Match&) { reissue_by_a_sound_authority(); }},
      Deed{
          "^Put the certificate that took its place on the server[.]$|^Put a new certificate on the "
          "server[.]$|; or put another certificate on the server[.]$",
          [&](const Match&) { reissue([](Wish&) {}); }},
      Deed{"[Pp]ut a new certificate for a new key on the server",
           [&](const Match&) { new_key("ec"); }},
      Deed{"^Take the certificate that expired out of the server's certificate file",
           [&](const Match&) {
             std::erase_if(chain_, has_run_out);
             restart();
           }},
      Deed{"^Put a well-formed certificate on the server; openssl x509 -text must read it",
           [&](const Match&) {
             reissue([](Wish&) {});
             EXPECT_NE(seen(own_.pem(), "-text"), "");
           }},
      Deed{"^In the server's certificate file, leave its own certificate and the intermediate ones "
           "that lead to its issuer, and nothing else",
           [&](const Match&) {
             std::erase_if(chain_, [&](const std::string& pem) {
               const auto one = folder_.write("one.pem", pem);
               return run({"openssl", "verify", "-partial_chain", "-trusted", one.string(),
                           own_.certificate.string()})
                          .status != 0;
             });
             restart();
           }},
      Deed{"Put a sound certificate on the server first, then trust that one",
           [&](const Match&) {
             reissue([](Wish& wish) { wish = server_wish(); });
             write_text(trust_file_, own_.pem());
           }},
  };
  for (const auto& [sentence, done] : deeds) {
    Match match;
    if (!std::regex_search(say, match, std::regex(sentence))) continue;
    done(match);
    return;
  }
  throw std::runtime_error("nobody here knows how to do this: " + say);
}

// "Reach the server by a name that its certificate has, "localhost", or …"; or its name is looked
// up where the admin has it, on the server.
void Advice::change_name(const std::string& say) {
  auto name = first_quoted(say);
  if (say.starts_with("Reach the server by the host name that its certificate has")) {
    name = common_name_of(own_.pem());
  } else if (!say.starts_with("Reach the server by a name that its certificate has")) {
    throw std::runtime_error("nobody here knows how to do this: " + say);
  }
  host_ = name;
}

void Advice::enable_version(const std::string& say) {
  if (say.starts_with("Enable TLS 1.2 or TLS 1.3 on the server")) {
    options_.clear();
    return restart();
  }
  if (!say.starts_with("Allow newer versions here than ")) {
    throw std::runtime_error("nobody here knows how to do this: " + say);
  }
  const auto at = std::ranges::find(further_, "--tls");
  if (at == further_.end()) throw std::runtime_error("no version was chosen here");
  *(at + 1) = "1.0..1.3";
}

// "Upload … a certificate …, issued by "X", under Security > Server Certificates"
void Advice::set_client_certificate(const std::string& say) {
  EXPECT_NE(say.find("under Security > Server Certificates"), std::string::npos) << say;
  const auto by = first_quoted(say);
  Wish wish;
  wish.common_name = "phone";
  wish.extended_key_usage = "clientAuth";
  const auto own = issue(wish, by.empty() ? root_ : people_.at(by));
  const auto file = folder_.write("phone.pem", own.pem() + own.key_pem());
  const auto at = std::ranges::find(further_, "--client");
  if (at == further_.end()) {
    further_.insert(further_.end(), {"--client", file.string()});
  } else {
    *(at + 1) = file.string();
  }
}

}  // namespace sealtone::test
