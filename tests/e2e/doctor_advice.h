// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/doctor_advice: files that the doctor finds fault with, their admin, and the admin's
// hands: what a remark's `fix` says is done to the letter, nothing else of the answer is looked at
// (but of which certificate and key it speaks).
//
// Files are made by the `openssl` tool.  Knows no room of Sealtone.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "e2e/advised.h"
#include "e2e/phone_under_test.h"

namespace sealtone::test {

// "CODE KIND" of each fix that was carried out in this program, and cured.
[[nodiscard]] std::set<std::string>& cured_by();

inline constexpr auto kBroken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

class DoctorAdvice : public Advised {
 protected:
  DoctorAdvice();

  static Wish server_wish();
  // An authority of that name and of that one's key, in order.
  Identity current(const std::string& name, const Identity& old, const Identity& issuer);

  // One upload: the server's own certificate, behind it those, and its key.
  void give(const Wish& wish, const Identity& issuer, const std::vector<Identity>& behind = {});
  void give_self_signed(const Wish& wish);
  // Certificates for the list of trusted ones.
  void give_list(const std::vector<Identity>& members);
  // Who can be asked for the current certificate of that name.
  void knows(const std::string& common_name, const Identity& current);

  [[nodiscard]] nlohmann::json ask(int& status);

  // The remark is there; its fix, carried out, ends it.  If it was all there is, the same command
  // ends with 0.
  void expect_cure(const std::string& code);
  // The remark is there and has no fix, but a hint or nothing to say.
  void expect_no_fix(const std::string& code, bool hint = true);
  void perform(const nlohmann::json& remark);

  Identity middle_;

  // The upload.
  std::vector<std::string> given_, keys_, broken_;  // PEM, in this order
  std::string trusted_;                             // of --trust
  Arguments further_, before_;                      // before_: "faketime", "2009-…"
  // Of a sentence that names two ways, the second one is gone.
  bool second_way_ = false;
  // What whoever gave out the upload gives out when asked again.
  std::vector<std::string> given_out_;

  Identity own_;
  Wish wish_;
  std::optional<Identity> issuer_;

 private:
  [[nodiscard]] Arguments command(const Arguments& more);
  void leave_out(const std::string& say, const nlohmann::json& remark);
  void set_clock(const std::string& say);
  void mend_file(const std::string& say);
  void send_intermediate(const std::string& say);
  void add_trusted(const std::string& say, std::size_t at);
  void change_name(const std::string& say);
  void replace_certificate(const std::string& say, std::size_t at);
  void give_key(const std::string& say);
  void give_certificate(const std::string& say);
  void reissue(const std::function<void(Wish&)>& change);
  void replace_trusted(const std::string& common_name, const std::string& pem);
  [[nodiscard]] const Identity& who_is(const std::string& common_name) const;

  std::map<std::string, Identity> people_;
  int mended_ = 0;
};

}  // namespace sealtone::test
