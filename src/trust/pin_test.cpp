// SPDX-License-Identifier: Apache-2.0
#include "trust/pin.h"

#include <fstream>

#include "trust/doctor.h"
#include "trust/fixtures.h"
#include "x509/made.h"

namespace sealtone::trust {
namespace {

using testing::certificate;
using x509::test::ca;
using x509::test::made;

// path/NAME.cer of the room x509's data.
x509::Certificate of_a_path(const std::string& name) {
  std::ifstream file(std::string(SEALTONE_TEST_DATA) + "/x509/path/" + name + ".cer",
                     std::ios::binary);
  const std::string der{std::istreambuf_iterator<char>(file), {}};
  return x509::Certificate::from_der(base::view(der)).value();
}

TEST(Pin, IsWhatIsNoAuthoritys) {
  EXPECT_TRUE(is_pin(certificate("leaf")));
  EXPECT_TRUE(is_pin(certificate("self")));
  EXPECT_FALSE(is_pin(certificate("root")));
  EXPECT_FALSE(is_pin(certificate("int")));
}

TEST(Pin, IsNoRootOfTheTimeBeforeExtensions) {
  EXPECT_FALSE(is_pin(of_a_path("root_v1")));
  EXPECT_TRUE(is_pin(of_a_path("leaf_by_v1")));
}

// What the doctor calls it when it is uploaded, and the list when it is there.
TEST(Pin, IsTheSameToTheDoctor) {
  const auto root = made({.subject = "/CN=Root", .extensions = ca()});
  const auto no_bit =
      made({.subject = "/CN=No bit", .extensions = "keyUsage=critical,keyCertSign\n"});
  const auto below = made({.subject = "/CN=Below", .issuer = &no_bit});
  const Upload upload{
      {root, no_bit, below, of_a_path("root_v1"), certificate("leaf"), certificate("self")},
      {},
      {}};
  const auto diagnosis = examine(upload, {.use = Use::trusted, .now = x509::test::kNow});
  for (std::size_t at = 0; at < upload.certificates.size(); ++at) {
    EXPECT_EQ(diagnosis.roles[at] == Part::pin, is_pin(upload.certificates[at])) << at;
  }
}

}  // namespace
}  // namespace sealtone::trust
