// SPDX-License-Identifier: Apache-2.0
//
// store_workload STATE [LIVES]: fills a store, and says "ACK k DIGEST" after each change that was
// saved.
//
// The changes are spread over LIVES processes (default 3), one after the other.  All but the last
// end without closing the store, so that the next one finds its log; the last one closes it and
// opens it again before the last change.  A change that is refused is said ("REFUSED k WORDS"), and
// a store that does not open ("UNOPENED k WORDS": k changes were made); the folder as it stands is
// copied to STATE.refused.N, and it is tried again.  Exit: 0, or 1 with the reason.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "crash/content.h"
#include "store/test_data.h"
#include "x509/made.h"

namespace sealtone::crash {
namespace {

namespace fs = std::filesystem;
using store::Store;
using Done = base::Result<void>;

constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 26);
constexpr int kMostTries = 6;
constexpr const char* kUrl = "static.auto_provision.server.url";

struct Change {
  const char* what;
  std::function<Done(Store&)> apply;
};

store::ConnectionRow verdict(const std::string& server, std::size_t size) {
  return {0,
          "provisioning",
          server,
          "client",
          kNow,
          "untrusted",
          "It was refused.",
          std::string(size, 'v')};
}

store::Standing refused(std::size_t size) {
  return {false, {base::Bytes(size, 'c')}, base::Bytes(size / 4, 'o')};
}

Done added(base::Result<store::TrustedCertificate> result) {
  if (!result) return std::unexpected(result.error());
  return {};
}
Done kept(base::Result<std::int64_t> result) {
  if (!result) return std::unexpected(result.error());
  return {};
}

Done listed(base::Result<std::vector<store::RevocationList>> result) {
  if (!result) return std::unexpected(result.error());
  return {};
}

// Of an authority that each run makes for itself, in the place of the one before.  The lives of a
// workload are processes of their own: the last one's key is none of this one's.
Done list_of(Store& store, std::chrono::sys_seconds this_update, const char* origin) {
  static const auto authority =
      x509::test::made({.subject = "/CN=Root", .extensions = x509::test::ca()});
  return listed(store.add_revocation_lists(
      {x509::test::list({.issuer = &authority, .this_update = this_update})}, kNow, origin,
      {&authority, 1}));
}

settings::Settings settings_with(const Store& store, const std::string& url) {
  auto settings = store.snapshot()->settings;
  settings.set(kUrl, url);
  return settings;
}

Store::Batch provisioned(const Store& store, std::uint32_t number) {
  Store::Batch batch;
  batch.settings = settings_with(store, fmt::format("https://prov.example.com/{}", number));
  batch.settings.set("static.security.trust_certificates", "1");
  batch.clear_trusted = true;
  for (std::uint32_t i = 0; i < 6; ++i) batch.add_trusted.push_back(store::numbered(number + i));
  batch.credential = store::credential("p256.pem");
  batch.origin = "provisioning: https://prov.example.com/ca.pem";
  return batch;
}

const std::vector<Change>& changes() {
  static const std::vector<Change> all = {
      {"a certificate added",
       [](Store& s) { return added(s.add_trusted(store::numbered(1), kNow, "page")); }},
      {"settings applied",
       [](Store& s) { return s.set_settings(settings_with(s, "https://prov.example.com/first")); }},
      {"a server certificate set",
       [](Store& s) { return s.set_credential(store::credential("p256.pem"), kNow); }},
      {"a verdict kept",
       [](Store& s) { return kept(s.put_connection(verdict("prov.example.com:443", 9'000))); }},
      {"a server refused, and what it showed kept",
       [](Store& s) {
         return kept(s.put_connection(verdict("other.example.com:443", 500), refused(5'000)));
       }},
      {"another certificate added",
       [](Store& s) { return added(s.add_trusted(store::numbered(2), kNow, "command line")); }},
      {"the server certificate replaced",
       [](Store& s) { return s.set_credential(store::credential("chain.pem"), kNow); }},
      {"the previous server certificate taken back", [](Store& s) { return s.undo_credential(); }},
      {"a certificate removed",
       [](Store& s) { return s.remove_trusted(s.snapshot()->trusted.front().id); }},
      {"the verdict replaced",
       [](Store& s) { return kept(s.put_connection(verdict("prov.example.com:443", 6'000))); }},
      {"a provisioning run applied", [](Store& s) { return s.apply(provisioned(s, 100), kNow); }},
      {"a revocation list added", [](Store& s) { return list_of(s, x509::test::kBegin, "page"); }},
      {"the refused server accepted",
       [](Store& s) {
         return kept(s.put_connection(verdict("other.example.com:443", 500), {.accepted = true}));
       }},
      {"a note kept", [](Store& s) { return s.set_value(kNote, std::string(3'000, 'n')); }},
      {"a verdict on another server kept",
       [](Store& s) { return kept(s.put_connection(verdict("pbx.example.com:5061", 100))); }},
      {"settings changed",
       [](Store& s) { return s.set_settings(settings_with(s, "https://prov.example.com/last")); }},
      {"the revocation list replaced",
       [](Store& s) {
         return list_of(s, x509::test::kBegin + std::chrono::hours(1), "command line");
       }},
      {"the note replaced", [](Store& s) { return s.set_value(kNote, "short"); }},
      {"another provisioning run applied",
       [](Store& s) { return s.apply(provisioned(s, 200), kNow); }},
      {"the revocation list removed",
       [](Store& s) {
         return s.remove_revocation_list(s.snapshot()->revocation_lists.front().id);
       }},
      {"the server certificate deleted", [](Store& s) { return s.clear_credential(); }},
      {"the previous server certificate forgotten",
       [](Store& s) { return s.forget_previous_credential(); }},
      {"the last certificate added",
       [](Store& s) { return added(s.add_trusted(store::numbered(3), kNow, "page")); }},
  };
  return all;
}

void say(const std::string& line) { std::cout << line << std::endl; }

// One line, whatever the words are.
void say_refused(const char* what, std::size_t number, const base::Error& error,
                 const fs::path& state) {
  static int copies = 0;
  say(fmt::format("{} {} {}", what, number, base::to_string(error)));
  std::error_code ignored;
  fs::copy(state, fmt::format("{}.refused.{}", state.string(), copies++),
           fs::copy_options::recursive, ignored);
}

std::unique_ptr<Store> opened(const fs::path& state, std::size_t acknowledged) {
  for (int i = 0; i < kMostTries; ++i) {
    auto store = Store::open(state);
    if (store) return std::move(*store);
    say_refused("UNOPENED", acknowledged, store.error(), state);
  }
  throw std::runtime_error("the store does not open");
}

// Changes [from, to) of the list; change k is acknowledged as k + 1.
void live(const fs::path& state, std::size_t from, std::size_t to) {
  auto store = opened(state, from);
  auto before = content_of(*store);
  if (from == 0) say("ACK 0 " + digest(before));
  for (auto k = from; k < to; ++k) {
    auto done = changes()[k].apply(*store);
    for (int i = 0; !done && i < kMostTries; ++i) {
      say_refused("REFUSED", k + 1, done.error(), state);
      if (content_of(*store) != before)
        throw std::runtime_error("a refused change was made: " + std::string(changes()[k].what));
      done = changes()[k].apply(*store);
    }
    if (!done) throw std::runtime_error(base::to_string(done.error()));
    before = content_of(*store);
    say(fmt::format("ACK {} {}", k + 1, digest(before)));
    // Closed in the middle of the last life: what a clean end leaves is recorded as well.
    if (to == changes().size() && k + 2 == to) {
      store.reset();
      store = opened(state, k + 1);
    }
  }
  if (to != changes().size()) ::_exit(0);
}

int run(const fs::path& state, std::size_t lives) {
  const auto count = changes().size();
  for (std::size_t life = 0; life < lives; ++life) {
    const auto from = count * life / lives, to = count * (life + 1) / lives;
    if (lives == 1) {
      live(state, from, to);
      continue;
    }
    const int child = ::fork();
    if (child == 0) {
      live(state, from, to);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error("a life ended early");
  }
  return 0;
}

}  // namespace
}  // namespace sealtone::crash

int main(int count, char** arguments) {
  if (count < 2) return 1;
  try {
    return sealtone::crash::run(arguments[1], count < 3 ? 3 : std::stoul(arguments[2]));
  } catch (const std::exception& exception) {
    std::cerr << exception.what() << "\n";
    return 1;
  }
}
