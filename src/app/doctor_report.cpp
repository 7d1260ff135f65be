// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/screen.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostListed = 50;  // certificates of a file

explain::DoctorScene scene_of(const DoctorReport& report, const trust::Diagnosis& diagnosis) {
  return {.diagnosis = diagnosis, .now = report.now, .now_is_given = report.now_is_given};
}

// By which a certificate's dates are told: it may have begun since the floor.
std::chrono::sys_seconds told_at(const DoctorReport& report, const x509::Certificate& certificate) {
  const bool unset = report.diagnosis.has(trust::FindingCode::clock_unset);
  return unset ? std::max(report.now, certificate.validity().not_before) : report.now;
}

std::string counted(std::size_t number, const char* thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string indented(const std::string& text, std::size_t by) {
  std::string out;
  for (const auto& line : explain::wrapped(text, text_width(stdout) - by)) {
    out += std::string(by, ' ') + line + '\n';
  }
  return out;
}

// What a key fits, by the certificate's number from 1 over all files.
std::optional<std::size_t> fits(const trust::Upload& upload, const crypto::PrivateKey& key) {
  for (std::size_t at = 0; at < upload.certificates.size(); ++at) {
    if (upload.certificates[at].matches(key)) return at;
  }
  return std::nullopt;
}

std::string held(const DoctorFile& file) {
  std::vector<std::string> parts;
  if (file.certificates > 0) parts.push_back(counted(file.certificates, "certificate"));
  if (file.keys > 0) parts.push_back(counted(file.keys, "private key"));
  return explain::joined(parts, " and ");
}

class Files {
 public:
  explicit Files(const DoctorReport& report) : report_(report) {}

  std::string text() {
    std::string out;
    for (const auto& file : report_.files) {
      if (file.form.empty()) {
        out += fmt::format("{}: nothing in it can be read.\n", base::visible(file.name));
        continue;
      }
      out += fmt::format("{}: {}, {}.\n", base::visible(file.name), file.form, held(file));
      for (std::size_t at = 0; at < file.certificates; ++at, ++certificate_) {
        if (at < kMostListed) out += certificate();
      }
      if (file.certificates > kMostListed) {
        out += fmt::format("  and {} more.\n", file.certificates - kMostListed);
      }
      for (std::size_t at = 0; at < file.keys; ++at) out += key(report_.upload.keys.at(key_++));
      for (const auto& note : file.notes) {
        out += indented(explain::capital(base::visible(note)) + ".", 2);
      }
    }
    return out;
  }

 private:
  std::string certificate() const {
    const auto& it = report_.upload.certificates.at(certificate_);
    const auto role = report_.diagnosis.roles.at(certificate_);
    return indented(
        fmt::format("{}. {}: {}, {} ({}).", certificate_ + 1,
                    explain::in_quotes(it.subject().short_name()), explain::role_words(role),
                    it.self_issued() ? std::string("issued by itself")
                                     : "issued by " + explain::in_quotes(it.issuer().short_name()),
                    explain::remaining(it, told_at(report_, it))),
        2);
  }
  std::string key(const crypto::PrivateKey& key) const {
    if (report_.upload.certificates.empty()) {
      return fmt::format("  A private key ({}), and no certificate beside it.\n",
                         key.description());
    }
    const auto place = fits(report_.upload, key);
    return fmt::format("  A private key ({}), which fits {}.\n", key.description(),
                       place ? fmt::format("certificate {}", *place + 1)
                             : std::string("none of the certificates"));
  }

  const DoctorReport& report_;
  std::size_t certificate_ = 0, key_ = 0;
};

std::string remark_text(const trust::Remark& remark, const explain::DoctorScene& scene) {
  const auto place = remark.certificate ? fmt::format(" (certificate {})", *remark.certificate + 1)
                                        : std::string();
  return fmt::format("{}{}\n", trust::word(remark.code), place) +
         indented(explain::says(remark, scene), 2) + indented(explain::next_step(remark, scene), 2);
}

std::string remarks_text(const explain::DoctorScene& scene) {
  std::string out;
  for (const auto& remark : scene.diagnosis.remarks) out += '\n' + remark_text(remark, scene);
  if (scene.diagnosis.left_out > 0) {
    out += fmt::format("\nand {}.\n", counted(scene.diagnosis.left_out, "more remark"));
  }
  return out;
}

std::string conclusion(const trust::Diagnosis& diagnosis) {
  if (diagnosis.refuses()) return "The upload would be refused:";
  return diagnosis.found() ? "It would be taken, and something is wrong with it:"
                           : "Nothing is wrong with it.";
}

std::string fix_text(const DoctorReport& report) {
  if (!report.fix) return {};
  const auto& fix = *report.fix;
  const auto file = base::visible(fix.file);
  if (!fix.refused.empty()) {
    return '\n' + indented(fmt::format("{} was not written: {}.", file, fix.refused), 0);
  }
  const bool key = !fix.upload.keys.empty();
  std::string out =
      '\n' +
      indented(fmt::format("{} was written: {}{}.", file,
                           counted(fix.upload.certificates.size(), "certificate"),
                           key ? " and the private key, unencrypted, readable by you alone" : ""),
               0);
  for (const auto& change : fix.changes) out += indented(change, 2);
  if (!fix.remaining.found()) return out + "Nothing is wrong with it.\n";
  return out + "What it cannot mend:\n" + remarks_text(scene_of(report, fix.remaining));
}

json files_json(const DoctorReport& report) {
  auto files = json::array();
  for (const auto& file : report.files) {
    auto notes = json::array();
    for (const auto& note : file.notes) notes.push_back(base::visible(note));
    files.push_back({{"name", base::visible(file.name)},
                     {"form", file.form},
                     {"certificates", file.certificates},
                     {"private_keys", file.keys},
                     {"notes", std::move(notes)}});
  }
  return files;
}

json certificates_json(const DoctorReport& report) {
  auto rows = json::array();
  for (std::size_t number = 0; number < report.files.size(); ++number) {
    for (const auto place : report.files[number].numbers) {
      const auto& certificate = report.upload.certificates.at(rows.size());
      auto row = explain::certificate_json(certificate, told_at(report, certificate));
      row["is"] = trust::word(report.diagnosis.roles.at(rows.size()));
      row["file"] = number;
      row["number"] = place;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

json fix_json(const DoctorReport& report) {
  if (!report.fix) return nullptr;
  const auto& fix = *report.fix;
  const bool written = fix.refused.empty();
  auto chain = json::array();
  for (const auto& each : fix.upload.certificates) chain.push_back(each.fingerprint());
  return {{"file", base::visible(fix.file)},
          {"written", written},
          {"refused", written ? "" : explain::capital(fix.refused) + "."},
          {"changes", fix.changes},
          {"certificates", std::move(chain)},
          {"private_key", !fix.upload.keys.empty()},
          {"remarks", explain::remarks_json(scene_of(report, fix.remaining))}};
}

}  // namespace

std::string doctor_text(const DoctorReport& report) {
  return Files(report).text() + '\n' + indented(explain::judged_as(report.diagnosis), 0) +
         conclusion(report.diagnosis) + '\n' + remarks_text(scene_of(report, report.diagnosis)) +
         fix_text(report);
}

json doctor_json(const DoctorReport& report) {
  auto keys = json::array();
  for (const auto& key : report.upload.keys) {
    const auto place = fits(report.upload, key);
    keys.push_back({{"kind", key.description()}, {"fits", place ? json(*place) : json(nullptr)}});
  }
  return {{"for", trust::word(report.diagnosis.use)},
          {"because", explain::judged_as(report.diagnosis)},
          {"refused", report.diagnosis.refuses()},
          {"files", files_json(report)},
          {"certificates", certificates_json(report)},
          {"private_keys", std::move(keys)},
          {"remarks", explain::remarks_json(scene_of(report, report.diagnosis))},
          {"remarks_left_out", report.diagnosis.left_out},
          {"fix", fix_json(report)}};
}

}  // namespace sealtone::app
