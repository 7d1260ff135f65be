// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: thousands of certificates, keys and broken files from other projects' test suites
// (tests/data/foreign), each with no passphrase and with a wrong one.

#include <gtest/gtest.h>

#include "support/process.h"
#include "x509/parse.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using test::cpu_seconds;

constexpr std::size_t kFiles = 3'714;
constexpr double kLimitSeconds = 1.0;  // of processor time

void read_all_of(const Contents& contents, const std::string& name) {
  EXPECT_FALSE(contents.certificates.empty() && contents.keys.empty()) << name;
  for (const auto& key : contents.keys) EXPECT_NE(key.description(), "") << name;
  for (const auto& one : contents.certificates) {
    EXPECT_EQ(Certificate::from_der(one.der()).value(), one) << name;
  }
}

TEST(ForeignFiles, GiveAValueOrAReasonWithinASecond) {
  const sealtone::test::TempDir folder;
  sealtone::test::run_ok({"tar", "-xJf",
                          std::string(SEALTONE_TEST_DATA) + "/foreign/certificates.tar.xz", "-C",
                          folder.path().string()});
  std::size_t files = 0;
  std::size_t values = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto content = base::read_file(entry.path(), base::kMaxUploadBytes).value();
    const auto name = std::filesystem::relative(entry.path(), folder.path()).string();
    for (const auto passphrase : {crypto::Password(), crypto::Password("wrong-for-all-of-them")}) {
      const double before = cpu_seconds();
      const auto result = parse(content, name, passphrase);
      EXPECT_LT(cpu_seconds() - before, kLimitSeconds) << name;
      if (result) {
        read_all_of(*result, name);
        if (!passphrase) ++values;
        continue;
      }
      EXPECT_FALSE(result.error().detail.empty()) << name;
      EXPECT_EQ(result.error().where, name);
      EXPECT_NE(result.error().code, base::ErrorCode::internal) << name;
      EXPECT_FALSE(passphrase && result.error().code == base::ErrorCode::not_allowed) << name;
    }
  }
  EXPECT_EQ(files, kFiles);
  // Most hold something; were it none, nothing would have been tested.
  EXPECT_GT(values, 2'000U);
  RecordProperty("values", static_cast<int>(values));
}

}  // namespace
}  // namespace sealtone::x509
