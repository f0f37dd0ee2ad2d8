#include "report/proof.hpp"

#include "program/macho_samples.hpp"
#include "sdk/manifest.hpp"
#include "source/samples.hpp"
#include "support/hash.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string linux_archive = "go1.24.4.linux-riscv64.tar.gz";
const std::string darwin_archive = "go1.24.4.darwin-arm64.tar.gz";

Release release() {
  Release release;
  release.version = {1, 24, 4};
  release.ports = {{"linux", "riscv64"}, {"darwin", "arm64"}, {"js", "wasm"}, {"windows", "arm"}};
  release.archives = {{linux_archive, sha256("bits")}, {darwin_archive, sha256("signed")}};
  return release;
}

/// An archives output of the port with one file in it.
fs::path output(const Scratch& scratch, const Port& port, const std::string& name, const std::string& bits,
                bool canonical = true) {
  const fs::path output = scratch.directory(port.dashed());
  scratch.file(port.dashed() + "/" + name, bits);
  Manifest manifest;
  manifest.kind = Kind::archives;
  manifest.release = "1.24.4";
  manifest.hosted_on = port;
  manifest.port = port;
  manifest.canonical = canonical;
  record_contents(output, manifest);
  fs::create_directories(manifest_path(output).parent_path());
  write_file(manifest_path(output), to_text(to_json(manifest)));
  return output;
}

ProofRow linux_row(const std::string& bits) {
  const Scratch scratch;
  const Port port{"linux", "riscv64"};
  return prove_port(release(), port, output(scratch, port, linux_archive, bits), std::nullopt, {});
}

}  // namespace

TEST_CASE("the published bits are canonical, others differ") {
  CHECK(linux_row("bits").verdict == Verdict::canonical);
  CHECK(linux_row("bits").ours == sha256("bits"));
  CHECK(linux_row("bitz").verdict == Verdict::differs);
}

TEST_CASE("a file that was changed since it was made differs, whatever it is now") {
  const Scratch scratch;
  const Port port{"linux", "riscv64"};
  const fs::path made = output(scratch, port, linux_archive, "bitz");
  scratch.file(port.dashed() + "/" + linux_archive, "bits");
  const ProofRow row = prove_port(release(), port, made, std::nullopt, {});
  CHECK(row.verdict == Verdict::differs);
  CHECK(contains(row.says, "damaged since"));
}

TEST_CASE("what was made with a profile is compared with nothing") {
  const Scratch scratch;
  const Port port{"linux", "riscv64"};
  const ProofRow row =
      prove_port(release(), port, output(scratch, port, linux_archive, "bits", false), std::nullopt, {});
  CHECK(row.verdict == Verdict::not_comparable);
  CHECK(contains(row.says, "profile"));
}

TEST_CASE("every port of the release has a row") {
  const Proof proof = prove_release(release(), [](const Port&) { return std::nullopt; }, std::nullopt, {});
  REQUIRE(proof.rows.size() == 4);
  CHECK(proof.rows[0].verdict == Verdict::not_built);
  CHECK(contains(proof.rows[0].says, "gostrap build linux/riscv64 --archives --release 1.24.4"));
  CHECK(proof.rows[2].verdict == Verdict::not_published);
  CHECK(contains(proof.rows[2].says, "wasm"));
  CHECK(proof.rows[3].verdict == Verdict::not_published);
  CHECK(proof.summary() == "2 not published, 2 not built");
  CHECK(proof.holds());
}

TEST_CASE("Apple's signatures: a download decides, when it is the published one") {
  const Scratch scratch;
  const Port port{"darwin", "arm64"};
  const auto pack = [&](const std::string& name, const MachO& program) {
    Pack archive(scratch / name, Pack::Form::tar_gz);
    archive.file("go/bin/go", program.bytes(), 0755);
    archive.close();
    return read_file(scratch / name);
  };
  MachO program;
  const fs::path made = output(scratch, port, darwin_archive, pack("ours", program));
  program.blob = signature();
  scratch.directory("downloads");
  Release published = release();
  const auto prove = [&] { return prove_port(published, port, made, scratch / "downloads", {}); };

  CHECK(prove().verdict == Verdict::not_comparable);  // there is no download
  scratch.file("downloads/" + darwin_archive, pack("theirs", program));
  CHECK(prove().verdict == Verdict::not_comparable);
  CHECK(contains(prove().says, "is not the archive that upstream published"));
  published.archives[darwin_archive] = sha256_file(scratch / "theirs");
  CHECK(prove().verdict == Verdict::signatures);

  program.code[0] = 'x';
  scratch.file("downloads/" + darwin_archive, pack("changed", program));
  published.archives[darwin_archive] = sha256_file(scratch / "changed");
  CHECK(prove().verdict == Verdict::differs);
  CHECK(contains(prove().says, "go/bin/go has other contents"));
}
