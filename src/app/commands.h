// SPDX-License-Identifier: Apache-2.0
//
// app/commands: each command's arguments as plain values, and the function that does it.
//
// command_line.cpp fills them from the arguments; nothing else reads argv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/app.h"

namespace sealtone::app {

struct PhoneArguments {
  std::string state, listen = "127.0.0.1", config, mac, provision_url, user, password_file, key_log;
  std::optional<std::uint16_t> https_port;
  bool verbose = false;
  bool registers = false;  // accounts that came with a fetched file, too
};
int phone(const PhoneArguments& arguments, const Surroundings& with);

// By whose list and which rules a server is judged.
struct ListArguments {
  std::string trust, trusted, state;
  std::string rules;              // "default", "strict"; empty: as the phone of `state` has it
  std::string sip_address_names;  // "on", "off"; empty: the same
};

struct CheckArguments : ListArguments {
  std::string target, name, client, passphrase_file, user, password_file, tls, at, save_missing;
  std::string svg;                // where the picture of the steps goes
  std::string chain, key;         // files that no server shows yet
  std::string as;                 // profiles of desk phones, parted by commas
  std::string list;               // a file with a server a line
  std::string capture;            // where what went over the wire is written
  int warn_days = 21;             // with list
  std::vector<std::string> crls;  // files of revocation lists
  bool json = false, ascii = false, ladder = false, crl_required = false, sip = false;
  bool with_keys = false;  // with capture
};
int check(const CheckArguments& arguments, const Surroundings& with);

// What a capture holds of other people's connections.
struct TraceArguments : ListArguments {
  std::string file;  // "-": standard input
  std::optional<std::size_t> number;
  std::string by;             // "phone": a row a client
  std::string address, name;  // which connections
  std::optional<std::uint16_t> port;
  std::string key_log;
  std::string at, as, expect;        // how they are judged; expect: the name that phones are given
  std::size_t memory = 256'000'000;  // octets
  bool failed = false, follow = false, sip = false, json = false, ascii = false, ladder = false;
};
int trace(const TraceArguments& arguments, const Surroundings& with);

struct ProfileArguments {
  std::string name;  // for show
  bool json = false;
};
int profile_list(const ProfileArguments& arguments, const Surroundings& with);
int profile_show(const ProfileArguments& arguments, const Surroundings& with);

// Judges cases of certification path suites, from standard input to standard output.
int verify(const std::string& profile, const Surroundings& with);

struct CertShowArguments {
  std::string file, passphrase_file;
  bool json = false, pem = false;
};
int cert_show(const CertShowArguments& arguments, const Surroundings& with);

// What is wrong with files that are about to be uploaded.
struct DoctorArguments {
  std::vector<std::string> files;
  std::string passphrase_file, use, name, trust, at, fix;
  bool json = false;
};
int doctor(const DoctorArguments& arguments, const Surroundings& with);

// The commands that ask a phone: the one that runs on the state folder, else one opened for it.
struct StateArguments {
  std::string state;
  bool json = false;
};
struct UploadArguments {
  std::string file, passphrase_file;
};
int trust_list(const StateArguments& arguments, const Surroundings& with);
int trust_add(const StateArguments& arguments, const UploadArguments& given,
              const Surroundings& with);
int trust_remove(const StateArguments& arguments, const std::string& id, const Surroundings& with);
int server_cert_show(const StateArguments& arguments, const Surroundings& with);
int server_cert_set(const StateArguments& arguments, const UploadArguments& given,
                    const Surroundings& with);
int server_cert_undo(const StateArguments& arguments, const Surroundings& with);
int server_cert_forget(const StateArguments& arguments, const Surroundings& with);
int crl_list(const StateArguments& arguments, const Surroundings& with);
int crl_add(const StateArguments& arguments, const std::string& file, const Surroundings& with);
int crl_remove(const StateArguments& arguments, const std::string& id, const Surroundings& with);
int get_setting(const StateArguments& arguments, const std::string& key, const Surroundings& with);
struct SetArguments {
  std::string key, value_file;
  std::optional<std::string> value;
  bool factory = false;
};
int set_setting(const StateArguments& arguments, const SetArguments& set, const Surroundings& with);
int provision_now(const StateArguments& arguments, const Surroundings& with);
struct TryArguments : ListArguments {
  std::string url, mac, user, password_file;
  bool json = false;
};
int provision_try(const TryArguments& arguments, const Surroundings& with);
int connections(const StateArguments& arguments, std::optional<std::int64_t> id, bool ascii,
                const Surroundings& with);
struct ShowConnectionArguments : StateArguments {
  std::int64_t id = 0;
  std::string svg;  // where the picture of the steps goes
  bool ascii = false;
};
// All that is known of each of its steps.
int connections_show(const ShowConnectionArguments& arguments, const Surroundings& with);
struct SaveArguments : StateArguments {
  std::vector<std::string> what;  // a connection's number and a file; with all the file alone
  bool all = false, with_keys = false;
};
// What went over the wire, as a capture file.
int connections_save(const SaveArguments& arguments, const Surroundings& with);
int rejected_list(const StateArguments& arguments, const Surroundings& with);
int rejected_show(const StateArguments& arguments, const std::string& id, const Surroundings& with);
int rejected_trust(const StateArguments& arguments, const std::string& id,
                   const std::string& sha256, const Surroundings& with);
// What each account is doing, and why.
int sip_status(const StateArguments& arguments, const Surroundings& with);
int clock_show(const StateArguments& arguments, const Surroundings& with);
int clock_lower(const StateArguments& arguments, const std::string& to, const Surroundings& with);
int reset_password(const StateArguments& arguments, const Surroundings& with);

struct LabArguments {
  std::string folder;  // empty: a temporary one, removed at the end
  std::string mac = "001565000001";
  std::string server;  // another provisioning server in the lab's place
  std::string upload;  // with once: this file instead of the one the phone named; "none"
  std::uint16_t https_port = 8443;
  bool once = false;
};
int lab_serve(const LabArguments& arguments, const Surroundings& with);
int lab_run(const LabArguments& arguments, const Surroundings& with);

}  // namespace sealtone::app
