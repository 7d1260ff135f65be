// SPDX-License-Identifier: Apache-2.0
//
// provision/run: the files, the certificates they name, and what is to be applied.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "explain/wording.h"
#include "provision/fetching.h"
#include "provision/provision.h"
#include "provision/safety.h"
#include "provision/source.h"
#include "provision/taking_up.h"
#include "store/trusted_limit.h"

namespace sealtone::provision {
namespace {

constexpr std::string_view kDeleteTrusted = "static.trusted_certificates.delete";
constexpr std::string_view kDeleteServer = "static.server_certificates.delete";
constexpr std::string_view kDeleteAll = "http://localhost/all";
constexpr std::size_t kMistakesShown = 100;  // of a file; there may be one in each line

// A certificate file that a configuration file names.
struct Named {
  std::string url;
  bool for_list = false;  // else it is the server certificate
  Transport named_by;
};

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

class Running {
 public:
  explicit Running(const Input& input) : input_(input), fetching_(input) {}

  // Each step is false once nothing can be applied any more; summary_ says why.
  [[nodiscard]] net::Task<bool> fetch_files();
  [[nodiscard]] net::Task<bool> take_local(std::string name, std::string text);
  [[nodiscard]] net::Task<bool> fetch_certificates();
  [[nodiscard]] net::Task<bool> decide();
  [[nodiscard]] Run finish(bool applied) &&;

 private:
  bool stop(std::string why);
  // Everything else here waits meanwhile, and what it works with stays.
  [[nodiscard]] net::Task<bool> aside(std::function<bool()> work);
  bool read(FileReport report, std::string_view text, Transport transport);
  bool files_are_good();
  bool take(const Named& named, const Got& got);
  bool settle();
  [[nodiscard]] std::vector<Named> named_files() const;
  [[nodiscard]] bool orders(std::string_view key) const;
  void remark_other_deletes();
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] std::string from_where() const;
  [[nodiscard]] std::string what_changes() const;

  const Input& input_;
  Fetching fetching_;
  Run run_;
  std::vector<Delivered> files_;
  std::vector<DeliveredCertificates> certificates_;
  store::Store::Batch batch_;
};

bool Running::stop(std::string why) {
  run_.summary = (input_.trial ? "Nothing would be applied. " : "Nothing was applied. ") + why;
  return false;
}

// False too if it could not be done, with the reason.
net::Task<bool> Running::aside(std::function<bool()> work) {
  if (input_.worker == nullptr) co_return work();
  std::function<base::Result<bool>()> job = [&work]() -> base::Result<bool> { return work(); };
  const auto done = co_await input_.worker->run<bool>(std::move(job));
  if (!done) co_return stop(base::to_string(done.error()) + ".");
  co_return *done;
}

net::Task<bool> Running::fetch_files() {
  const auto settings = settings::provision_settings(input_.before->settings);
  if (settings.url.empty()) {
    co_return stop("No provisioning URL is set. Enter one under Settings > Auto Provision.");
  }
  const auto urls = config_urls(settings, input_.mac);
  if (!urls) co_return stop(base::to_string(urls.error()) + ".");

  for (const auto& url : *urls) {
    auto got = co_await fetching_.get(url);
    if (got.body) {
      std::function<bool()> reading = [this, &got] {
        return read(got.report, *got.body, got.transport);
      };
      const bool done = co_await aside(std::move(reading));
      if (!done) co_return false;
      continue;
    }
    const bool absent = got.report.outcome == "absent";
    const auto says = got.report.says;
    run_.files.push_back(std::move(got.report));
    if (!absent) co_return stop(says);
  }
  if (files_.empty() &&
      std::ranges::all_of(run_.files, [](const auto& file) { return file.outcome == "absent"; })) {
    std::string says;
    for (const auto& file : run_.files) says += file.says + " ";
    co_return stop(says +
                   "Put such a file there, or check the address under Settings > Auto Provision.");
  }
  co_return files_are_good();
}

net::Task<bool> Running::take_local(std::string name, std::string text) {
  FileReport report;
  report.url = name;
  std::function<bool()> reading = [this, &report, &text] {
    return read(report, text, Transport::local);
  };
  const bool done = co_await aside(std::move(reading));
  if (!done) co_return false;
  co_return files_are_good();
}

// True, whatever it holds: all mistakes of all files are told at once.
bool Running::read(FileReport report, std::string_view text, Transport transport) {
  auto parsed = settings::parse(text);
  if (!parsed) {
    report.outcome = "unreadable";
    const auto& mistakes = parsed.error();
    for (const auto& mistake : mistakes | std::views::take(kMistakesShown)) {
      const auto words = base::visible(mistake.text);
      report.mistakes.push_back(
          mistake.line == 0 ? words : fmt::format("line {}: {}", mistake.line, words));
    }
    report.says =
        fmt::format("{} has {}; the first: {}.", base::visible(report.url),
                    count(mistakes.size(), "mistake", "mistakes"), report.mistakes.front());
    if (mistakes.size() > kMistakesShown) {
      report.mistakes.push_back(fmt::format("and {} more", mistakes.size() - kMistakesShown));
    }
  } else {
    report.unknown_keys = parsed->unknown_keys;
    for (const auto& remark : parsed->remarks) {
      report.remarks.push_back(fmt::format("line {}: {}", remark.line, base::visible(remark.text)));
    }
    files_.push_back({report.url, transport, *std::move(parsed)});
  }
  run_.files.push_back(std::move(report));
  return true;
}

bool Running::files_are_good() {
  std::string mistakes;
  for (const auto& file : run_.files) {
    if (file.outcome == "unreadable") mistakes += file.says + " ";
  }
  if (mistakes.empty()) return true;
  return stop(mistakes + "Correct the file, then provision again.");
}

std::vector<Named> Running::named_files() const {
  std::vector<Named> named;
  for (const auto& delivered : files_) {
    for (const auto& url : delivered.file.trusted_certificate_urls) {
      named.push_back({url, true, delivered.transport});
    }
    for (const auto& url : delivered.file.server_certificate_urls) {
      named.push_back({url, false, delivered.transport});
    }
  }
  return named;
}

net::Task<bool> Running::fetch_certificates() {
  const auto named = named_files();
  if (named.size() > kMaxCertificateFiles) {
    co_return stop(
        fmt::format("The files name {} certificate files; {} is the most of one run. Put "
                    "several certificates into one file.",
                    named.size(), kMaxCertificateFiles));
  }
  for (const auto& file : named) {
    const auto url = base::parse_url(file.url);
    if (!url || (url->scheme != "https" && url->scheme != "http")) {
      co_return stop(
          fmt::format("{} is not supported as the address of a certificate: give one that "
                      "begins with https:// or http://.",
                      url ? base::visible(url->scheme) + ":" : "What a file gives"));
    }
    const auto got = co_await fetching_.get(*url);
    std::function<bool()> taking = [this, &file, &got] { return take(file, got); };
    const bool taken = co_await aside(std::move(taking));
    if (!taken) co_return false;
  }
  co_return true;
}

bool Running::take(const Named& named, const Got& got) {
  run_.files.push_back(got.report);
  auto& report = run_.files.back();
  if (!got.body) {
    return stop(report.says +
                (report.outcome == "absent"
                     ? " A file of this run names it: put it there, or take that line out."
                     : ""));
  }
  auto known = at_hand(input_);
  for (const auto& before : certificates_) {
    known.insert(known.end(), before.trusted.begin(), before.trusted.end());
  }
  auto delivered = take_up(report, *got.body, {named.for_list, known, input_.now, input_.clock});
  if (!delivered) {
    report.outcome = "unreadable";
    report.says = base::to_string(delivered.error()) + ".";
    return stop(report.says);
  }
  delivered->named_by = named.named_by;
  delivered->transport = got.transport;
  certificates_.push_back(*std::move(delivered));
  return true;
}

// The last word of all files.
bool Running::orders(std::string_view key) const {
  bool ordered = false;
  for (const auto& delivered : files_) {
    for (const auto& assignment : delivered.file.assignments) {
      if (assignment.canonical == key)
        ordered = !assignment.restore && assignment.value == kDeleteAll;
    }
  }
  return ordered;
}

// That a single certificate can be named there is told of the oldest phones alone.
void Running::remark_other_deletes() {
  for (const auto& delivered : files_) {
    for (const auto& assignment : delivered.file.assignments) {
      const bool deletes =
          assignment.canonical == kDeleteTrusted || assignment.canonical == kDeleteServer;
      if (!deletes || assignment.restore || assignment.value == kDeleteAll) continue;
      run_.warnings.push_back(fmt::format(
          "{}, line {}: {} deletes nothing here; only {} is supported. Delete the certificate on the "
          "page under Security.",
          base::visible(delivered.shown), assignment.line, base::visible(assignment.value),
          kDeleteAll));
    }
  }
}

std::string Running::origin() const {
  if (certificates_.size() == 1) return "provisioning: " + certificates_.front().shown;
  return files_.empty() ? std::string("provisioning") : "provisioning: " + files_.back().shown;
}

net::Task<bool> Running::decide() {
  std::function<bool()> settling = [this] { return settle(); };
  const bool settled = co_await aside(std::move(settling));
  co_return settled;
}

bool Running::settle() {
  std::vector<settings::ConfigFile> files;
  for (const auto& delivered : files_) files.push_back(delivered.file);
  batch_.settings = settings::apply(input_.before->settings, files);
  // Orders, not settings: done once, and not kept.
  batch_.settings.reset(kDeleteTrusted);
  batch_.settings.reset(kDeleteServer);
  batch_.clear_trusted = orders(kDeleteTrusted);
  batch_.clear_credential = orders(kDeleteServer);
  for (const auto& delivered : certificates_) {
    for (const auto& certificate : delivered.trusted) {
      if (std::ranges::find(batch_.add_trusted, certificate) == batch_.add_trusted.end()) {
        batch_.add_trusted.push_back(certificate);
      }
    }
    if (delivered.credential) batch_.credential = delivered.credential;
  }
  batch_.origin = origin();
  std::span<const store::TrustedCertificate> there = input_.before->trusted;
  if (batch_.clear_trusted) there = {};
  const auto added = store::count_new(there, batch_.add_trusted);
  if (const auto why = store::over_trusted_limit(there.size(), added, batch_.settings)) {
    return stop(explain::capital(why->detail) + ".");
  }
  if (auto why = would_lock_out(input_, batch_, fetching_.connections())) {
    run_.locks_out = batch_;
    return stop(*std::move(why));
  }

  run_.warnings = unverified_changes(*input_.before, batch_, files_, certificates_);
  const bool other_limit =
      store::trusted_limit(batch_.settings) != store::trusted_limit(input_.before->settings);
  auto under = store::under_what_is_there(there.size(), batch_.settings);
  if (other_limit && !under.empty()) run_.warnings.push_back(std::move(under));
  remark_other_deletes();
  return true;
}

std::string Running::from_where() const {
  const auto& first = files_.front();
  const auto name = base::visible(first.shown);
  if (first.transport == Transport::local) return "Taken from " + name;
  const auto folder = name.substr(0, name.rfind('/') + 1);
  return (input_.trial ? "Tried, and nothing applied, from " : "Provisioned from ") + folder;
}

std::string Running::what_changes() const {
  auto words = count(files_.size(), "file", "files");
  words += input_.trial ? " would be applied" : " applied";
  if (batch_.clear_trusted) words += ", the trusted certificates deleted";
  if (!batch_.add_trusted.empty()) {
    words += ", " +
             count(batch_.add_trusted.size(), "trusted certificate", "trusted certificates") +
             " delivered";
  }
  if (batch_.credential) {
    words += ", the server certificate replaced";
  } else if (batch_.clear_credential) {
    words += ", the server certificate deleted";
  }
  return words;
}

Run Running::finish(bool applied) && {
  for (auto& file : run_.files) {
    if (!file.outcome.empty()) continue;
    const auto* done = input_.trial ? "would be applied" : "applied";
    file.outcome = applied ? done : "not applied";
    file.says = base::visible(file.url) + (!applied       ? " was read, and not applied."
                                           : input_.trial ? " would be applied."
                                                          : " was applied.");
  }
  if (applied) {
    run_.summary = fmt::format("{}: {}.", from_where(), what_changes());
    run_.batch = std::move(batch_);
  }
  run_.connections = std::move(fetching_.connections());
  return std::move(run_);
}

}  // namespace

net::Task<Run> run(Input input) {
  Running running(input);
  bool good = co_await running.fetch_files();
  if (good) good = co_await running.fetch_certificates();
  if (good) good = co_await running.decide();
  co_return std::move(running).finish(good);
}

net::Task<Run> run_local(Input input, std::string name, std::string text) {
  Running running(input);
  bool good = co_await running.take_local(std::move(name), std::move(text));
  if (good) good = co_await running.fetch_certificates();
  if (good) good = co_await running.decide();
  co_return std::move(running).finish(good);
}

}  // namespace sealtone::provision
