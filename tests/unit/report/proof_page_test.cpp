#include "report/proof_page.hpp"

#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Proof proof() {
  Proof proof;
  proof.release.version = {1, 24, 4};
  proof.release.commit = "c0ffee";
  proof.release.source = sha256("S");
  proof.release.archives = {{"a.tar.gz", sha256("a")}, {"b.tar.gz", sha256("b")}};
  ProofRow made;
  made.port = {"linux", "riscv64"};
  made.file = "a.tar.gz";
  made.published = made.ours = sha256("a");
  made.verdict = Verdict::canonical;
  made.says = "strangers' <b>words</b> @style@";
  made.archives = "/store/a";
  made.module = "v0.0.1-go1.24.4.linux-riscv64";
  made.hashes = ModuleHashes{"h1:zip", "h1:mod"};
  ProofRow missing;
  missing.port = {"linux", "arm64"};
  missing.file = "b.tar.gz";
  proof.rows = {made, missing};
  return proof;
}

Provenance host() {
  Provenance step;
  step.gostrap = "0.1.0";
  step.name = "go1.24.4-host-linux-amd64";
  step.made = Time(std::chrono::seconds(0));
  step.inputs = inputs_of(Kind::host, "1.24.4", sha256("S"), Port{"linux", "amd64"});
  step.seconds = 100;
  step.making = Making();
  step.making->bootstrap = "go1.23.5";
  step.making->run = BuildRun();
  step.making->run->argv = {"make.bash"};
  return step;
}

}  // namespace

TEST_CASE("a page of all parts: headline, tiles, ports, times, source and rungs, modules") {
  const std::string page = proof_page(proof(), {host()});
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"));
  CHECK(page.ends_with("</body>\n</html>\n"));
  const std::string title = "Go 1.24.4: 1 of the 2 published archives, made from source, bit for bit";
  const std::vector<std::string> parts{
      "<title>" + title + "</title>\n<style>\n:root {",
      "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n",
      "Made by gostrap 0.1.0.</p>\n<div class=\"tiles\">\n<div class=\"tile\"><b>1</b>",
      "</thead><tbody>\n<tr><td class=\"port\">linux/riscv64</td>",
      "strangers' &lt;b&gt;words&lt;/b&gt; @style@</span></td><td><code>" + hex(sha256("a")) +
          "</code></td></tr>\n</tbody>",
      "makes them:</span> linux/arm64</p>\n<h2>When what was made</h2>\n",
      "<p>1 steps in 1m 40s of wall time, 1m 40s when added up.</p>\n<p class=\"legend soft\">",
      "</svg>\n<h2>Made from</h2>\n<dl>\n<dt>release</dt><dd>go1.24.4</dd>\n",
      "<h3>go1.24.4-host-linux-amd64</h3>\n<dl>\n<dt>built by</dt><dd>go1.23.5</dd>\n",
      "</summary><code>make.bash</code></details>\n<h2>Toolchain modules</h2>\n",
      "<p>Versions of <code>golang.org/toolchain</code>, with the hashes",
      "<td>v0.0.1-go1.24.4.linux-riscv64</td><td><code>h1:zip</code></td>"};
  for (const std::string& part : parts) {
    CHECK_MESSAGE(contains(page, part), part);
  }
}

TEST_CASE("a page without steps and modules says so") {
  Proof none = proof();
  none.rows.erase(none.rows.begin());
  const std::string page = proof_page(none, {});
  CHECK(
      contains(page, "<p class=\"soft\">There is no provenance of what was made.</p>\n<h2>Made from</h2>\n"));
  CHECK(contains(page, "</dl>\n<h2>Toolchain modules</h2>\n<p class=\"soft\">None was made.</p>\n</body>\n"));
}
