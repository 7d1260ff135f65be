// SPDX-License-Identifier: Apache-2.0
//
// app/phone_link: requests to the phone of a state folder: the one that runs, over admin.sock, or
// one opened in this process when none does.
//
// Errors: busy (the folder's owner does not answer), the store's, and the API's own answer as
// not_allowed, not_found and so on with its words.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/app.h"
#include "http/http.h"
#include "net/net.h"
#include "phone/phone.h"

namespace sealtone::app {

class PhoneLink {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<PhoneLink>> open(
      const std::filesystem::path& state, const Surroundings& with);
  // The same, and nothing is stored if the phone is opened for it.
  [[nodiscard]] static base::Result<std::unique_ptr<PhoneLink>> open_to_look(
      const std::filesystem::path& state, const Surroundings& with);
  ~PhoneLink();

  [[nodiscard]] bool phone_runs() const { return own_ == nullptr; }
  // The answer's JSON if the status is 2xx; else refused has it, if it is wanted.
  [[nodiscard]] base::Result<nlohmann::json> ask(std::string method, std::string target,
                                                 std::string body = {}, http::Fields fields = {},
                                                 nlohmann::json* refused = nullptr);
  // The same where the answer is a file.
  [[nodiscard]] base::Result<http::Response> fetch(std::string method, std::string target,
                                                   std::string body = {}, http::Fields fields = {});

 private:
  PhoneLink(std::filesystem::path socket, const Surroundings& with);
  [[nodiscard]] static base::Result<std::unique_ptr<PhoneLink>> open_with(phone::Options options,
                                                                          const Surroundings& with);
  [[nodiscard]] base::Result<http::Response> exchange(std::string method, std::string target,
                                                      std::string body, http::Fields fields);

  net::asio::io_context loop_;
  std::filesystem::path socket_;
  std::unique_ptr<base::Log> log_;
  std::unique_ptr<phone::Phone> own_;  // null: one runs
};

}  // namespace sealtone::app
