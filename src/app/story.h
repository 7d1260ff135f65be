// SPDX-License-Identifier: Apache-2.0
//
// app/story: the first run, told with real verdicts: a phone refuses, explains, is taught to trust,
// provisions itself, and shows its certificate to a server that asks.
//
// Nothing is staged: every sentence about the phone comes from its own report.
#pragma once

#include <filesystem>

#include "app/commands.h"
#include "lab/lab.h"
#include "net/net.h"
#include "phone/phone.h"

namespace sealtone::app {

struct Stage {
  phone::Phone& phone;
  lab::Lab* lab;  // null: another server stands in its place
  std::string provisioning_url;
  std::filesystem::path folder;  // where the missing certificate is written
  std::filesystem::path state;
};

// kDone if the phone refused first and is provisioned at the end, else kFound.
[[nodiscard]] net::Task<int> tell(Stage stage, LabArguments arguments, Surroundings with);

}  // namespace sealtone::app
