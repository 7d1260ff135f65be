// SPDX-License-Identifier: Apache-2.0
//
// app/judged_by: the list that `sealtone check`, `provision try` and `trace` judge by, and where
// missing certificates may be.
//
// --trust FILE is the list, else --trusted, else all, which says nothing about phones and is said.
// The store is read only where --state is given; the clock's floor is its phone's then.
#pragma once

#include <string>
#include <vector>

#include "app/certificate_file.h"
#include "app/commands.h"
#include "trust/trust.h"
#include "x509/certificate.h"

namespace sealtone::app {

struct JudgedBy {
  std::vector<x509::Certificate> anchors;
  std::vector<x509::Certificate> at_hand;  // anchors and this computer's roots
  std::string list_name;                   // as the words call it
  std::string warning;                     // the first line, where one is due
  trust::ClockFloor clock;                 // for judging by this computer's clock
  // As asked for, else as the phone has it.
  x509::Profile rules = x509::Profile::standard;
  bool sip_address_names = true;
};

[[nodiscard]] base::Result<JudgedBy> judged_by_of(const ListArguments& arguments,
                                                  CertificateFiles& files,
                                                  const Surroundings& with);
// What was uploaded to phones (--as): --trust, or the list of the phone in --state, else nothing.
[[nodiscard]] base::Result<JudgedBy> uploaded_list(const ListArguments& arguments,
                                                   CertificateFiles& files,
                                                   const Surroundings& with);

}  // namespace sealtone::app
