// SPDX-License-Identifier: Apache-2.0
#include "app/app.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/shown.h"
#include "base/text.h"
#include "base/user_information.h"

namespace sealtone::app {

namespace {

constexpr std::size_t kLongestSaid = 2'000;

// A URL with a password in it may have been given where something else belongs.
std::string fit_to_show(const std::string& text) {
  return base::visible(base::without_user_information(text), kLongestSaid);
}

nlohmann::json one_json(const base::Error& error) {
  return {{"code", base::word(error.code)},
          {"where", fit_to_show(error.where)},
          {"says", fit_to_show(base::to_string(error))}};
}

}  // namespace

nlohmann::json could_not_json(std::span<const base::Error> errors) {
  auto answer = nlohmann::json::object();
  auto& first = answer["could_not"];
  first = one_json(errors.front());
  first["further"] = nlohmann::json::array();
  for (const auto& error : errors.subspan(1)) first["further"].push_back(one_json(error));
  return answer;
}

int could_not(const Surroundings& with, std::span<const base::Error> errors) {
  if (with.json != nullptr && with.json->asked && !with.json->given && !errors.empty()) {
    tell_json(could_not_json(errors), with);
  }
  std::fflush(with.out);
  for (const auto& error : errors) {
    fmt::print(with.err, "sealtone: {}\n", fit_to_show(base::to_string(error)));
  }
  return kCouldNot;
}

int could_not(const Surroundings& with, const base::Error& error) {
  return could_not(with, std::span(&error, 1));
}

}  // namespace sealtone::app
