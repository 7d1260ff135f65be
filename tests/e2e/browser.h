// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/browser: Chromium at the phone's page, as an admin uses it.
//
// Each visit is a browser of its own: it logs in, does the steps in order and gives each step's
// result.  Errors: std::runtime_error with what the browser's driver (page.mjs) said.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "e2e/phone_under_test.h"

namespace sealtone::test {

// A step and its arguments; page.mjs lists them: {"upload-trusted", FILE}, {"served-serial"}, …
using Step = std::vector<std::string>;

class Browser {
 public:
  // password: the one that it chooses at its first visit.
  explicit Browser(const PhoneUnderTest& phone, std::string password = "made for the test")
      : phone_(phone), password_(std::move(password)) {}
  [[nodiscard]] nlohmann::json visit(const std::vector<Step>& steps);
  // The serial number of the certificate that Chromium was shown, upper-case hexadecimal.
  [[nodiscard]] std::string served_serial();

 private:
  const PhoneUnderTest& phone_;
  std::string password_;
  bool has_password_ = false;
};

}  // namespace sealtone::test
