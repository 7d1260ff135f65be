// SPDX-License-Identifier: Apache-2.0
// The commands that ask a phone: trust, server-cert, get, set, provision, admin.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/asking.h"
#include "app/certificate_file.h"
#include "app/commands.h"
#include "app/paths.h"
#include "app/phone_link.h"
#include "app/shown.h"
#include "base/text.h"
#include "base/url.h"
#include "settings/settings.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using nlohmann::json;

// RFC 3986 §2.1: everything but unreserved characters.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

base::Error no_such_setting(const std::string& key) {
  return {ErrorCode::not_found, key, "no such setting; sealtone get lists them all"};
}

Result<json> upload(const StateArguments& arguments, const UploadArguments& given,
                    const std::string& target, const Surroundings& with, json& refused) {
  // Read here too, because only here somebody can be asked for a passphrase.
  CertificateFiles files(given.passphrase_file);
  const auto read = files.salvage(given.file);
  if (!read) return std::unexpected(read.error());
  const auto name = std::filesystem::path(given.file).filename().string();
  http::Fields fields{{"Content-Type", "application/octet-stream"},
                      {"X-File-Name", percent_encoded(name)}};
  if (const auto passphrase = files.passphrase()) {
    fields.emplace_back("X-Passphrase", percent_encoded(*passphrase));
  }
  return ask(arguments, with, "POST", target, std::string(base::text(read->octets)),
             std::move(fields), &refused);
}

// What became of each certificate, where there is more than one to tell of.
void print_rows(const json& answer, std::FILE* to) {
  const auto rows = answer.find("certificates");
  if (rows == answer.end() || rows->size() < 2) return;
  for (const auto& row : *rows) {
    const auto outcome = fmt::format("  {:<14} ", shown(row, "outcome"));
    fmt::print(to, "{}", paragraph(shown(row, "says"), outcome.c_str(), "                 "));
  }
}

int uploaded(const StateArguments& arguments, const UploadArguments& given,
             const std::string& target, const Surroundings& with) {
  json refused;
  const auto answer = upload(arguments, given, target, with, refused);
  if (!answer) {
    if (arguments.json && !refused.is_null()) {
      tell_json(refused, with);
    } else {
      print_rows(refused, with.out);
    }
    std::fflush(with.out);
    return could_not(with, answer.error());
  }
  return told(answer, arguments, with, [&](const json& done) {
    fmt::print(with.out, "{}", paragraph(shown(done, "says")));
    print_rows(done, with.out);
    for (const auto& remark : done.at("remarks")) {
      const auto next = shown(remark, "next");
      fmt::print(with.out, "{}", paragraph(shown(remark, "says") + " " + next));
    }
  });
}

}  // namespace

Result<json> ask(const StateArguments& arguments, const Surroundings& with, std::string method,
                 std::string target, std::string body, http::Fields fields, json* refused) {
  const auto folder =
      method == "GET" ? phone_folder(arguments.state) : state_folder(arguments.state);
  if (!folder) return std::unexpected(folder.error());
  auto link = PhoneLink::open(*folder, with);
  if (!link) return std::unexpected(link.error());
  return (*link)->ask(std::move(method), std::move(target), std::move(body), std::move(fields),
                      refused);
}

Result<std::string> body_of(const json& members, const std::string& where) {
  try {
    return members.dump();
  } catch (const json::exception&) {
    return base::fail(ErrorCode::bad_input, where,
                      "the value is not text in UTF-8; nothing was changed");
  }
}

int trust_list(const StateArguments& arguments, const Surroundings& with) {
  return told(
      ask(arguments, with, "GET", "/api/trusted"), arguments, with, [&](const json& answer) {
        fmt::print(with.out,
                   "Only accept trusted certificates: {}; list: {}; name check: {}; rules: {}.\n",
                   answer.value("only_accept_trusted", true) ? "on" : "OFF", shown(answer, "list"),
                   answer.value("check_name", true) ? "on" : "OFF", shown(answer, "rules"));
        const auto& rows = answer.at("certificates");
        if (rows.empty()) {
          fmt::print(with.out, "No certificate is trusted yet: sealtone trust add FILE\n");
          return;
        }
        fmt::print(with.out, "\n{:>5}  {:<36} {:<36} {}\n", "Id", "Issued To", "Issued By",
                   "Expiration");
        for (const auto& row : rows) {
          fmt::print(with.out,
                     "{:>5}  {:<36} {:<36} {} ({})\n       SHA-256 {}\n       {}added {}\n",
                     row.value("id", 0), shown(row, "issued_to"), shown(row, "issued_by"),
                     shown_time(row, "expires"), shown(row, "remaining"), shown(row, "sha256"),
                     row.value("pin", false) ? "a pin, for that very certificate alone; " : "",
                     shown_time(row, "added"));
        }
      });
}

int trust_add(const StateArguments& arguments, const UploadArguments& given,
              const Surroundings& with) {
  return uploaded(arguments, given, "/api/trusted", with);
}

int trust_remove(const StateArguments& arguments, const std::string& id, const Surroundings& with) {
  if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
    return could_not(with, {ErrorCode::bad_input, "trust remove " + id,
                            "give the number in the column Id of sealtone trust list"});
  }
  return told(
      ask(arguments, with, "DELETE", "/api/trusted/" + id), arguments, with,
      [&](const json&) { fmt::print(with.out, "Certificate {} is no longer trusted.\n", id); });
}

int server_cert_show(const StateArguments& arguments, const Surroundings& with) {
  return told(
      ask(arguments, with, "GET", "/api/server-certificate"), arguments, with,
      [&](const json& answer) {
        const auto& certificate = answer.at("certificate");
        if (answer.value("temporary", true)) {
          fmt::print(with.out,
                     "No server certificate was uploaded: the page shows a temporary one of "
                     "its own making,\nwhich is never shown to a server that asks.\n");
        }
        fmt::print(with.out,
                   "Issued To      {}\nIssued By      {}\nSerial Number  {}\n"
                   "Valid Until    {}\nSHA-256        {}\n",
                   shown(certificate.at("subject"), "text"),
                   shown(certificate.at("issuer"), "text"), shown(certificate, "serial_number"),
                   shown_time(certificate, "not_after"), shown(certificate, "sha256"));
        for (const char* use : {"usable_as_server", "usable_as_client"}) {
          if (const auto it = answer.find(use); it != answer.end()) {
            fmt::print(with.out, "{}", paragraph(shown(*it, "says")));
          }
        }
        const auto previous = answer.find("previous");
        if (previous == answer.end() || previous->is_null()) return;
        const auto& before = previous->at("certificate");
        fmt::print(with.out,
                   "Previous       {}, serial number {}, valid until {}\n"
                   "               (sealtone server-cert undo brings it back, forget deletes it)\n",
                   shown(before.at("subject"), "text"), shown(before, "serial_number"),
                   shown_time(before, "not_after"));
      });
}

int server_cert_set(const StateArguments& arguments, const UploadArguments& given,
                    const Surroundings& with) {
  return uploaded(arguments, given, "/api/server-certificate", with);
}

int server_cert_undo(const StateArguments& arguments, const Surroundings& with) {
  return told(
      ask(arguments, with, "POST", "/api/server-certificate/undo"), arguments, with,
      [&](const json& answer) { fmt::print(with.out, "{}", paragraph(shown(answer, "says"))); });
}

int server_cert_forget(const StateArguments& arguments, const Surroundings& with) {
  return told(
      ask(arguments, with, "DELETE", "/api/server-certificate/previous"), arguments, with,
      [&](const json& answer) { fmt::print(with.out, "{}", paragraph(shown(answer, "says"))); });
}

int crl_list(const StateArguments& arguments, const Surroundings& with) {
  return told(ask(arguments, with, "GET", "/api/revocation-lists"), arguments, with,
              [&](const json& answer) {
                fmt::print(with.out, "What no list covers and no answer of OCSP either is {}.\n",
                           answer.value("required", false)
                               ? "refused"
                               : "accepted (sealtone.security.revocation_required = 0)");
                const auto& rows = answer.at("lists");
                if (rows.empty()) {
                  fmt::print(with.out, "There is no list yet: sealtone crl add FILE\n");
                  return;
                }
                fmt::print(with.out, "\n{:>5}  {:<36} {:<24} {:<24} {}\n", "Id", "Issuer", "Of",
                           "Until", "Revoked");
                for (const auto& row : rows) {
                  const auto until = shown_time(row, "next_update");
                  fmt::print(with.out, "{:>5}  {:<36} {:<24} {:<24} {}\n", row.value("id", 0),
                             shown(row, "issuer"), shown_time(row, "this_update"),
                             until.empty() ? "no date given" : until, row.value("entries", 0));
                  if (const auto remark = shown(row, "remark"); !remark.empty()) {
                    fmt::print(with.out, "{}", paragraph(remark, "       ", "       "));
                  }
                }
              });
}

int crl_add(const StateArguments& arguments, const std::string& file, const Surroundings& with) {
  const auto octets = read_input(file, base::kMaxUploadBytes);
  if (!octets) return could_not(with, octets.error());
  const auto name = std::filesystem::path(file).filename().string();
  return told(
      ask(arguments, with, "POST", "/api/revocation-lists", std::string(base::text(*octets)),
          {{"Content-Type", "application/octet-stream"}, {"X-File-Name", percent_encoded(name)}}),
      arguments, with,
      [&](const json& answer) { fmt::print(with.out, "{}", paragraph(shown(answer, "says"))); });
}

int crl_remove(const StateArguments& arguments, const std::string& id, const Surroundings& with) {
  if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
    return could_not(with, {ErrorCode::bad_input, "crl remove " + id,
                            "give the number in the column Id of sealtone crl list"});
  }
  return told(
      ask(arguments, with, "DELETE", "/api/revocation-lists/" + id), arguments, with,
      [&](const json& answer) { fmt::print(with.out, "{}", paragraph(shown(answer, "says"))); });
}

int get_setting(const StateArguments& arguments, const std::string& key, const Surroundings& with) {
  if (!key.empty() && !settings::find_key(key)) return could_not(with, no_such_setting(key));
  const std::string target =
      key.empty() ? "/api/settings" : "/api/settings/" + percent_encoded(key);
  return told(ask(arguments, with, "GET", target), arguments, with, [&](const json& answer) {
    const auto print = [&](const json& row) {
      const std::string value = row.value("secret", false)
                                    ? (row.value("set", false) ? "(set)" : "(not set)")
                                    : shown(row, "value");
      fmt::print(with.out, "{} = {}\n", shown(row, "name"), value);
    };
    if (!key.empty()) {
      print(answer);
      return;
    }
    for (const auto& row : answer.at("settings")) print(row);
  });
}

int set_setting(const StateArguments& arguments, const SetArguments& set,
                const Surroundings& with) {
  if (!settings::find_key(set.key)) {
    return could_not(with, no_such_setting(set.key));
  }
  json value;
  if (!set.factory) {
    const auto url = set.value ? base::parse_url(*set.value) : base::parse_url("");
    const bool secret = settings::is_secret(set.key) || (url && !url->password.empty());
    if (secret && set.value) {
      return could_not(with,
                       {ErrorCode::not_allowed, set.key,
                        "a secret is not given as an argument, where others can read it; leave "
                        "it out and type it, or use --value-file FILE"});
    }
    if (set.value) {
      value = *set.value;
    } else {
      auto typed = read_secret(set.value_file, set.key);
      if (!typed) return could_not(with, typed.error());
      value = std::string(typed->text());
    }
  }
  auto body = body_of({{set.key, value}}, set.key);
  if (!body) return could_not(with, body.error());
  return told(ask(arguments, with, "PUT", "/api/settings", std::move(*body),
                  {{"Content-Type", "application/json"}}),
              arguments, with, [&](const json& answer) {
                fmt::print(with.out, "{}", paragraph(shown(answer, "says")));
              });
}

int provision_now(const StateArguments& arguments, const Surroundings& with) {
  const auto answer = ask(arguments, with, "POST", "/api/provision");
  const int code = told(answer, arguments, with, [&](const json& report) {
    // Further files come over further connections, to which the same happened.
    const auto& all = report.at("connections");
    const auto decision = all.empty() ? std::string() : shown(all.back().at("verdict"), "decision");
    if (decision == "untrusted" || decision == "not-established") {
      fmt::print(with.out, "Nothing was applied.\n{}", connection_text(all.back()));
      return;
    }
    fmt::print(with.out, "{}", run_text(report));
    const bool noteworthy = !all.empty() && !all.back().at("verdict").at("findings").empty();
    if (noteworthy) fmt::print(with.out, "\n{}", connection_text(all.back()));
  });
  if (code != kDone) return code;
  return answer->value("applied", false) ? kDone : kFound;
}

int reset_password(const StateArguments& arguments, const Surroundings& with) {
  return told(ask(arguments, with, "POST", "/api/admin/password-reset"), arguments, with,
              [&](const json& answer) {
                fmt::print(with.out,
                           "One-time password: {}\nLog in with it once and choose your own.\n",
                           shown(answer, "password"));
              });
}

}  // namespace sealtone::app
