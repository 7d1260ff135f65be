// SPDX-License-Identifier: Apache-2.0
//
// sip/life: what an account says of itself; see life.h.
#include "handshake/names.h"
#include "sip/life.h"

namespace sealtone::sip {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

seconds rounded_up(milliseconds wait) { return std::chrono::ceil<seconds>(wait); }

}  // namespace

void Life::changed() {
  if (events_.changed) events_.changed(status_);
}

// The cause of the last failure stays with it, until it registers.
void Life::show_trying(const std::string& server, milliseconds wait) {
  status_.state = State::registering;
  status_.server = server;
  status_.until.reset();
  status_.next_try.reset();
  if (wait > milliseconds(0)) status_.next_try = clock_.now() + rounded_up(wait);
  status_.transport.reset();
  status_.tls_version.clear();
  status_.verdict.reset();
  changed();
}

void Life::show_registered(const Live& live, seconds expires) {
  status_.state = State::registered;
  status_.cause.reset();
  status_.next_try.reset();
  status_.until = clock_.now() + expires;
  status_.transport = live.here.transport;
  if (live.secured) {
    const auto version = live.secured->record().version();
    status_.tls_version = version ? handshake::version_name(*version) : std::string();
    status_.verdict = live.secured->verdict();
  }
  changed();
}

void Life::show_lapsed(milliseconds wait) {
  status_.state = State::registering;
  status_.cause = Cause{Stage::sip,
                        "it granted a registration shorter than the time after which "
                        "this phone renews one"};
  status_.cause->lapsed = true;
  status_.until.reset();
  status_.next_try = clock_.now() + rounded_up(wait);
  changed();
}

void Life::show_failed(const Cause& cause, std::optional<milliseconds> wait) {
  status_.state = state_after(cause);
  status_.cause = cause;
  status_.until.reset();
  status_.next_try.reset();
  if (wait) status_.next_try = clock_.now() + rounded_up(*wait);
  status_.transport.reset();
  status_.tls_version.clear();
  status_.verdict.reset();
  changed();
}

void Life::show_off() {
  status_ = {};
  changed();
}

}  // namespace sealtone::sip
