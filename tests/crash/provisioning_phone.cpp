// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/provisioning_phone: see provisioning_phone.h.
#include "crash/provisioning_phone.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sealtone::crash {
namespace {

constexpr const char* kCommonFile = "y000000000000.cfg";

}  // namespace

Scene::Scene() {
  const auto authority = certificates_.root();
  const auto server = certificates_.server(authority);
  test::Nginx::Options options;
  options.server = test::nginx_identity(server);
  nginx_ = std::make_unique<test::Nginx>(options);
  root_ = {authority.certificate, fingerprint_of(authority.certificate)};
  const auto other = certificates_.root("other");
  other_ = {other.certificate, fingerprint_of(other.certificate)};
  first_ = upload(certificates_.server(authority, "first"), "first.pem");
  second_ = upload(certificates_.server(authority, "second"), "second.pem");
}

Scene::Upload Scene::upload(const test::Identity& identity, const std::string& name) const {
  return {folder_.write(name, identity.pem() + identity.key_pem()),
          fingerprint_of(identity.certificate)};
}

void Scene::configure(int repeat_minutes) const {
  test::write_text(nginx_->folder() / kCommonFile, "#!version:1.0.0.1\n" + std::string(kRepeatKey) +
                                                       " = " + std::to_string(repeat_minutes) +
                                                       "\n");
}

std::string Scene::url() const {
  return "https://localhost:" + std::to_string(nginx_->port()) + "/";
}

Step trust(const Scene& scene, const Held& held) {
  Step step{{"trust", "add", scene.root().file.string()}, held};
  step.then.trusted.insert(scene.root().fingerprint);
  return step;
}

Step point_at_server(const Scene& scene, const Held& held) {
  Step step{{"set", std::string(kUrlKey), scene.url()}, held};
  step.then.settings[std::string(kUrlKey)] = scene.url();
  return step;
}

Step provision(const Scene& scene, const Held& held, int repeat_minutes) {
  scene.configure(repeat_minutes);
  Step step{{"provision", "now"}, held};
  step.then.settings[std::string(kRepeatKey)] = std::to_string(repeat_minutes);
  const auto url = scene.url();
  const auto server = url.substr(8, url.size() - 9);
  step.then.verdicts.insert("provisioning " + server + " trusted");
  return step;
}

Step upload_own(const Scene& scene, const Held& held, bool second) {
  const auto& own = scene.own(second);
  Step step{{"server-cert", "set", own.file.string()}, held};
  step.then.server_certificate = own.fingerprint;
  return step;
}

Step set_relog(const Held& held, int minutes) {
  Step step{{"set", std::string(kRelogKey), std::to_string(minutes)}, held};
  step.then.settings[std::string(kRelogKey)] = std::to_string(minutes);
  return step;
}

Step add_other(const Scene& scene, const Held& held) {
  Step step{{"trust", "add", scene.other().file.string()}, held};
  step.then.trusted.insert(scene.other().fingerprint);
  return step;
}

Step remove_other(const Scene& scene, const Held& held, const std::string& id) {
  Step step{{"trust", "remove", id}, held};
  step.then.trusted.erase(scene.other().fingerprint);
  return step;
}

std::string id_of(const std::string& fingerprint, const std::filesystem::path& state) {
  const auto list = test::sealtone_json({"trust", "list", "--state", state.string()});
  for (const auto& row : list.at("certificates")) {
    if (row.at("sha256") == fingerprint) return std::to_string(row.at("id").get<int>());
  }
  throw std::runtime_error("the phone does not list " + fingerprint);
}

}  // namespace sealtone::crash
