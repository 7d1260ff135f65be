// SPDX-License-Identifier: Apache-2.0
//
// app/chain_file: the files of tests/data/tls, whole, out of order, and with the wrong key.
#include "app/chain_file.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/paths.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReadChain : public ::testing::Test {
 protected:
  ~ReadChain() override { std::filesystem::remove_all(folder_); }

  static std::string data(const std::string& name) {
    return std::string(SEALTONE_TEST_DATA) + "/tls/" + name + ".pem";
  }
  static std::string text_of(const std::string& file) {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return std::move(text).str();
  }
  // The parts of that kind, one behind the other.
  static std::string only(const std::string& name, const std::string& kind) {
    const auto text = text_of(data(name));
    std::string out;
    for (std::size_t at = text.find("-----BEGIN"); at != std::string::npos;
         at = text.find("-----BEGIN", at + 1)) {
      const auto end = text.find("\n", text.find("-----END", at)) + 1;
      const auto block = text.substr(at, end - at);
      if (block.substr(0, block.find('\n')).find(kind) != std::string::npos) out += block;
    }
    return out;
  }
  std::string write(const std::string& name, const std::string& text) {
    const auto file = (folder_ / name).string();
    std::ofstream(file) << text;
    return file;
  }
  static base::Result<ChainFile> read(const std::string& file, const std::string& key = "") {
    CertificateFiles files("");
    return read_chain(file, key, files);
  }
  std::filesystem::path folder_ = make_temporary_folder().value();
};

TEST_F(ReadChain, KeepsTheOrderOfTheFileAndSaysIfItIsNone) {
  const auto leaf = only("server", "CERTIFICATE"), root = only("root", "CERTIFICATE");
  const auto right = read(write("right.pem", leaf + root)).value();
  EXPECT_THAT(right.certificates, SizeIs(2));
  EXPECT_THAT(right.remarks, IsEmpty());

  const auto turned = read(write("turned.pem", root + leaf)).value();
  EXPECT_TRUE(turned.certificates.front().is_ca());
  EXPECT_THAT(turned.remarks, ElementsAre(HasSubstr("put the server's certificate first"),
                                          HasSubstr("did not issue certificate 1")));

  const auto twice = read(write("twice.pem", leaf + root + root)).value();
  EXPECT_THAT(twice.remarks, ElementsAre(HasSubstr("is the same as certificate 2")));

  const auto junk = read(write("junk.pem", leaf + only("other-root", "CERTIFICATE") + root));
  ASSERT_TRUE(junk);
  EXPECT_THAT(junk->remarks, SizeIs(2));
}

TEST_F(ReadChain, KeyHasToBelongToTheFirstCertificate) {
  const auto leaf = only("server", "CERTIFICATE"), root = only("root", "CERTIFICATE");
  const auto file = write("chain.pem", leaf + root);
  const auto key = write("key.pem", only("server", "KEY"));
  EXPECT_TRUE(read(file, key));
  EXPECT_TRUE(read(data("server"))) << "certificate and key in one file";

  EXPECT_FALSE(read(file, key)->wrong_key);
  EXPECT_FALSE(read(data("server"))->wrong_key);

  const auto foreign = read(file, write("foreign.pem", only("server-rsa", "KEY")));
  ASSERT_TRUE(foreign && foreign->wrong_key);
  EXPECT_THAT(foreign->wrong_key->evidence.detail, HasSubstr("foreign.pem"));
  EXPECT_THAT(foreign->wrong_key->evidence.found, ElementsAre(HasSubstr("RSA")));

  const auto turned = read(write("turned.pem", root + leaf), key);
  ASSERT_TRUE(turned && turned->wrong_key);
  EXPECT_THAT(turned->wrong_key->evidence.found, ElementsAre("EC P-256", "Sealtone test server"));

  // The order is right, and the key an authority's.
  const auto above = read(file, write("ca.pem", only("root", "KEY")));
  ASSERT_TRUE(above && above->wrong_key);
  EXPECT_THAT(above->wrong_key->evidence.found, ElementsAre(HasSubstr(" "), HasSubstr(" "), "CA"));

  // Whoever would accept anybody cannot be served with it.
  const auto verdict = with_key(*turned, {.decision = trust::Decision::accepted_untrusted});
  EXPECT_EQ(verdict.decision, trust::Decision::untrusted);
  EXPECT_TRUE(verdict.has(trust::FindingCode::wrong_key));
  EXPECT_TRUE(with_key(*read(file, key), {.decision = trust::Decision::trusted}).findings.empty());
}

TEST_F(ReadChain, NamesAWrongFileForWhatItIs) {
  const auto key = write("key.pem", only("server", "KEY"));
  const auto leaf = write("leaf.pem", only("server", "CERTIFICATE"));
  EXPECT_THAT(read(key).error().detail, HasSubstr("this is a private key"));
  EXPECT_THAT(read(leaf, leaf).error().detail, HasSubstr("this is a certificate, not a private"));
  EXPECT_EQ(read(leaf, write("page.html", "<html></html>")).error().code, ErrorCode::wrong_kind);
  EXPECT_EQ(read((folder_ / "none.pem").string()).error().code, ErrorCode::not_found);
}

TEST_F(ReadChain, FindsMoreThanAClientReads) {
  const auto leaf = only("server", "CERTIFICATE");
  std::string many;
  for (int i = 0; i < 400; ++i) many += leaf;
  const auto large = read(write("many.pem", many));
  ASSERT_TRUE(large);
  const auto verdict = not_read(*large);
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->decision, trust::Decision::not_established);
  EXPECT_TRUE(verdict->has(trust::FindingCode::chain_too_large));
  EXPECT_FALSE(not_read(*read(write("few.pem", leaf))));
}

}  // namespace
}  // namespace sealtone::app
