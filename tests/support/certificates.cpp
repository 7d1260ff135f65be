// SPDX-License-Identifier: Apache-2.0
//
// tests/support/peers: certificates made by the `openssl` tool.
#include <algorithm>
#include <stdexcept>

#include "support/peers.h"

namespace sealtone::test {
namespace {

Arguments key_command(const std::string& kind, const std::filesystem::path& key) {
  Arguments command{"openssl", "genpkey", "-out", key.string()};
  if (kind.starts_with("rsa:")) {
    const auto bits = "rsa_keygen_bits:" + kind.substr(4);
    command.insert(command.end(), {"-algorithm", "RSA", "-pkeyopt", bits});
  } else if (kind == "ed25519") {
    command.insert(command.end(), {"-algorithm", "ED25519"});
  } else {
    const auto curve = kind.starts_with("ec:") ? kind.substr(3) : "P-256";
    command.insert(command.end(), {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve});
    if (kind == "ec-explicit") {
      command.insert(command.end(), {"-pkeyopt", "ec_param_enc:explicit"});
    }
  }
  return command;
}

std::string extension_lines(const Wish& wish) {
  std::string lines = "[wish]\nsubjectKeyIdentifier=hash\n";
  if (wish.ca)
    lines += "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
  if (!wish.ca) lines += "basicConstraints=CA:FALSE\n";
  if (!wish.extended_key_usage.empty()) {
    lines += "extendedKeyUsage=" + wish.extended_key_usage + "\n";
  }
  std::string names;
  for (const auto& name : wish.names) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) lines += "subjectAltName=" + names + "\n";
  for (const auto& line : wish.extensions) lines += line + "\n";
  return lines;
}

// `openssl ca` is the one command of OpenSSL 3.0 that takes both dates.
std::string ca_config(const std::filesystem::path& folder, const Wish& wish) {
  const auto at = folder.string();
  return "[ca]\ndefault_ca=here\n[here]\nnew_certs_dir=" + at + "\ndatabase=" + at +
         "/index.txt\nrand_serial=yes\nunique_subject=no\npolicy=any\n"
         "[any]\ncommonName=optional\n"
         "[req]\ndistinguished_name=name\nprompt=no\n[name]\n" +
         extension_lines(wish);
}

}  // namespace

std::string Identity::serial() const {
  const auto line = run_ok({"openssl", "x509", "-in", certificate.string(), "-noout", "-serial"});
  const auto value = line.substr(line.find('=') + 1);
  return value.substr(0, value.find('\n'));
}

Identity Certificates::make(const std::string& name, const Wish& wish, const Identity* issuer) {
  const auto in_folder = [&](const std::string& ending) {
    return folder_.path() / (name + ending);
  };
  Identity made{name, in_folder(".pem"), in_folder("-key.pem"), in_folder(".cer")};
  constexpr std::string_view of_file = "of:";
  if (wish.key.starts_with(of_file)) {
    std::filesystem::copy_file(wish.key.substr(of_file.size()), made.key);
  } else {
    run_ok(key_command(wish.key, made.key));
  }
  const auto config = folder_.write(name + ".cnf", ca_config(folder_.path(), wish));
  folder_.write("index.txt", "");
  const auto request = in_folder(".csr");
  const auto subject = wish.common_name.empty() ? "/" : "/CN=" + wish.common_name;
  run_ok({"openssl", "req", "-new", "-config", config.string(), "-key", made.key.string(), "-subj",
          subject, "-out", request.string()});
  Arguments sign{"openssl",     "ca",
                 "-batch",      "-notext",
                 "-config",     config.string(),
                 "-in",         request.string(),
                 "-out",        made.certificate.string(),
                 "-extensions", "wish",
                 "-md",         wish.digest,
                 "-startdate",  wish.not_before,
                 "-enddate",    wish.not_after};
  if (wish.key == "ed25519" && issuer == nullptr) sign[std::size(sign) - 5] = "null";
  if (issuer != nullptr) {
    sign.insert(sign.end(),
                {"-cert", issuer->certificate.string(), "-keyfile", issuer->key.string()});
  } else {
    sign.insert(sign.end(), {"-selfsign", "-keyfile", made.key.string()});
  }
  run_ok(sign);
  run_ok({"openssl", "x509", "-in", made.certificate.string(), "-outform", "DER", "-out",
          made.der.string()});
  return made;
}

Identity Certificates::self_signed(const std::string& name, const Wish& wish) {
  return make(name, wish, nullptr);
}

Identity Certificates::issue(const std::string& name, const Wish& wish, const Identity& issuer) {
  return make(name, wish, &issuer);
}

Identity Certificates::root(const std::string& name) {
  Wish wish;
  wish.common_name = "Sealtone test " + name;
  wish.ca = true;
  return self_signed(name, wish);
}

Identity Certificates::server(const Identity& issuer, const std::string& name) {
  Wish wish;
  wish.common_name = "Sealtone test " + name;
  wish.names = {"DNS:localhost", "IP:127.0.0.1"};
  wish.extended_key_usage = "serverAuth,clientAuth";
  return issue(name, wish, issuer);
}

Identity Certificates::client(const Identity& issuer, const std::string& name) {
  Wish wish;
  wish.common_name = "Sealtone test " + name;
  wish.extended_key_usage = "clientAuth";
  return issue(name, wish, issuer);
}

std::filesystem::path Certificates::bundle(const std::string& name,
                                           const std::vector<Identity>& members) {
  std::string text;
  for (const auto& member : members) text += member.pem();
  return folder_.write(name, text);
}

}  // namespace sealtone::test
