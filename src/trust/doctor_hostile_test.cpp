// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor: files made to take long, or to fill the screen.
#include <ctime>

#include "trust/doctor_fixture.h"
#include "trust/mend.h"
#include "x509/look.h"
#include "x509/slow_keys.h"

namespace sealtone::trust {
namespace {

using testing::family;
using testing::kThen;
using x509::Certificate;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Far more than it takes, and far less than a thousand signatures of 10 ms would.
constexpr double kMostSeconds = 5;

// Others of its name and key, told apart by their serial numbers; no signature fits them.
std::vector<Certificate> numbered_like(const Certificate& one, int count) {
  std::vector<Certificate> out;
  for (int at = 0; at < count; ++at) {
    const x509::Owned<X509, X509_free> changed(X509_dup(one.native()));
    ASN1_INTEGER_set(X509_get_serialNumber(changed.get()), 1'000'000 + at);
    out.push_back(x509::test::written_anew(*changed));
  }
  return out;
}

TEST(DoctorHostile, GivesUpOnAThousandIssuersOfOneNameWithSlowKeys) {
  const auto& it = family();
  const auto slow = x509::test::with_key(it.middle, x509::test::rsa_public_key(3'072, 3'071));
  Upload upload{numbered_like(slow, 999), {it.key}, {}};
  upload.certificates.insert(upload.certificates.begin(), it.leaf);
  const auto begin = cpu_seconds();
  const auto diagnosis = examine(upload, {.now = kThen});
  EXPECT_LT(cpu_seconds() - begin, kMostSeconds);
  EXPECT_TRUE(diagnosis.found());
  EXPECT_LE(diagnosis.remarks.size(), kMaxRemarks);
  EXPECT_GT(diagnosis.left_out, 0U);
  // Its intermediate may be among those that were not looked at: it is not stored without.
  EXPECT_TRUE(diagnosis.has(FindingCode::path_budget));
  EXPECT_TRUE(diagnosis.refuses());
  EXPECT_EQ(credential_of(upload, diagnosis).error().code, base::ErrorCode::too_large);

  x509::Contents contents;
  contents.certificates = upload.certificates;
  contents.keys = upload.keys;
  const auto then = cpu_seconds();
  EXPECT_EQ(x509::device_credential(contents, "up.pem").error().code, base::ErrorCode::too_large);
  EXPECT_LT(cpu_seconds() - then, kMostSeconds);
}

// From the octets on: every two of them are an element of DER.
TEST(DoctorHostile, NamesMillionsOfBrokenPiecesByOne) {
  auto octets = family().root.der();
  while (octets.size() + 2 < base::kMaxUploadBytes) octets.insert(octets.end(), {0x30, 0x00});
  const auto begin = cpu_seconds();
  auto read = x509::salvage(octets, "up.cer").value();
  EXPECT_EQ(read.damaged.size(), 1U);
  EXPECT_LT(read.damaged.front().size(), 1'000U);
  const Upload upload{read.contents.certificates, {}, read.damaged};
  const auto diagnosis = examine(upload, {.use = Use::trusted, .now = kThen});
  EXPECT_LT(cpu_seconds() - begin, kMostSeconds);
  EXPECT_TRUE(diagnosis.refuses());
  EXPECT_LE(diagnosis.remarks.size(), kMaxRemarks);
}

// Of many files together.
TEST(DoctorHostile, TellsAThousandBrokenPiecesByAHundredRemarks) {
  const Upload upload{{family().root}, {}, std::vector<std::string>(1'000, "it is damaged")};
  const auto diagnosis = examine(upload, {.use = Use::trusted, .now = kThen});
  EXPECT_EQ(diagnosis.remarks.size(), kMaxRemarks);
  EXPECT_EQ(diagnosis.left_out, 1'000U - kMaxRemarks);
}

TEST(DoctorHostile, TellsAThousandCopiesByAHundredRemarks) {
  const auto& it = family();
  Upload upload{std::vector<Certificate>(1'000, it.root), {}, {}};
  const auto begin = cpu_seconds();
  const auto diagnosis = examine(upload, {.now = kThen});
  EXPECT_LT(cpu_seconds() - begin, kMostSeconds);
  EXPECT_EQ(diagnosis.remarks.size(), kMaxRemarks);
  EXPECT_EQ(diagnosis.left_out, 999U - kMaxRemarks);
  EXPECT_EQ(mend(upload, diagnosis)->certificates.size(), 1U);
}

TEST(DoctorHostile, SortsAThousandLeavesAndAHundredKeys) {
  const auto& it = family();
  Upload upload{numbered_like(it.leaf, 1'000), {}, {}};
  for (int at = 0; at < 100; ++at) upload.keys.push_back(testing::key_of("/CN=Nobody"));
  const auto begin = cpu_seconds();
  const auto diagnosis = examine(upload, {.now = kThen});
  EXPECT_LT(cpu_seconds() - begin, kMostSeconds);
  EXPECT_TRUE(diagnosis.has(DoctorCode::key_mismatch));
}

TEST(DoctorHostile, JudgesKeysOfAbsurdSizeByTheirSizeAlone) {
  const auto& it = family();
  for (const int bits : {1'024, 16'384, 32'768}) {
    const auto absurd = x509::test::with_key(it.root, x509::test::rsa_public_key(bits, 64));
    const auto begin = cpu_seconds();
    const auto as_list = examine({{absurd}, {}, {}}, {.use = Use::trusted, .now = kThen});
    const auto as_server = examine({{it.leaf, it.middle, absurd}, {it.key}, {}}, {.now = kThen});
    EXPECT_LT(cpu_seconds() - begin, kMostSeconds) << bits;
    EXPECT_EQ(as_list.has(FindingCode::weak_key), bits < 2'048) << bits;
    EXPECT_TRUE(as_server.found()) << bits;
  }
}

}  // namespace
}  // namespace sealtone::trust
