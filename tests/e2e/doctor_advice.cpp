// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/doctor_advice: see doctor_advice.h.
#include "e2e/doctor_advice.h"

#include <algorithm>
#include <stdexcept>

namespace sealtone::test {

using nlohmann::json;

std::set<std::string>& cured_by() {
  static std::set<std::string> cured;
  return cured;
}

DoctorAdvice::DoctorAdvice()
    : middle_(certificates_.issue("middle", authority("Middle CA"), root_)),
      trusted_(root_.pem()) {}

// For servers and for clients, as the phone needs it.
Wish DoctorAdvice::server_wish() {
  Wish wish;
  wish.common_name = "phone.example";
  wish.names = {"DNS:phone.example"};
  wish.extended_key_usage = "serverAuth,clientAuth";
  return wish;
}

Identity DoctorAdvice::current(const std::string& name, const Identity& old,
                               const Identity& issuer) {
  auto wish = authority(name);
  wish.key = "of:" + old.key.string();
  return issue(wish, issuer);
}

void DoctorAdvice::give(const Wish& wish, const Identity& issuer,
                        const std::vector<Identity>& behind) {
  wish_ = wish;
  issuer_ = issuer;
  own_ = issue(wish, issuer);
  given_ = {own_.pem()};
  for (const auto& one : behind) given_.push_back(one.pem());
  keys_ = {own_.key_pem()};
}

void DoctorAdvice::give_self_signed(const Wish& wish) {
  wish_ = wish;
  issuer_.reset();
  own_ = self_signed(wish);
  given_ = {own_.pem()};
  keys_ = {own_.key_pem()};
}

void DoctorAdvice::give_list(const std::vector<Identity>& members) {
  further_ = {"--for", "trusted"};
  for (const auto& one : members) given_.push_back(one.pem());
}

void DoctorAdvice::knows(const std::string& common_name, const Identity& current) {
  people_.insert_or_assign(common_name, current);
}

const Identity& DoctorAdvice::who_is(const std::string& common_name) const {
  const auto found = people_.find(common_name);
  if (found == people_.end()) throw std::runtime_error("nobody knows " + common_name);
  return found->second;
}

// Always of the same files, whatever is in them.
Arguments DoctorAdvice::command(const Arguments& more) {
  std::string text;
  for (const auto* part : {&given_, &broken_, &keys_}) {
    for (const auto& pem : *part) text += pem;
  }
  Arguments arguments{"doctor", folder_.write("upload.pem", text).string(), "--trust",
                      folder_.write("trusted.pem", trusted_).string()};
  arguments.insert(arguments.end(), further_.begin(), further_.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

json DoctorAdvice::ask(int& status) {
  auto whole = before_;
  if (!before_.empty()) whole.emplace_back(std::getenv("SEALTONE_BINARY"));
  const auto arguments = command({"--json"});
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  const auto finished = before_.empty() ? sealtone(whole) : run(whole);
  status = finished.status;
  if (status > 1) throw std::runtime_error(finished.err + finished.out);
  return json::parse(finished.out);
}

namespace {

const json* remark_of(const json& answer, const std::string& code) {
  const auto& remarks = answer.at("remarks");
  const auto at =
      std::ranges::find_if(remarks, [&](const json& remark) { return remark.at("code") == code; });
  return at == remarks.end() ? nullptr : &*at;
}

std::string codes_of(const json& answer) {
  std::string all;
  for (const auto& remark : answer.at("remarks")) all += " " + remark.at("code").get<std::string>();
  return all;
}

}  // namespace

void DoctorAdvice::expect_cure(const std::string& code) {
  int status = 0;
  const auto found = ask(status);
  const auto* const remark = remark_of(found, code);
  ASSERT_NE(remark, nullptr) << code << " was not found, but" << codes_of(found);
  EXPECT_EQ(status, 1) << codes_of(found);
  const auto& fix = remark->at("fix");
  ASSERT_TRUE(fix.is_object()) << remark->dump(2);
  EXPECT_EQ(remark->at("hint"), "");
  EXPECT_EQ(remark->at("next"), fix.at("say"));
  ASSERT_NO_THROW(perform(*remark)) << fix.dump(2);
  const auto cured = ask(status);
  const bool gone = remark_of(cured, code) == nullptr;
  EXPECT_TRUE(gone) << "after: " << fix.at("say") << codes_of(cured) << cured.dump(2);
  const bool was_all = found.at("remarks").size() == 1;
  if (was_all) {
    EXPECT_EQ(status, 0) << "after: " << fix.at("say") << codes_of(cured);
  }
  if (gone && (!was_all || status == 0)) {
    cured_by().insert(code + " " + fix.at("kind").get<std::string>());
  }
}

void DoctorAdvice::expect_no_fix(const std::string& code, bool hint) {
  int status = 0;
  const auto found = ask(status);
  const auto* const remark = remark_of(found, code);
  ASSERT_NE(remark, nullptr) << code << " was not found, but" << codes_of(found);
  EXPECT_TRUE(remark->at("fix").is_null());
  EXPECT_EQ(remark->at("hint"), remark->at("next"));
  EXPECT_EQ(remark->at("hint") != "", hint) << remark->at("hint");
}

}  // namespace sealtone::test
