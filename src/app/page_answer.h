// SPDX-License-Identifier: Apache-2.0
//
// app/page_answer: what a server answered to the GET of `sealtone check https://…`, in a sentence.
//
// Source: RFC 9110 §15.  Says nothing about the certificate, and changes no verdict.
// Errors: none; an answer that did not come whole is said, too.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "http/http.h"

namespace sealtone::app {

// What was asked.
struct PageRequest {
  std::string target;  // "/phones/"
  bool with_user;      // a user name and password were there to be shown
  std::chrono::seconds limit;
};

struct PageAnswer {
  std::optional<int> status;  // nothing: no whole answer came
  std::string says;
};

[[nodiscard]] PageAnswer page_answer(const PageRequest& request,
                                     const base::Result<http::Response>& response);

}  // namespace sealtone::app
