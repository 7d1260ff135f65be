// SPDX-License-Identifier: Apache-2.0
//
// app/arguments: the options of each command; what they hold goes into the values of commands.h.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/app.h"

namespace sealtone::app {

struct ListArguments;
struct StateArguments;

// What was asked for, done once all of the command line is understood.
using Action = std::function<int()>;

void add_phone(CLI::App& top, Action& action, const Surroundings& with);
void add_check(CLI::App& top, Action& action, const Surroundings& with);
void add_verify(CLI::App& top, Action& action, const Surroundings& with);
void add_trace(CLI::App& top, Action& action, const Surroundings& with);
void add_profile(CLI::App& top, Action& action, const Surroundings& with);
void add_cert(CLI::App& top, Action& action, const Surroundings& with);
void add_doctor(CLI::App& top, Action& action, const Surroundings& with);
void add_trust(CLI::App& top, Action& action, const Surroundings& with);
void add_server_cert(CLI::App& top, Action& action, const Surroundings& with);
void add_crl(CLI::App& top, Action& action, const Surroundings& with);
void add_rejected(CLI::App& top, Action& action, const Surroundings& with);
void add_clock(CLI::App& top, Action& action, const Surroundings& with);
void add_sip(CLI::App& top, Action& action, const Surroundings& with);
void add_settings(CLI::App& top, Action& action, const Surroundings& with);
void add_rest(CLI::App& top, Action& action, const Surroundings& with);
void add_lab(CLI::App& top, Action& action, const Surroundings& with);

// Options that several commands have.
void add_rules(CLI::App* command, ListArguments& arguments);
void add_state(CLI::App* command, StateArguments& arguments);
void add_passphrase_file(CLI::App* command, std::string& file);
void add_log_in(CLI::App* command, std::string& user, std::string& password_file);
// A port from that one on, looked at before it is converted, which would say less.
[[nodiscard]] CLI::Validator port_from(unsigned long first);

}  // namespace sealtone::app
