#include "source/patch.hpp"

#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release release() {
  Release release;
  release.version = {1, 24, 4};
  return release;
}

/// A source of two files, beside which patches are applied.
class Tree {
 public:
  Tree() {
    scratch_.file("tree/VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
    scratch_.file("tree/src/a.go", "one\ntwo\nthree\nfour\nfive\n");
    scratch_.file("tree/src/b.go", "b\n");
    scratch_.directory("work");
  }
  PatchedFiles apply(const std::vector<std::string>& texts) const {
    std::vector<Patch> patches;
    for (const std::string& text : texts) patches.push_back(checked_patch("x.patch", text));
    return apply_patches(release(), patches, path(), scratch_ / "work");
  }
  std::string refusal(const std::vector<std::string>& texts) const {
    return error_of([&] { apply(texts); });
  }
  fs::path path() const { return scratch_ / "tree"; }

 private:
  Scratch scratch_;
};

std::string change(const std::string& path, const std::string& from, const std::string& to) {
  return "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path +
         "\n@@ -1,3 +1,3 @@\n one\n-" + from + "\n+" + to + "\n three\n";
}

std::string new_file(const std::string& path, const std::string& mode = "100644") {
  return "diff --git a/" + path + " b/" + path + "\nnew file mode " + mode +
         "\nindex 0000000..1111111\n--- /dev/null\n+++ b/" + path + "\n@@ -0,0 +1 @@\n+new\n";
}

const std::string removal =
    "diff --git a/src/b.go b/src/b.go\ndeleted file mode 100644\nindex 6178079..0000000\n--- a/src/b.go\n+++ "
    "/dev/null\n@@ -1 +0,0 @@\n-b\n";

}  // namespace

TEST_CASE("files are changed, added and removed, and Go says that it is patched") {
  const Tree tree;
  const PatchedFiles files = tree.apply({change("src/a.go", "two", "2") + new_file("src/c/c.go") + removal});
  CHECK(files.size() == 4);
  CHECK(files.at("src/a.go").after == "one\n2\nthree\nfour\nfive\n");
  CHECK(files.at("src/a.go").before == "one\ntwo\nthree\nfour\nfive\n");
  CHECK(files.at("src/c/c.go").after == "new\n");
  CHECK_FALSE(files.at("src/c/c.go").before.has_value());
  CHECK_FALSE(files.at("src/b.go").after.has_value());
  CHECK(files.at("VERSION").after->starts_with("go1.24.4-patched."));
  CHECK(files.at("VERSION").after->ends_with("\ntime 2025-05-29T19:37:36Z\n"));
  CHECK(read_file(tree.path() / "src/b.go") == "b\n");
  write_patched(files, tree.path());
  CHECK(read_file(tree.path() / "src/c/c.go") == "new\n");
  CHECK_FALSE(fs::exists(tree.path() / "src/b.go"));
}

TEST_CASE("a patch goes on where the one before it ended") {
  const Tree tree;
  const PatchedFiles files = tree.apply({change("src/a.go", "two", "2"), change("src/a.go", "2", "zwei")});
  CHECK(files.at("src/a.go").after == "one\nzwei\nthree\nfour\nfive\n");
  CHECK(contains(tree.refusal({change("src/a.go", "2", "zwei"), change("src/a.go", "two", "2")}),
                 "does not apply"));
}

TEST_CASE("a patch that does not apply names the file and the hunk, and nothing is changed") {
  const Tree tree;
  const std::string said = tree.refusal({new_file("src/c.go") + change("src/a.go", "TWO", "2")});
  CHECK(contains(said, "apply the patch x.patch"));
  CHECK(contains(said, "src/a.go, hunk @@ -1,3 +1,3 @@ does not apply"));
  CHECK_FALSE(fs::exists(tree.path() / "src/c.go"));
}

TEST_CASE("files that are missing, or there already, are named") {
  const Tree tree;
  CHECK(contains(tree.refusal({change("src/no.go", "two", "2")}), "there is no \"src/no.go\" in the source"));
  CHECK(contains(tree.refusal({new_file("src/b.go")}), "\"src/b.go\" is to be new, and is there already"));
  CHECK(contains(tree.refusal({new_file("src/b.go/x")}), "something else is in its place"));
  CHECK(contains(tree.refusal({new_file("src")}), "something else is in its place"));
}

TEST_CASE("what leads out, or to git's own, is refused before anything is read") {
  for (const std::string path :
       {"../x", "src/../../x", "/etc/passwd", ".git/config", "src/.git/hooks/x", "src/.GIT/x", ".github/x",
        "bin/go", "pkg/tool/x", "VERSION", "src//x", "src/./x"}) {
    CAPTURE(path);
    CHECK(error_of([&] { checked_patch("x.patch", new_file(path)); }) != "");
  }
}

TEST_CASE("what only renames is looked at as well, though it tells no mode") {
  const Tree tree;
  const auto renaming = [](const std::string& to) {
    return "diff --git a/src/b.go b/" + to + "\nsimilarity index 100%\nrename from src/b.go\nrename to " +
           to + "\n";
  };
  const PatchedFiles files = tree.apply({renaming("src/c.go")});
  CHECK_FALSE(files.at("src/b.go").after);
  CHECK(files.at("src/c.go").after == "b\n");
  for (const std::string to :
       {"../c.go", "src/../../c.go", ".git/c", "src/\u00e9/.Git/c", "src/\xed(c.go", "bin/go", "VERSION"}) {
    CAPTURE(to);
    CHECK(error_of([&] { checked_patch("x.patch", renaming(to)); }) != "");
  }
}

TEST_CASE("links, submodules, binary changes and copies are refused") {
  CHECK(contains(error_of([] { checked_patch("x", new_file("src/l", "120000")); }), "symbolic link"));
  CHECK(contains(error_of([] { checked_patch("x", new_file("src/m", "160000")); }), "no plain file"));
  CHECK(contains(error_of([] {
                   checked_patch(
                       "x",
                       "diff --git a/src/a.go b/src/a.go\nindex 1111111..2222222 100644\nGIT binary "
                       "patch\nliteral 1\nIcmZPo000310RR91\n\nliteral 1\nIcmZPo000310RR91\n\n");
                 }),
                 "binary"));
  CHECK(error_of([] {
          checked_patch("x",
                        "diff --git a/src/a.go b/src/d.go\nsimilarity index 100%\ncopy from src/a.go\ncopy "
                        "to src/d.go\n");
        }) != "");
}

TEST_CASE("what is no patch is refused, with how to make one") {
  CHECK(contains(
      error_of([] { checked_patch("x", "--- a/src/a.go\n+++ b/src/a.go\n@@ -1 +1 @@\n-one\n+1\n"); }),
      "git diff"));
  CHECK(error_of([] { checked_patch("x", ""); }) != "");
  const std::string nul =
      "diff --git a/c b/src/c.go\nnew file mode 100644\n--- /dev/null\n+++ b/src/c.go\n@@ -0,0 +1 @@\n+a";
  CHECK(contains(error_of([&] { checked_patch("x", nul + std::string(1, '\0') + "b\n"); }), "NUL"));
  CHECK(error_of([] { checked_patch("x", "diff --git a/src/a.go b/src/a.go\n@@ -1,99 +1 @@\n-one\n"); }) !=
        "");
  const Tree tree;
  CHECK(contains(tree.refusal({change("src/a.go", "two", "two")}), "change nothing"));
}

TEST_CASE("larger than the limit is refused") {
  const Scratch scratch;
  std::string large = change("src/a.go", "two", "2");
  large.resize((16U << 20U) + 1, '\n');
  CHECK(error_of([&] { read_patch(scratch.file("large.patch", large)); }) != "");
}

TEST_CASE("a patch is known by its hash") {
  const std::string text = change("src/a.go", "two", "2");
  const Patch patch = checked_patch("a\x1b[2J", text);
  CHECK(patch.digest == sha256(text));
  CHECK(touched_paths({patch}) == std::set<std::string>{"src/a.go"});
  CHECK(patched_version(release(), {patch}) != patched_version(release(), {patch, patch}));
}

namespace {

std::string renaming(const std::string& from, const std::string& to) {
  return "diff --git a/" + from + " b/" + to + "\nsimilarity index 100%\nrename from " + from +
         "\nrename to " + to + "\n";
}

}  // namespace

TEST_CASE("renaming overwrites nothing, and makes no file below another") {
  const Tree tree;
  CHECK(contains(tree.refusal({renaming("src/b.go", "src/a.go")}),
                 "\"src/a.go\" is to be new, and is there already"));
  CHECK(contains(tree.refusal({renaming("src/b.go", "src/a.go/x")}), "something else is in its place"));
  CHECK(contains(tree.refusal({renaming("src/b.go", "src")}), "something else is in its place"));
  CHECK(contains(tree.refusal({renaming("src/nosuch.go", "src/c.go")}), "there is no \"src/nosuch.go\""));
  CHECK(contains(tree.refusal({renaming("src/a.go", "src/c.go") + renaming("src/b.go", "src/c.go")}),
                 "made twice"));
  const PatchedFiles files = tree.apply({renaming("src/b.go", "src/c.go")});
  CHECK_FALSE(files.at("src/b.go").after);
  CHECK(files.at("src/c.go").after == "b\n");
}

TEST_CASE("names in a patch are names that can be read") {
  const Tree tree;
  const auto quoted = [](const std::string& name) {
    return "diff --git \"a/" + name + "\" \"b/" + name +
           "\"\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ \"b/" + name +
           "\"\n@@ -0,0 +1 @@\n+new\n";
  };
  CHECK(contains(tree.refusal({quoted("src/a\\033b")}), "control characters in its name"));
  CHECK(contains(tree.refusal({quoted("src/a\\nb")}), "control characters in its name"));
  CHECK(contains(tree.refusal({quoted("src/a\\000b")}), "NUL"));
  CHECK(contains(tree.refusal({quoted("src/a\\0b")}), "NUL"));
  CHECK(contains(tree.refusal({new_file("src/a\xe2\x80\xae"
                                        "b")}),
                 "control characters in its name"));
  CHECK(tree.refusal({quoted("src/\\303\\244")}).empty());
}
