// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/documents_scene: the folder, the servers and the phones that a document speaks of.
//
// Each command runs in bash in the scene's folder, with sealtone in its PATH and HOME there.
// "sealtone phone …" goes on running, with its page on a free port.  Errors: std::runtime_error.
#pragma once

#include <memory>
#include <string>

#include "e2e/documents.h"

namespace sealtone::test {

class Scene {
 public:
  virtual ~Scene() = default;
  // Runs it and compares; empty, or how the document differs from what was printed.
  [[nodiscard]] virtual std::string play(const DocumentStep& step) = 0;
};

[[nodiscard]] std::unique_ptr<Scene> plain_scene();  // an empty folder
// `sealtone lab serve --folder lab`, and other.pem, which holds some other CA.
[[nodiscard]] std::unique_ptr<Scene> readme_scene();
// nginx as five servers, and the files of the introduction.
[[nodiscard]] std::unique_ptr<Scene> instructions_scene();
[[nodiscard]] std::unique_ptr<Scene> api_scene();  // a phone on the folder phone

}  // namespace sealtone::test
