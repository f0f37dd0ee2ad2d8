#include "release/releases.hpp"
#include "seed/seed.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Release& release(const std::string& version = "1.24.4") {
  static const Releases releases = Releases::load("/no/such/file");
  return releases.get(version);
}

const Port amd64{"linux", "amd64"}, arm64{"linux", "arm64"}, riscv64{"linux", "riscv64"},
    windows{"windows", "amd64"};

Profile with_c(CKind kind, const std::string& library, bool is_static = false) {
  Profile profile;
  profile.c.emplace();
  profile.c->kind = kind;
  profile.c->library = library;
  profile.c->is_static = is_static;
  return profile;
}

}  // namespace

TEST_CASE("std is compiled as the SDK's go command does it: with C, and with -race where that links") {
  const auto of = [](const Port& port, const Profile& profile) {
    return seed_c(release().at(port), profile);
  };
  CHECK(of(amd64, {}) == SeedC::none);
  CHECK(of(amd64, with_c(CKind::gcc, "glibc 2.36")) == SeedC::race);
  CHECK(of(arm64, with_c(CKind::clang, "glibc 2.36")) == SeedC::race);
  CHECK(of(windows, with_c(CKind::mingw, "mingw-w64 10")) == SeedC::race);
  CHECK(of(amd64, with_c(CKind::gcc, "glibc 2.36", true)) == SeedC::c);
  CHECK(of(amd64, with_c(CKind::musl, "musl")) == SeedC::c);
  CHECK(of(amd64, with_c(CKind::clang, "musl")) == SeedC::c);
  CHECK(of(riscv64, with_c(CKind::gcc, "glibc 2.36")) == SeedC::c);  // since Go 1.26
}

TEST_CASE("another way to compile std is another identity") {
  CHECK(seed_identity(SeedC::none) != seed_identity(SeedC::c));
  CHECK(seed_identity(SeedC::none) != seed_identity(SeedC::race));
  CHECK(seed_identity(SeedC::c) != seed_identity(SeedC::race));
}
