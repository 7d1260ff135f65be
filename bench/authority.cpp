// SPDX-License-Identifier: Apache-2.0
#include "bench/authority.h"

namespace sealtone::bench {
namespace {

x509::Request named(const std::string& name) {
  x509::Request request;
  request.common_name = name;
  request.organization = "Sealtone benchmark";
  request.validity = {now() - std::chrono::hours(1), now() + std::chrono::hours(24)};
  return request;
}

x509::Request of_a_ca(const std::string& name) {
  auto request = named(name);
  request.ca = true;
  return request;
}

}  // namespace

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Authority::Authority()
    : root_(value_of(x509::issue_self_signed(of_a_ca("Benchmark Root"), random_))),
      intermediate_(value_of(x509::issue(of_a_ca("Benchmark CA 1"), root_, random_))) {}

x509::Issued Authority::server(const std::string& name) {
  auto request = named(name);
  request.names = {{x509::SubjectAltName::Kind::dns, name}};
  request.extended_key_usage = {"serverAuth"};
  return value_of(x509::issue(request, intermediate_, random_));
}

x509::Issued Authority::client(const std::string& name) {
  auto request = named(name);
  request.extended_key_usage = {"clientAuth"};
  return value_of(x509::issue(request, intermediate_, random_));
}

std::vector<x509::Certificate> Authority::roots(int count) {
  std::vector<x509::Certificate> made;
  for (int i = 0; i < count; ++i) {
    const auto request = of_a_ca("Benchmark Root " + std::to_string(i));
    made.push_back(value_of(x509::issue_self_signed(request, random_)).certificate);
  }
  return made;
}

}  // namespace sealtone::bench
