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
  explicit Browser(const PhoneUnderTest& phone) : phone_(phone) {}
  [[nodiscard]] nlohmann::json visit(const std::vector<Step>& steps);
  // The serial number of the certificate that Chromium was shown, upper-case hexadecimal.
  [[nodiscard]] std::string served_serial();

 private:
  const PhoneUnderTest& phone_;
  bool has_password_ = false;
};

}  // namespace sealtone::test
