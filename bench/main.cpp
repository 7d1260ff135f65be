// SPDX-License-Identifier: Apache-2.0
//
// sealtone_bench RESULTS [--quick] [ROW…]: measures the rows of the budget table, or those named.
//
// bench/run builds it and calls it.
#include <curl/curl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "bench/rows.h"

namespace sealtone::bench {

Scene::Scene(const Scale& how_much)
    : scale(how_much),
      root(certificates.root()),
      p256(certificates.server(root)),
      page(SEALTONE_PAGE) {
  test::Wish wish;
  wish.common_name = "Sealtone benchmark RSA";
  wish.key = "rsa:2048";
  wish.names = {"DNS:localhost", "IP:127.0.0.1"};
  wish.extended_key_usage = "serverAuth,clientAuth";
  rsa = certificates.issue("rsa", wish, root);
}

namespace {

struct Named {
  const char* name;
  void (*measure)(const Scene& scene, Results& results);
};
constexpr std::array kRows{
    Named{"footprint", footprint_rows},
    Named{"verdict", verdict_rows},
    Named{"identities", identities_row},
    Named{"registration", registration_rows},
    Named{"recorder", recorder_row},
    Named{"fetch", fetch_row},
    Named{"trace", trace_row},
    Named{"memory", connection_memory_row},
    Named{"swap", swap_row},
    Named{"handshakes", handshake_rows},
};

// Ten thousand connections, and what goes with them.
void allow_many_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 20'000);
  setrlimit(RLIMIT_NOFILE, &limit);
}

int measure(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    std::fputs("usage: sealtone_bench RESULTS [--quick] [ROW…]\n", stderr);
    return 2;
  }
  Scale scale;
  std::vector<std::string> wanted(arguments.begin() + 1, arguments.end());
  scale.quick = std::erase(wanted, "--quick") > 0;
  for (const auto& name : wanted) {
    if (std::ranges::none_of(kRows, [&](const Named& row) { return name == row.name; })) {
      throw std::runtime_error("there is no row called " + name);
    }
  }
  allow_many_descriptors();
  curl_global_init(CURL_GLOBAL_DEFAULT);
  Results results(arguments.front());
  const Scene scene(scale);
  for (const auto& row : kRows) {
    if (wanted.empty() || std::ranges::find(wanted, row.name) != wanted.end()) {
      row.measure(scene, results);
    }
  }
  return 0;
}

}  // namespace
}  // namespace sealtone::bench

int main(int argc, char** argv) {
  try {
    return sealtone::bench::measure(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "sealtone_bench: %s\n", problem.what());
    return 1;
  }
}
