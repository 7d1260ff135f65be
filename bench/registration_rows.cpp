// SPDX-License-Identifier: Apache-2.0
//
// bench/registration_rows: phones that register at Kamailio over TLS with digest, all in one
// process: what a registration costs, what one that stays takes, what it costs to renew, and how
// they come back after Kamailio was killed.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "bench/authority.h"
#include "bench/registrations.h"
#include "bench/rows.h"
#include "bench/servers.h"
#include "support/kamailio.h"

namespace sealtone::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Seconds = std::chrono::duration<double>;

constexpr auto kPassword = "made-for-the-test";
// How many a second begin: what Kamailio's one TLS worker keeps up with.
constexpr int kASecond = 400;

milliseconds spread_for(int count) { return seconds(1) * count / kASecond; }

test::Kamailio registrar(const Scene& scene, int connections, int max_expires = 3'600) {
  return test::Kamailio({.identity = scene.p256,
                         .password = kPassword,
                         .max_expires = max_expires,
                         .connections = connections});
}

Registering at(const Scene& scene, const test::Kamailio& kamailio, int count) {
  const auto root =
      value_of(x509::Certificate::from_der(base::view(test::read_text(scene.root.der))));
  Registering how;
  how.port = kamailio.tls_port();
  how.anchors = std::make_shared<const x509::AnchorSet>(std::vector<x509::Certificate>{root});
  how.count = count;
  how.spread = spread_for(count);
  return how;
}

double microseconds_each(std::chrono::nanoseconds spent, int count) {
  return std::chrono::duration<double, std::micro>(spent).count() / count;
}

// SIPp, which knows no TLS (as Debian builds it), and stunnel, which does that for it.
class Sipp {
 public:
  Sipp(const Scene& scene, const test::Kamailio& kamailio) : port_(test::free_port()) {
    const auto config = folder_.write(
        "stunnel.conf",
        fmt::format("foreground = yes\npid =\ndebug = 3\n[sip]\nclient = yes\nsessionResume = no\n"
                    "accept = 127.0.0.1:{}\nconnect = 127.0.0.1:{}\nverifyChain = yes\n"
                    "CAfile = {}\ncheckIP = 127.0.0.1\n",
                    port_, kamailio.tls_port(), scene.root.certificate.string()));
    scenario_ = folder_.write("register.xml", kScenario);
    stunnel_ = std::make_unique<test::Process>(test::Arguments{"stunnel", config.string()});
    const auto end = std::chrono::steady_clock::now() + test::kPatience;
    while (!test::answers(port_, milliseconds(200))) {
      if (!stunnel_->running() || std::chrono::steady_clock::now() > end) {
        throw std::runtime_error("stunnel: " + stunnel_->err());
      }
    }
  }
  void register_all(int count) {
    test::StartOptions options;
    options.folder = folder_.path();
    test::run_ok({"sipp", "127.0.0.1:" + std::to_string(port_), "-i", "127.0.0.1", "-t", "tn",
                  "-sf", scenario_.string(), "-m", std::to_string(count), "-r",
                  std::to_string(kASecond), "-max_socket", "5000", "-nostdin", "-timeout", "120"},
                 options);
  }
  [[nodiscard]] std::chrono::nanoseconds used() const {
    return cpu_of_children() + cpu_of(stunnel_->pid());
  }

 private:
  static constexpr auto kScenario = R"(<?xml version="1.0" encoding="UTF-8"?>
<scenario name="register">
  <send><![CDATA[
REGISTER sip:127.0.0.1 SIP/2.0
Via: SIP/2.0/TLS [local_ip]:[local_port];branch=[branch];rport
Max-Forwards: 70
From: <sip:[call_number]@127.0.0.1>;tag=[call_number]
To: <sip:[call_number]@127.0.0.1>
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:[call_number]@[local_ip]:[local_port];transport=tls>
Expires: 3600
Content-Length: 0

]]></send>
  <recv response="401" auth="true"/>
  <send><![CDATA[
REGISTER sip:127.0.0.1 SIP/2.0
Via: SIP/2.0/TLS [local_ip]:[local_port];branch=[branch];rport
Max-Forwards: 70
From: <sip:[call_number]@127.0.0.1>;tag=[call_number]
To: <sip:[call_number]@127.0.0.1>
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:[call_number]@[local_ip]:[local_port];transport=tls>
[authentication username=sipp password=made-for-the-test]
Expires: 3600
Content-Length: 0

]]></send>
  <recv response="200"/>
</scenario>
)";
  std::uint16_t port_;
  test::TempDir folder_;
  std::filesystem::path scenario_;
  std::unique_ptr<test::Process> stunnel_;
};

// A registration each over a new connection, with its challenge.
void cost_row(const Scene& scene, Results& results, int count, int rounds, bool beside_sipp) {
  const auto kamailio = registrar(scene, count * (rounds + 2) * 2);
  Sipp sipp(scene, kamailio);
  std::vector<double> ours, theirs;
  double fastest = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto began = own_cpu();
    const auto start = std::chrono::steady_clock::now();
    Registrations phones(at(scene, kamailio, count));
    phones.until_registered();
    ours.push_back(microseconds_each(own_cpu() - began, count));
    fastest = std::max(fastest, count / Seconds(std::chrono::steady_clock::now() - start).count());
    if (!beside_sipp) continue;
    const auto sipp_began = sipp.used();
    sipp.register_all(count);
    theirs.push_back(microseconds_each(sipp.used() - sipp_began, count));
  }
  Row row{fmt::format("registration-{}", count),
          fmt::format("registration over a new TLS connection with digest, {} accounts", count),
          "µs",
          {{kOurs, spread_of(ours)}},
          {},
          {}};
  if (beside_sipp) row.series.push_back({"SIPp through stunnel", spread_of(theirs)});
  constexpr double bar = 800;
  row.bars = {{"≤ 800 µs", bar}};
  row.notes = {fmt::format("{:.0f} a second, of {} that began", fastest, kASecond)};
  results.add(row);
}

// What is allocated, and not what the process has from the system: it keeps what others let go of.
double grown_kb(const Registering& how) {
  constexpr double octets_per_kb = 1'024;
  const auto allocated = [] {
    const auto all = mallinfo2();
    return static_cast<double>(all.uordblks + all.hblkhd);
  };
  const auto before = allocated();
  Registrations phones(how);
  phones.until_registered();
  return (allocated() - before) / how.count / octets_per_kb;
}

// One phone as baresip is one: a process.
double baresip_kb(const test::Kamailio& kamailio) {
  const test::TempDir folder;
  folder.write("config",
               "module_path /usr/lib/baresip/modules\nmodule_app account.so\nmodule_app menu.so\n"
               "sip_listen 127.0.0.1:0\n");
  folder.write("accounts", fmt::format("<sip:baresip@127.0.0.1:{};transport=tls>;auth_user=baresip;"
                                       "auth_pass={};regint=600\n",
                                       kamailio.tls_port(), kPassword));
  const test::Process baresip({"baresip", "-f", folder.path().string()});
  if (!baresip.said("200 OK")) throw std::runtime_error("baresip: " + baresip.out());
  return memory_kb(baresip.pid(), "VmRSS");
}

void memory_rows(const Scene& scene, Results& results, int count) {
  const auto kamailio = registrar(scene, count * 4);
  const auto how = at(scene, kamailio, count);
  auto apart = at(scene, kamailio, std::max(1, count / 10));
  apart.own_contexts = true;
  const auto shared_kb = grown_kb(how);
  constexpr double bar = 26, own_bar = 46;
  results.add(
      {"registration-memory",
       fmt::format("memory of a phone that stays registered, {} of them", count),
       "KB",
       {{kOurs, spread_of({shared_kb})}, {"baresip, a process", spread_of({baresip_kb(kamailio)})}},
       {{"≤ 26 KB", bar}},
       {}});
  results.add({"registration-memory-own",
               fmt::format("the same with a TLS context for each, {} of them", apart.count),
               "KB",
               {{kOurs, spread_of({grown_kb(apart)})}},
               {{"≤ 46 KB", own_bar}},
               {}});
}

// A REGISTER more on a connection that is there.
void renewal_row(const Scene& scene, Results& results, int count) {
  constexpr int expires = 20;  // renewed each ten seconds, the least that an account keeps to
  const auto kamailio = registrar(scene, count * 2, expires);
  auto how = at(scene, kamailio, count);
  how.expires = seconds(expires);
  Registrations phones(how);
  phones.until_registered();
  std::vector<double> samples;
  for (int round = 0; round < scene.scale.count(3, 1); ++round) {
    const auto wanted = phones.renewed() + count;
    const auto began = own_cpu();
    phones.until([&] { return phones.renewed() >= wanted; }, seconds(expires * 2));
    samples.push_back(microseconds_each(own_cpu() - began, count));
  }
  results.add({"registration-renewal",
               fmt::format("renewal of a registration, {} accounts", count),
               "µs",
               {{kOurs, spread_of(samples)}},
               {},
               {"measured without a bar"}});
}

// The shortest time between two tries of one account after that moment.
Seconds shortest_wait(const Registrations& phones, std::chrono::steady_clock::time_point since) {
  Seconds shortest = std::chrono::hours(1);
  for (const auto& tries : phones.tries()) {
    const auto first = std::ranges::lower_bound(tries, since);
    for (auto at = first; at != tries.end() && at + 1 != tries.end(); ++at) {
      shortest = std::min(shortest, Seconds(*(at + 1) - *at));
    }
  }
  return shortest;
}

// Kamailio is killed, is away for a while, and comes back: all are registered again.
void restart_row(const Scene& scene, Results& results, int count) {
  auto kamailio = registrar(scene, count * 4);
  auto how = at(scene, kamailio, count);
  how.backoff.minimum = seconds(2);
  how.backoff.maximum = seconds(30);
  Registrations phones(how);
  phones.until_registered();
  kamailio.kill();
  const auto killed = std::chrono::steady_clock::now();
  const auto since = [&] { return Seconds(std::chrono::steady_clock::now() - killed); };
  std::vector<Point> curve;
  const auto watch_until = [&](const std::function<bool()>& done) {
    phones.until(
        [&] {
          constexpr double step = 0.25;
          if (curve.empty() || since().count() >= curve.back().x + step) {
            curve.push_back({since().count(), static_cast<double>(phones.registered())});
          }
          return done();
        },
        seconds(300));
  };
  const auto away = seconds(scene.scale.count(10, 2));
  watch_until([&] { return since() >= away; });
  kamailio.start_again();
  const auto back = since();
  watch_until([&] { return phones.registered() == count; });
  const auto took = since() - back;
  curve.push_back({since().count(), static_cast<double>(count)});

  std::size_t tries = 0;
  for (const auto& times : phones.tries()) {
    tries += static_cast<std::size_t>(times.end() - std::ranges::lower_bound(times, killed));
  }
  const auto shortest = shortest_wait(phones, killed);
  // RFC 5626 §4.5: at least half of the base time lies between two tries.
  if (shortest < how.backoff.minimum / 2) {
    throw std::runtime_error(
        fmt::format("an account tried again after {:.2f} s", shortest.count()));
  }
  Row row{"registration-restart",
          fmt::format("all {} registered again after Kamailio was away {} s", count, away.count()),
          "s",
          {{kOurs, spread_of({took.count()})}},
          {},
          {fmt::format("{:.2f} tries an account; between two of one account lay at least {:.2f} s, "
                       "where the back-off of 2 to 30 s allows 1 s",
                       static_cast<double>(tries) / count, shortest.count())}};
  results.add(row);
  results.add_curve(row.id, curve);
}

}  // namespace

void registration_rows(const Scene& scene, Results& results) {
  memory_rows(scene, results, scene.scale.count(10'000, 20));
  cost_row(scene, results, scene.scale.count(100, 4), scene.scale.count(7, 1), true);
  cost_row(scene, results, scene.scale.count(1'000, 8), scene.scale.count(3, 1), true);
  cost_row(scene, results, scene.scale.count(10'000, 16), 1, false);
  renewal_row(scene, results, scene.scale.count(1'000, 4));
  restart_row(scene, results, scene.scale.count(1'000, 4));
}

}  // namespace sealtone::bench
