// SPDX-License-Identifier: Apache-2.0
//
// fuzz/upload_doctor: any octets as an upload, examined as a server certificate and as a list.
//
// What must hold besides "no crash": each remark is a sentence that can be shown, about a
// certificate that there is; what was mended is read again as it was written, and is no worse.
#include "explain/doctor_words.h"
#include "fuzz/x509_contents.h"
#include "trust/mend.h"
#include "x509/look.h"

namespace sealtone::fuzz {
namespace {

void check_words(const trust::Upload& upload, const trust::Diagnosis& diagnosis) {
  require(diagnosis.roles.size() == upload.certificates.size());
  require(diagnosis.remarks.size() <= trust::kMaxRemarks);
  require(diagnosis.left_out == 0 || diagnosis.remarks.size() == trust::kMaxRemarks);
  const explain::DoctorScene scene{.diagnosis = diagnosis, .now = kNow};
  for (const auto& remark : diagnosis.remarks) {
    require(!remark.certificate || *remark.certificate < upload.certificates.size());
    for (const auto& text : {explain::says(remark, scene), explain::mended(remark)}) {
      require(!text.empty() && base::visible(text, 5'000) == text);
    }
    const auto next = explain::next_step(remark, scene);
    require(base::visible(next, 5'000) == next);
  }
}

void check_use(const trust::Upload& upload, trust::Use use) {
  const auto diagnosis = trust::examine(upload, {.use = use, .now = kNow});
  check_words(upload, diagnosis);
  const auto mended = trust::mend(upload, diagnosis);
  if (!mended) return;
  const auto file = trust::pem(*mended);
  require(file.has_value());
  const auto read = x509::parse(file->view(), "mended");
  require(read && read->certificates == mended->certificates &&
          read->keys.size() == mended->keys.size());
  const auto again = trust::examine(*mended, {.use = use, .now = kNow});
  check_words(*mended, again);
  require(!again.has(trust::DoctorCode::duplicate) && !again.has(trust::DoctorCode::order));
  require(!again.has(trust::DoctorCode::unreadable));
}

}  // namespace
}  // namespace sealtone::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sealtone;
  auto read = x509::salvage({data, size}, "upload");
  if (!read) return 0;
  fuzz::require(read->numbers.size() == read->contents.certificates.size());
  const trust::Upload upload{read->contents.certificates, read->contents.keys,
                             std::move(read->damaged)};
  fuzz::check_use(upload, trust::Use::server);
  fuzz::check_use(upload, trust::Use::trusted);
  return 0;
}
