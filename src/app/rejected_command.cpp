// SPDX-License-Identifier: Apache-2.0
// sealtone rejected: the servers that a phone refused last, and trusting what they lead to.
#include "app/asking.h"
#include "app/paths.h"
#include "app/phone_link.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using nlohmann::json;

bool is_number(const std::string& id) {
  return !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
}

base::Error no_number(const std::string& command, const std::string& id) {
  return {ErrorCode::bad_input, command + " " + id,
          "give the number in the column Id of sealtone rejected list"};
}

std::string certificate_lines(const json& certificate) {
  return fmt::format(
      "Issued To      {}\nIssued By      {}{}\nSerial Number  {}\nValid          {} until {}\n"
      "SHA-256        {}\n",
      shown(certificate.at("subject"), "text"), shown(certificate.at("issuer"), "text"),
      certificate.value("self_signed", false) ? " (signed by itself)" : "",
      shown(certificate, "serial_number"), shown_time(certificate, "not_before"),
      shown_time(certificate, "not_after"), shown(certificate, "sha256"));
}

std::string server_text(const json& server, const std::string& id) {
  auto text = fmt::format("{}Refused {}, {}.\n", paragraph(shown(server, "headline")),
                          shown_time(server, "at"), shown(server, "service"));
  const auto& chain = server.at("certificates");
  for (const auto& certificate : chain) {
    text += fmt::format("\nCertificate {} of {} that it sent\n", &certificate - &chain.front() + 1,
                        chain.size());
    text += certificate_lines(certificate);
  }
  if (const auto unreadable = server.value("unreadable", 0); unreadable > 0) {
    text += fmt::format("\nOf what it sent, {} cannot be read.\n", unreadable);
  }
  const auto& trust = server.at("trust");
  text += "\n" + paragraph(shown(trust, "says"));
  if (trust.at("certificate").is_null()) return text;
  if (shown(trust, "kind") == "at-hand") {
    text +=
        "\nThe certificate that would be trusted\n" + certificate_lines(trust.at("certificate"));
  }
  if (!trust.value("cures", false)) return text;
  return text + fmt::format("Then: sealtone rejected trust {} --sha256 FINGERPRINT\n", id);
}

}  // namespace

int rejected_list(const StateArguments& arguments, const Surroundings& with) {
  return told(
      ask(arguments, with, "GET", "/api/rejected"), arguments, with, [&](const json& answer) {
        const auto& rows = answer.at("rejected");
        if (rows.empty()) {
          fmt::print(with.out, "No server was refused for its certificate.\n");
          return;
        }
        fmt::print(with.out, "{:>5}  {:<23}  {:<12}  {}\n", "Id", "Refused", "Service", "Server");
        for (const auto& row : rows) {
          fmt::print(with.out, "{:>5}  {:<23}  {:<12}  {}\n{}", row.value("id", 0),
                     shown_time(row, "at"), shown(row, "service"), shown(row, "server"),
                     paragraph(shown(row, "headline"), "       ", "       "));
        }
      });
}

int rejected_show(const StateArguments& arguments, const std::string& id,
                  const Surroundings& with) {
  if (!is_number(id)) return could_not(with, no_number("rejected show", id));
  return told(ask(arguments, with, "GET", "/api/rejected/" + id), arguments, with,
              [&](const json& answer) { fmt::print(with.out, "{}", server_text(answer, id)); });
}

int rejected_trust(const StateArguments& arguments, const std::string& id,
                   const std::string& sha256, const Surroundings& with) {
  if (!is_number(id)) return could_not(with, no_number("rejected trust", id));
  auto body = body_of({{"sha256", sha256}}, "--sha256");
  if (!body) return could_not(with, body.error());
  // Two questions to one phone: the first may be what confines this process.
  const auto folder = phone_folder(arguments.state);
  if (!folder) return could_not(with, folder.error());
  auto link = PhoneLink::open(*folder, with);
  if (!link) return could_not(with, link.error());
  // What will be trusted, and why that one, is said before it is.
  const auto before = (*link)->ask("GET", "/api/rejected/" + id);
  if (!before) return could_not(with, before.error());
  // Where there is none, the refusal says so.
  const auto& trust = before->at("trust");
  if (!arguments.json && !trust.at("certificate").is_null()) {
    fmt::print(with.out, "{}", paragraph(shown(trust, "says")));
  }
  bool cures = false;
  const auto status = told((*link)->ask("POST", "/api/rejected/" + id + "/trust", std::move(*body),
                                        {{"Content-Type", "application/json"}}),
                           arguments, with, [&](const json& answer) {
                             cures = answer.value("cures", false);
                             fmt::print(with.out, "{}", paragraph(shown(answer, "says")));
                           });
  return status == kDone && !cures ? kFound : status;
}

}  // namespace sealtone::app
