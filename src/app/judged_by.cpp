// SPDX-License-Identifier: Apache-2.0
#include "app/judged_by.h"

#include "app/paths.h"
#include "app/phone_link.h"
#include "store/system_roots.h"
#include "x509/parse.h"
#include "x509/path.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using Certificates = std::vector<x509::Certificate>;

Result<Certificates> certificates_in(const std::string& file, CertificateFiles& files) {
  auto read = files.read(file);
  if (!read) return std::unexpected(read.error());
  if (read->contents.certificates.empty()) {
    return base::fail(ErrorCode::wrong_kind, file, "this is a private key, not a certificate");
  }
  return std::move(read->contents.certificates);
}

// The phone's uploaded certificates, asked for as any other command asks.
Result<Certificates> custom_list(const std::string& state, const Surroundings& with) {
  auto folder = state_folder(state);
  if (!folder) return std::unexpected(folder.error());
  if (!std::filesystem::exists(*folder / "sealtone.db")) {
    return base::fail(ErrorCode::not_found, folder->string(), "no phone keeps its state there");
  }
  auto link = PhoneLink::open(*folder, with);
  if (!link) return std::unexpected(link.error());
  auto answer = (*link)->ask("GET", "/api/trusted");
  if (!answer) return std::unexpected(answer.error());

  Certificates certificates;
  for (const auto& row : answer->at("certificates")) {
    auto contents =
        x509::parse(base::view(row.at("pem").get_ref<const std::string&>()), "admin.sock");
    if (!contents) return std::unexpected(contents.error());
    std::ranges::move(contents->certificates, std::back_inserter(certificates));
  }
  return certificates;
}

void append(Certificates& to, const Certificates& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Result<JudgedBy> judged_by_of(const ListArguments& arguments, CertificateFiles& files,
                              const Surroundings& with) {
  JudgedBy by;
  // No roots on this computer is no reason to stop: they may not be what is asked for.
  const auto roots = store::system_roots();

  if (!arguments.trust.empty()) {
    auto given = certificates_in(arguments.trust, files);
    if (!given) return std::unexpected(given.error());
    by.anchors = std::move(*given);
    by.list_name = "certificates in " + arguments.trust;
  } else {
    const bool of_a_phone = !arguments.state.empty();
    const bool chosen = !arguments.trusted.empty() || of_a_phone;
    const std::string list = !arguments.trusted.empty() ? arguments.trusted
                             : of_a_phone               ? "custom"
                                                        : "all";
    if (list == "custom" && !of_a_phone) {
      return base::fail(
          ErrorCode::bad_input, "--trusted custom",
          "say whose list: add --state DIR, or give the certificates with --trust FILE");
    }
    if (list != "default" && of_a_phone) {
      auto custom = custom_list(arguments.state, with);
      if (!custom) return std::unexpected(custom.error());
      append(by.anchors, *custom);
    }
    if (list != "custom") {
      if (!roots) return std::unexpected(roots.error());
      append(by.anchors, *roots);
    }
    by.list_name = "this computer's roots";
    if (list == "custom") by.list_name = "trusted certificates";
    if (list == "all" && of_a_phone)
      by.list_name = "trusted certificates and this computer's roots";
    if (!chosen) {
      by.warning = "judged by this computer's roots; that says nothing about your phones";
    }
  }

  by.at_hand = by.anchors;
  if (roots) append(by.at_hand, *roots);
  return by;
}

}  // namespace sealtone::app
