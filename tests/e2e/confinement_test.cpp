// SPDX-License-Identifier: Apache-2.0
//
// A running phone as the kernel sees it: confined, in each of its threads.
#include <gmock/gmock.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;

TEST(RunningPhone, IsConfinedInEachOfItsThreads) {
  PhoneUnderTest phone;
  const auto tasks = "/proc/" + std::to_string(phone.process().pid()) + "/task";
  int threads = 0;
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    const auto status = read_text(task.path() / "status");
    EXPECT_THAT(status, HasSubstr("\nNoNewPrivs:\t1\n"));
    EXPECT_THAT(status, HasSubstr("\nSeccomp:\t2\n"));  // SECCOMP_MODE_FILTER
    ++threads;
  }
  EXPECT_EQ(threads, 2) << "the loop and the worker";
}

TEST(RunningPhone, LeavesNoCoreDump) {
  PhoneUnderTest phone;
  const auto limits = read_text("/proc/" + std::to_string(phone.process().pid()) + "/limits");
  EXPECT_THAT(limits, testing::ContainsRegex("Max core file size +0 +0 "));
}

// It opens the folder itself, which confines it, and then meets the server.
TEST(Check, JudgesByTheListOfAPhoneThatDoesNotRun) {
  Certificates certificates;
  const auto root = certificates.root();
  const OpensslServer server(certificates.server(root));
  const auto target = "127.0.0.1:" + std::to_string(server.port());
  const TempDir folder;
  const auto state = folder.path().string();
  EXPECT_EQ(sealtone({"trust", "add", root.certificate.string(), "--state", state}).status, 0);
  const auto trusted = sealtone({"check", target, "--state", state});
  EXPECT_EQ(trusted.status, 0) << trusted.out << trusted.err;
  EXPECT_THAT(unwrapped(trusted.out), HasSubstr("which is among the trusted certificates."));
  const auto by_roots = sealtone({"check", target, "--state", state, "--trusted", "default"});
  EXPECT_EQ(by_roots.status, 1) << by_roots.out << by_roots.err;
}

}  // namespace
}  // namespace sealtone::test
