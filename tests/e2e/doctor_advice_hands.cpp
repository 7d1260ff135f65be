// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/doctor_advice: the admin's hands: every sentence that a fix of the doctor's may say,
// and how it is done (see doctor_advice.h).
#include <algorithm>
#include <array>
#include <regex>
#include <stdexcept>

#include "e2e/doctor_advice.h"
#include "e2e/other_eyes.h"

namespace sealtone::test {

using nlohmann::json;

namespace {

constexpr const char* kCertificate = "CERTIFICATE";

std::runtime_error nobody_can(const std::string& say) {
  return std::runtime_error("nobody here knows how to do this: " + say);
}

std::size_t place_of(const json& remark, const char* what) {
  if (remark.at(what).is_null()) throw std::runtime_error("of which one it speaks is not said");
  return remark.at(what).get<std::size_t>();
}

void erase_at(std::vector<std::string>& all, std::size_t at) {
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

void DoctorAdvice::perform(const json& remark) {
  const auto& fix = remark.at("fix");
  const auto kind = fix.at("kind").get<std::string>();
  const auto say = fix.at("say").get<std::string>();
  if (kind == "leave-out") return leave_out(say, remark);
  if (kind == "mend-file") return mend_file(say);
  if (kind == "send-intermediate") return send_intermediate(say);
  if (kind == "add-trusted") return add_trusted(say, place_of(remark, "certificate"));
  if (kind == "change-name") return change_name(say);
  if (kind == "give-key") return give_key(say);
  if (kind == "give-certificate") return give_certificate(say);
  if (kind == "replace-certificate") {
    const auto& at = remark.at("certificate");
    return replace_certificate(say, at.is_null() ? given_.size() : at.get<std::size_t>());
  }
  if (kind == "set-clock") return set_clock(say);
  throw nobody_can(kind + ": " + say);
}

void DoctorAdvice::set_clock(const std::string& say) {
  if (!say.starts_with("Set this clock, by a time server for example; `sealtone doctor --at TIME` "
                       "judges by another time")) {
    throw nobody_can(say);
  }
  if (second_way_) {
    further_.insert(further_.end(), {"--at", "2026-11-26"});
  } else {
    before_.clear();
  }
}

void DoctorAdvice::leave_out(const std::string& say, const json& remark) {
  if (say.starts_with("Leave in the files what belongs to one server: its own certificate, and the "
                      "intermediate ones that lead to its issuer")) {
    std::erase_if(given_, [&](const std::string& pem) {
      return pem != own_.pem() &&
             run({"openssl", "verify", "-partial_chain", "-trusted",
                  folder_.write("one.pem", pem).string(), own_.certificate.string()})
                     .status != 0;
    });
  } else if (say.starts_with("Upload the certificate alone")) {
    keys_.clear();
  } else if (!say.starts_with("Leave it out")) {
    throw nobody_can(say);
  } else if (!remark.at("private_key").is_null()) {
    erase_at(keys_, place_of(remark, "private_key"));
  } else {
    erase_at(given_, place_of(remark, "certificate"));
  }
}

// "`sealtone doctor --fix FILE` does"; or get the file again from where it came from.
void DoctorAdvice::mend_file(const std::string& say) {
  if (say.find("`sealtone doctor --fix FILE` does") == std::string::npos) throw nobody_can(say);
  if (second_way_) {
    if (!say.starts_with("Get that file again from where it came from, or ")) throw nobody_can(say);
    given_ = given_out_;
    broken_.clear();
    return;
  }
  const auto file = (folder_.path() / ("mended-" + std::to_string(++mended_) + ".pem")).string();
  const auto done = sealtone(command({"--fix", file}));
  if (!std::filesystem::exists(file)) throw std::runtime_error(done.out + done.err);
  const auto text = read_text(file);
  given_ = blocks_of(text, kCertificate);
  keys_ = blocks_of(text, "PRIVATE KEY");
  broken_.clear();
}

void DoctorAdvice::send_intermediate(const std::string& say) {
  static const std::regex sentence(
      "^If it is an intermediate certificate, ask (.+) for it(?: \\(the address in the "
      "certificate, unchecked: ([^)]+)\\))? and put it behind \"([^\"]+)\"[.] If it is the root that "
      "those who connect trust, nothing is missing; `sealtone doctor --trust FILE` takes it");
  std::smatch found;
  if (!std::regex_search(say, found, sentence)) throw nobody_can(say);
  std::string pem;
  if (found[2].matched) {
    const auto der = folder_.path() / "fetched.cer";
    run_ok({"curl", "-sf", "-o", der.string(), found[2].str()});
    pem = run_ok({"openssl", "x509", "-inform", "DER", "-in", der.string()});
  } else {
    pem = who_is(found[1]).pem();
  }
  if (is_self_issued(pem)) {
    trusted_ += pem;
    return;
  }
  const auto child = std::ranges::find(given_, found[3].str(), common_name_of);
  if (child == given_.end()) throw std::runtime_error("no such certificate: " + found[3].str());
  given_.insert(child + 1, pem);
}

void DoctorAdvice::add_trusted(const std::string& say, std::size_t at) {
  const auto pem = given_.at(at);
  if (say.starts_with("Have those who connect trust this certificate in the place of the one that "
                      "they trust under its name")) {
    replace_trusted(common_name_of(pem), pem);
  } else if (!say.starts_with(
                 "Have those who connect trust this very certificate (`sealtone doctor "
                 "--trust FILE` takes it from there), or have one issued by an "
                 "authority that they trust")) {
    throw nobody_can(say);
  } else if (second_way_) {
    issuer_ = root_;
    reissue([](Wish& wish) { wish = server_wish(); });
  } else {
    trusted_ += pem;
  }
}

void DoctorAdvice::change_name(const std::string& say) {
  static const std::regex sentence(
      "^Have it issued again for \"([^\"]+)\", or reach the server by a name that it has");
  if (say.ends_with("Else have it issued again with the names and addresses by which it is reached "
                    "(subjectAltName).")) {
    return reissue([](Wish& wish) { wish.names = server_wish().names; });
  }
  std::smatch found;
  if (!std::regex_search(say, found, sentence)) throw nobody_can(say);
  const auto name = found[1].str();
  if (second_way_) {
    *(std::ranges::find(further_, "--name") + 1) = common_name_of(own_.pem());
  } else {
    reissue([&](Wish& wish) { wish.names = {"DNS:" + name}; });
  }
}

void DoctorAdvice::give_key(const std::string& say) {
  if (say.starts_with("Upload one file with the certificate and its private key")) {
    keys_ = {own_.key_pem()};
  } else if (say.starts_with("Give the private key that \"")) {
    if (say.find("or the certificate that was issued for this key") == std::string::npos) {
      throw nobody_can(say);
    }
    const auto& other = who_is(second_way_ ? "whose key it is" : first_quoted(say));
    if (second_way_) {
      given_.front() = other.pem();
    } else {
      keys_ = {other.key_pem()};
    }
  } else if (say.starts_with("Take the key again from where it was made, or have the certificate "
                             "issued for a new one")) {
    keys_ = {own_.key_pem()};
    if (second_way_) reissue([](Wish& wish) { wish.key = "rsa:2048"; });
  } else {
    throw nobody_can(say);
  }
}

void DoctorAdvice::give_certificate(const std::string& say) {
  if (say.starts_with("Upload one file with the certificate and its private key")) {
    given_ = {own_.pem()};
  } else if (say == "Upload the authority's certificate.") {
    given_ = {root_.pem()};
  } else {
    throw nobody_can(say);
  }
}

void DoctorAdvice::reissue(const std::function<void(Wish&)>& change) {
  change(wish_);
  const auto before = own_.pem();
  own_ = issuer_ ? issue(wish_, *issuer_) : self_signed(wish_);
  std::ranges::replace(given_, before, own_.pem());
  if (!keys_.empty()) keys_ = {own_.key_pem()};
}

void DoctorAdvice::replace_trusted(const std::string& common_name, const std::string& pem) {
  std::string list;
  for (const auto& one : blocks_of(trusted_, kCertificate)) {
    if (common_name_of(one) != common_name) list += one;
  }
  trusted_ = list + pem;
}

// Every sentence that replace-certificate may say.  at: the one it speaks of.
void DoctorAdvice::replace_certificate(const std::string& say, std::size_t at) {
  using Match = std::smatch;
  struct Deed {
    const char* sentence;
    std::function<void(const Match&)> done;
  };
  const auto again = [&](auto change) { return [this, change](const Match&) { reissue(change); }; };
  const auto put = [&](const std::string& name) { given_.at(at) = who_is(name).pem(); };
  const auto in_date = [](Wish& wish) {
    wish.not_before = server_wish().not_before;
    wish.not_after = server_wish().not_after;
  };
  const std::array deeds{
      Deed{"^Renew it(?: before then)?, and upload the new one[.]$", again(in_date)},
      Deed{"^Replace it by the current certificate of \"([^\"]+)\"[.]$",
           [&](const Match& m) { put(m[1]); }},
      Deed{"^Those who connect have to trust the current certificate of \"([^\"]+)\" in its place",
           [&](const Match& m) { replace_trusted(m[1], who_is(m[1]).pem()); }},
      Deed{"^Upload the one that \"([^\"]+)\" shows now, and delete this one[.]$",
           [&](const Match& m) { put(m[1]); }},
      Deed{"^What it issued is refused until a newer one is here: ask (.+) for it, upload it, and "
           "delete this one",
           [&](const Match& m) { put(m[1]); }},
      Deed{"^Ask (.+) for its successor before then[.]$", [&](const Match& m) { put(m[1]); }},
      Deed{"^Wait until then, or use another one that is valid now; if .* is not the time of day "
           "here, set this clock[.]$",
           [&](const Match&) {
             if (!second_way_) {
               before_ = {"faketime", "2091-01-01 00:00:00"};
             } else if (given_.at(at) == own_.pem()) {
               reissue(in_date);
             } else {
               put(common_name_of(given_.at(at)));
             }
           }},
      Deed{"^It is damaged, or what is named .* here is another certificate of that name: get both "
           "again from whoever issued them[.]$",
           [&](const Match&) { given_ = given_out_; }},
      Deed{"^Have it issued again signed with SHA-256[.]$",
           again([](Wish& wish) { wish.digest = "sha256"; })},
      Deed{"^Have it issued again for a new key, RSA 2048 or EC P-256",
           again([](Wish& wish) { wish.key = "rsa:2048"; })},
      Deed{
          "^Have it issued again with ([A-Za-z]+) among its extended key usages, or without such a "
          "list[.]$",
          [&](const Match& m) {
            const auto usage = second_way_ ? "" : wish_.extended_key_usage + "," + m[1].str();
            reissue([&](Wish& wish) { wish.extended_key_usage = usage; });
          }},
      Deed{"^Have it issued again with digitalSignature among its key usages[.]$",
           again([](Wish& wish) { wish.extensions = {"keyUsage=critical,digitalSignature"}; })},
      Deed{"^Have it issued again without that demand",
           again([](Wish& wish) { wish.extensions.clear(); })},
      Deed{"^Have it issued again so that it keeps to this rule[.]$",
           again([](Wish& wish) { wish.extensions.clear(); })},
      Deed{
          "^It may be uploaded, but servers are refused for it: ask (.+) for a certificate (?:signed "
          "with|for a new key,|with|that) ",
          [&](const Match& m) { put(m[1]); }},
      Deed{"^Ask (.+) for a certificate (?:signed with|for a new key,|with|that) .*, and have the "
           "server's issued under that one[.]$",
           [&](const Match& m) {
             put(m[1]);
             issuer_ = who_is(m[1]);
             reissue([](Wish&) {});
           }},
      Deed{"^Have the server's certificate issued again, by a certificate authority whose own "
           "certificate allows it[.]$",
           [&](const Match&) {
             issuer_ = root_;
             reissue([](Wish& wish) { wish = server_wish(); });
             given_ = {own_.pem()};
           }},
      Deed{"^Have a certificate issued for the server alone: whoever trusts this one",
           [&](const Match&) {
             issuer_ = root_;
             reissue([](Wish& wish) { wish = server_wish(); });
           }},
      Deed{"^To trust the server beyond that, upload the certificate of \"([^\"]+)\" instead[.]$",
           [&](const Match& m) { put(m[1]); }},
      Deed{"^If no server asks the phone for a certificate, nothing has to be done[.] Else have it "
           "issued again with clientAuth among its extended key usages, or without such a list",
           [&](const Match&) {
             const auto* const usage = second_way_ ? "" : "serverAuth,clientAuth";
             reissue([&](Wish& wish) { wish.extended_key_usage = usage; });
           }},
  };
  for (const auto& [sentence, done] : deeds) {
    Match match;
    if (!std::regex_search(say, match, std::regex(sentence))) continue;
    done(match);
    return;
  }
  throw nobody_can(say);
}

}  // namespace sealtone::test
