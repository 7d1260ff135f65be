// SPDX-License-Identifier: Apache-2.0
//
// A key that was replaced and a password that was used are nowhere in the phone's memory.
//
// Everything that the process can write to is read from outside and searched for the secrets, in
// each form that they pass through it in.  Each search first finds what is there to be found.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using testing::IsEmpty;
using testing::Not;

struct Secret {
  std::string form;  // "d of rsa.pem, little end first"
  std::string octets;
};
using Secrets = std::vector<Secret>;

std::string from_hex(const std::string& text) {
  std::string octets;
  std::string digits;
  for (const char c : text) {
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0) digits += c;
  }
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    octets += static_cast<char>(std::stoi(digits.substr(at, 2), nullptr, 16));
  }
  return octets;
}

// A number as DER has it, and as OpenSSL computes with it: by words, the lowest first.
void add_number(Secrets& secrets, const std::string& what, std::string octets) {
  constexpr std::size_t kStretch = 16;
  octets = octets.substr((octets.size() - kStretch) / 2, kStretch);
  secrets.push_back({what, octets});
  std::reverse(octets.begin(), octets.end());
  secrets.push_back({what + ", little end first", octets});
}

// The private numbers that `openssl pkey -text` prints, and the lines of the PEM file.
Secrets secrets_of(const Identity& identity) {
  Secrets secrets;
  std::istringstream text(
      run_ok({"openssl", "pkey", "-in", identity.key.string(), "-noout", "-text"}));
  std::string name;
  std::string digits;
  const auto take = [&] {
    const bool is_private = name == "priv" || name == "privateExponent" ||
                            name.starts_with("prime") || name.starts_with("exponent") ||
                            name == "coefficient";
    if (is_private) add_number(secrets, identity.name + "'s " + name, from_hex(digits));
    digits.clear();
  };
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(' ')) {
      digits += line;
    } else {
      take();
      name = line.substr(0, line.find(':'));
    }
  }
  take();
  std::istringstream pem(identity.key_pem());
  // The first line holds what every key of the kind begins with.
  int number = 0;
  for (std::string line; std::getline(pem, line); ++number) {
    if (number > 1 && line.size() == 64)
      secrets.push_back({identity.name + "'s PEM", line.substr(20, 40)});
  }
  return secrets;
}

// The phone's writable memory, as root sees it; it keeps everybody else out.
class Memory {
 public:
  explicit Memory(int pid) : folder_("/proc/" + std::to_string(pid)) {}

  // The forms of the secrets that stand somewhere, with the mapping they stand in.
  [[nodiscard]] std::vector<std::string> holds(const Secrets& secrets) const {
    std::vector<std::string> found;
    const int memory = open((folder_ + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) throw std::runtime_error(folder_ + "/mem cannot be read");
    std::ifstream maps(folder_ + "/maps");
    for (std::string line; std::getline(maps, line);) {
      const auto octets = read_mapping(memory, line);
      for (const auto& secret : secrets) {
        if (octets.find(secret.octets) == std::string::npos) continue;
        const auto name = line.find_first_of("/[");
        found.push_back(secret.form + " in " +
                        (name == std::string::npos ? "mapped memory" : line.substr(name)));
      }
    }
    close(memory);
    return found;
  }

 private:
  static std::string read_mapping(int memory, const std::string& line) {
    std::istringstream fields(line);
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    char dash = 0;
    std::string modes;
    fields >> std::hex >> begin >> dash >> end >> modes;
    if (modes.find('w') == std::string::npos) return {};
    std::string octets(end - begin, '\0');
    // Guard pages and what was never touched give less.
    const auto got = pread(memory, octets.data(), octets.size(), static_cast<off_t>(begin));
    octets.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return octets;
  }

  std::string folder_;
};

class Forgetting : public testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root may look into the memory of a phone";
  }

  std::filesystem::path bundle(const Identity& identity) {
    return folder_.write(identity.name + "-both.pem", identity.pem() + identity.key_pem());
  }
  Identity made(const std::string& name, const std::string& key) {
    Wish wish;
    wish.common_name = "Sealtone test " + name;
    wish.names = {"DNS:localhost", "IP:127.0.0.1"};
    wish.key = key;
    return certificates_.self_signed(name, wish);
  }

  // The page as a browser meets it, by curl.
  [[nodiscard]] std::string curl(Arguments arguments) const {
    const auto jar = (folder_.path() / "cookies").string();
    arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--insecure",
                                         "--cookie", jar, "--cookie-jar", jar});
    return run_ok(std::move(arguments));
  }
  [[nodiscard]] std::string log_in(const PhoneUnderTest& phone, const std::string& password,
                                   const std::string& new_password) const {
    const nlohmann::json body{{"password", password}, {"new_password", new_password}};
    const auto file = folder_.write("body.json", body.dump());
    const auto answer = curl({phone.page() + "api/session", "--data", "@" + file.string()});
    return nlohmann::json::parse(answer).at("csrf");
  }

  Certificates certificates_;
  TempDir folder_;
};

TEST_F(Forgetting, KeysThatWereReplacedOverThePage) {
  PhoneUnderTest phone;
  const Memory memory(phone.process().pid());
  const auto csrf = log_in(phone, phone.one_time_password(), "chosen in a test for a test");
  const auto upload = [&](const Identity& identity) {
    const auto says =
        curl({phone.page() + "api/server-certificate", "--header", "X-CSRF-Token: " + csrf,
              "--data-binary", "@" + bundle(identity).string()});
    ASSERT_THAT(says, testing::HasSubstr("says")) << says;
    // It signs a handshake, so that it is used as a key is.
    (void)curl({phone.page()});
    EXPECT_THAT(memory.holds(secrets_of(identity)), Not(IsEmpty()))
        << "else this test sees nothing";
  };
  const auto ec = made("ec", "ec");
  const auto rsa = made("rsa", "rsa:2048");
  upload(ec);
  upload(rsa);
  // The one before may be kept for going back to; what is older is gone.
  upload(made("third", "ec"));
  EXPECT_THAT(memory.holds(secrets_of(ec)), IsEmpty());
  upload(made("fourth", "ec"));
  EXPECT_THAT(memory.holds(secrets_of(rsa)), IsEmpty());
}

TEST_F(Forgetting, KeysThatWereReplacedFromTheCommandLine) {
  PhoneUnderTest phone;
  const Memory memory(phone.process().pid());
  const auto rsa = made("rsa", "rsa:2048");
  const auto ed25519 = made("ed25519", "ed25519");
  for (const auto& identity : {rsa, ed25519}) {
    phone.must({"server-cert", "set", bundle(identity).string()});
    (void)curl({phone.page()});
    EXPECT_THAT(memory.holds(secrets_of(identity)), Not(IsEmpty()));
  }
  for (const char* name : {"third", "fourth"}) {
    phone.must({"server-cert", "set", bundle(made(name, "ec")).string()});
  }
  EXPECT_THAT(memory.holds(secrets_of(rsa)), IsEmpty());
  EXPECT_THAT(memory.holds(secrets_of(ed25519)), IsEmpty());
}

TEST_F(Forgetting, KeysThatWereRemoved) {
  PhoneUnderTest phone;
  const Memory memory(phone.process().pid());
  const auto first = made("first", "ec");
  phone.must({"server-cert", "set", bundle(first).string()});
  phone.must({"server-cert", "set", bundle(made("second", "ec")).string()});
  const auto socket = (phone.state() / "admin.sock").string();
  (void)curl(
      {"--unix-socket", socket, "--request", "DELETE", "http://localhost/api/server-certificate"});
  EXPECT_THAT(memory.holds(secrets_of(first)), IsEmpty());
}

TEST_F(Forgetting, PasswordsThatWereUsed) {
  PhoneUnderTest phone;
  const Memory memory(phone.process().pid());
  const Secrets one_time{{"the one-time password", phone.one_time_password()}};
  const Secrets own{{"the admin's password", "chosen in a test for a test"}};
  EXPECT_THAT(memory.holds(one_time), Not(IsEmpty())) << "until it is used, the phone knows it";
  (void)log_in(phone, phone.one_time_password(), own.front().octets);
  (void)log_in(phone, own.front().octets, "");
  EXPECT_THAT(memory.holds(one_time), IsEmpty());
  EXPECT_THAT(memory.holds(own), IsEmpty());

  const Secrets server{{"the server's password", "provisioning password made for a test"}};
  phone.set("static.auto_provision.server.password", server.front().octets);
  EXPECT_THAT(memory.holds(server), Not(IsEmpty()));
  phone.must({"set", "static.auto_provision.server.password", "--factory"});
  EXPECT_THAT(memory.holds(server), IsEmpty());
}

}  // namespace
}  // namespace sealtone::test
