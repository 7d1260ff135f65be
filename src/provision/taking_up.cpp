// SPDX-License-Identifier: Apache-2.0
#include "provision/taking_up.h"

#include "base/text.h"
#include "explain/doctor_words.h"
#include "trust/clock.h"
#include "trust/mend.h"
#include "x509/look.h"

namespace sealtone::provision {

base::Result<DeliveredCertificates> take_up(FileReport& report, std::string_view body,
                                            const TakenAs& as) {
  const auto name = base::visible(report.url);
  auto read = x509::salvage(base::view(body), name);
  if (!read) {
    auto error = read.error();
    if (error.code == base::ErrorCode::not_allowed) {
      error.detail +=
          ", and no setting gives one to provisioning; put it there without a passphrase, or upload "
          "it under Security > Server Certificates";
    }
    return std::unexpected(std::move(error));
  }

  const trust::Upload upload{read->contents.certificates, read->contents.keys,
                             std::move(read->damaged)};
  const auto use = as.for_list ? trust::Use::trusted : trust::Use::server;
  // How weak a server's may be depends on settings that come along, and is seen to with them.
  const auto diagnosis = trust::examine(
      upload,
      {.use = use, .at_hand = as.at_hand, .now = as.now, .clock = as.clock, .weak_is_shown = true});
  const bool unset = trust::is_unset(as.clock, as.now);
  const explain::DoctorScene scene{.diagnosis = diagnosis, .now = unset ? as.clock->floor : as.now};
  for (const auto& remark : diagnosis.remarks) {
    // A key beside the certificates is said, and left out: whoever put it there has to know.
    const bool tolerated = remark.code == trust::RemarkCode(trust::DoctorCode::key_in_list) &&
                           !upload.certificates.empty();
    if (remark.weight == trust::Weight::refuses && !tolerated) {
      auto why = explain::refusal(scene);
      if (why.ends_with('.')) why.pop_back();
      return std::unexpected(base::Error{base::ErrorCode::bad_input, name, std::move(why)});
    }
    if (remark.weight == trust::Weight::note) continue;
    report.remarks.push_back(explain::says(remark, scene) + " " +
                             explain::next_step(remark, scene));
  }

  DeliveredCertificates delivered;
  delivered.shown = report.url;
  if (as.for_list) {
    delivered.trusted = diagnosis.chain;
    return delivered;
  }
  auto credential = trust::credential_of(upload, diagnosis);
  if (!credential) {
    return base::fail(credential.error().code, name, std::move(credential.error().detail));
  }
  delivered.credential = *std::move(credential);
  return delivered;
}

}  // namespace sealtone::provision
