// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/provisioning_phone: a phone's user, with a provisioning server: changes by the
// program's own commands, and what must be held after each.
//
// Errors: std::runtime_error if the scene cannot be set.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crash/held.h"
#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::crash {

// Certificates, and nginx with a configuration file for the phone.
class Scene {
 public:
  Scene();
  // What the phone's file says from now on.
  void configure(int repeat_minutes) const;
  [[nodiscard]] std::string url() const;

  // A certificate and its key in one file, each with its fingerprint.
  struct Upload {
    std::filesystem::path file;
    std::string fingerprint;
  };
  // root: of the provisioning server.
  [[nodiscard]] const Upload& root() const { return root_; }
  [[nodiscard]] const Upload& other() const { return other_; }
  // One of two certificates for the phone itself.
  [[nodiscard]] const Upload& own(bool second) const { return second ? second_ : first_; }

 private:
  Upload upload(const test::Identity& identity, const std::string& name) const;

  test::Certificates certificates_;
  test::TempDir folder_;
  std::unique_ptr<test::Nginx> nginx_;
  Upload root_, other_, first_, second_;
};

// "sealtone ARGUMENTS" and what the phone holds once it ends with 0.
struct Step {
  test::Arguments arguments;
  Held then;
};

// The steps by which a phone's user works, each from what is held.
[[nodiscard]] Step trust(const Scene& scene, const Held& held);
[[nodiscard]] Step point_at_server(const Scene& scene, const Held& held);
[[nodiscard]] Step provision(const Scene& scene, const Held& held, int repeat_minutes);
[[nodiscard]] Step upload_own(const Scene& scene, const Held& held, bool second);
[[nodiscard]] Step set_relog(const Held& held, int minutes);
[[nodiscard]] Step add_other(const Scene& scene, const Held& held);
// Needs the number that the phone lists the other certificate under.
[[nodiscard]] Step remove_other(const Scene& scene, const Held& held, const std::string& id);

// The number of a certificate in the phone's list.
[[nodiscard]] std::string id_of(const std::string& fingerprint, const std::filesystem::path& state);

}  // namespace sealtone::crash
