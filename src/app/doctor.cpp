// SPDX-License-Identifier: Apache-2.0
//
// app/doctor: files in, what is wrong with them out; and the mended file.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/certificate_file.h"
#include "app/checking.h"
#include "app/commands.h"
#include "app/doctor_report.h"
#include "app/new_file.h"
#include "app/shown.h"
#include "base/text.h"
#include "explain/wording.h"
#include "store/system_roots.h"
#include "trust/clock.h"
#include "trust/mend.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kSecret = 0600, kOpen = 0644;

// A file that holds something else, or nothing that can be read, is told of with the others.
bool is_told(const base::Error& error) {
  return error.code == ErrorCode::bad_input || error.code == ErrorCode::wrong_kind ||
         error.code == ErrorCode::unsupported;
}

base::Error too_much(std::string_view what, std::size_t limit) {
  return {ErrorCode::too_large, "",
          fmt::format("the files hold more than {} {} together; give those of one upload", limit,
                      what)};
}

Result<void> take_file(DoctorReport& report, const std::string& name, CertificateFiles& files) {
  auto read = files.salvage(name);
  auto& file = report.files.emplace_back(DoctorFile{.name = name});
  auto& upload = report.upload;
  if (!read) {
    if (!is_told(read.error())) return std::unexpected(read.error());
    upload.unreadable.push_back(base::to_string(read.error()));
    return {};
  }
  auto& salvaged = read->salvaged;
  file.form = salvaged.form;
  file.numbers = std::move(salvaged.numbers);
  file.certificates = salvaged.contents.certificates.size();
  file.keys = salvaged.contents.keys.size();
  file.notes = salvaged.contents.notes;
  std::ranges::move(salvaged.contents.certificates, std::back_inserter(upload.certificates));
  std::ranges::move(salvaged.contents.keys, std::back_inserter(upload.keys));
  for (const auto& piece : salvaged.damaged) {
    upload.unreadable.push_back(fmt::format("{}: {}", name, piece));
  }
  if (upload.certificates.size() > x509::kMaxCertificates) {
    return std::unexpected(too_much("certificates", x509::kMaxCertificates));
  }
  if (upload.keys.size() > x509::kMaxKeys) {
    return std::unexpected(too_much("private keys", x509::kMaxKeys));
  }
  return {};
}

// This computer's roots and what --trust names, which may be roots that nobody else has.
Result<std::vector<x509::Certificate>> held_by(const DoctorArguments& arguments,
                                               CertificateFiles& files) {
  auto held = store::system_roots().value_or(std::vector<x509::Certificate>{});
  if (arguments.trust.empty()) return held;
  auto file = files.read(arguments.trust);
  if (!file) return std::unexpected(file.error());
  std::ranges::move(file->contents.certificates, std::back_inserter(held));
  return held;
}

Result<void> mend_into(DoctorReport& report, const std::string& file,
                       trust::DoctorOptions options) {
  auto& fix = report.fix.emplace();
  fix.file = file;
  auto mended = trust::mend(report.upload, report.diagnosis);
  if (!mended) {
    fix.refused = mended.error().detail;
    return {};
  }
  const auto text = trust::pem(*mended);
  if (!text) return std::unexpected(text.error());
  const int mode = mended->keys.empty() ? kOpen : kSecret;
  if (auto written = write_new_file(file, text->view(), mode); !written) return written;
  for (const auto& remark : report.diagnosis.remarks) {
    if (remark.mends) fix.changes.push_back(explain::capital(explain::mended(remark)) + ".");
  }
  // The root that was left out stays known.
  std::vector<x509::Certificate> held(options.at_hand.begin(), options.at_hand.end());
  std::ranges::copy_if(report.upload.certificates, std::back_inserter(held), trust::is_root);
  options.use = report.diagnosis.use;
  options.at_hand = held;
  fix.upload = *std::move(mended);
  fix.remaining = trust::examine(fix.upload, options);
  return {};
}

Result<DoctorReport> report_of(const DoctorArguments& arguments, const Surroundings& with) {
  DoctorReport report;
  CertificateFiles files(arguments.passphrase_file);
  const auto now = time_of(arguments.at, with);
  if (!now) return std::unexpected(now.error());
  std::optional<trust::ClockFloor> clock;
  if (arguments.at.empty()) clock = trust::ClockFloor{.floor = with.built};
  // As the doctor has it, dates are told at the floor while this clock is unset.
  report.now = trust::is_unset(clock, *now) ? clock->floor : *now;
  report.now_is_given = !arguments.at.empty();
  for (const auto& name : arguments.files) {
    if (auto taken = take_file(report, name, files); !taken) return std::unexpected(taken.error());
  }
  const auto& upload = report.upload;
  if (upload.certificates.empty() && upload.keys.empty()) {
    return base::fail(ErrorCode::wrong_kind, "", explain::joined(upload.unreadable, "; "));
  }
  const auto held = held_by(arguments, files);
  if (!held) return std::unexpected(held.error());
  trust::DoctorOptions options{.at_hand = *held, .now = *now, .clock = clock};
  if (!arguments.use.empty()) {
    options.use = arguments.use == "server" ? trust::Use::server : trust::Use::trusted;
  }
  if (!arguments.name.empty()) {
    const auto name = name_asked_for(arguments.name);
    if (!name) return std::unexpected(name.error());
    options.name = *name;
  }
  report.diagnosis = trust::examine(upload, options);
  if (!arguments.fix.empty()) {
    if (auto done = mend_into(report, arguments.fix, options); !done) {
      return std::unexpected(done.error());
    }
  }
  return report;
}

}  // namespace

int doctor(const DoctorArguments& arguments, const Surroundings& with) {
  const auto report = report_of(arguments, with);
  if (!report) return could_not(with, report.error());
  if (arguments.json) {
    tell_json(doctor_json(*report), with);
  } else {
    fmt::print(with.out, "{}", doctor_text(*report));
  }
  if (!report->fix) return report->diagnosis.found() ? kFound : kDone;
  return report->fix->refused.empty() && !report->fix->remaining.found() ? kDone : kFound;
}

}  // namespace sealtone::app
