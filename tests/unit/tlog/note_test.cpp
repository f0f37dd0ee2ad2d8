#include "tlog/note.hpp"

#include "samples.hpp"
#include "tlog/checkpoint.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a log's key is read, and written as it came") {
  const LogKey key = parse_log_key(sum_golang_org);
  CHECK(key.name == "sum.golang.org");
  CHECK(key.short_text() == "sum.golang.org+033de0ae");
  CHECK(key.text() == sum_golang_org);
}

TEST_CASE("what is no key is refused with the reason") {
  const auto refused = [](const std::string& text) { return error_of([&] { parse_log_key(text); }); };
  const std::string key = "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  CHECK(contains(refused(""), "NAME+HASH+KEY"));
  CHECK(contains(refused("sum.golang.org"), "NAME+HASH+KEY"));
  CHECK(contains(refused("sum.golang.org+033de0ae"), "NAME+HASH+KEY"));
  CHECK(contains(refused("+033de0ae+" + key), "its name is empty"));
  CHECK(contains(refused("a b+033de0ae+" + key), "space"));
  CHECK(contains(refused("a\xe2\x80\x89z+033de0ae+" + key), "space"));
  CHECK(contains(refused("sum.golang.org+033DE0AE+" + key), "hexadecimal"));
  CHECK(contains(refused("sum.golang.org+33de0ae+" + key), "hexadecimal"));
  CHECK(contains(refused("sum.golang.org+033de0ae+" + key + "!"), "base64"));
  CHECK(contains(refused("sum.golang.org+033de0ae+"), "base64"));
  CHECK(contains(refused("sum.golang.org+033de0af+" + key), "should be 033de0ae"));
  CHECK(contains(refused("other.example+033de0ae+" + key), "its hash should be"));
  CHECK(contains(refused("sum.golang.org+033de0ae+" + base64("\4" + std::string(32, 'k'))), "no Ed25519"));
  CHECK(contains(refused("sum.golang.org+033de0ae+" + base64("\1" + std::string(31, 'k'))), "32 bytes"));
}

TEST_CASE("notes of sum.golang.org hold, and changed ones do not") {
  const LogKey key = parse_log_key(sum_golang_org);
  const Checkpoint tree = read_checkpoint(real_note, key, "note");
  CHECK(tree.head.size == 6476701);
  CHECK(base64(bytes_of(tree.head.root)) == "mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=");
  CHECK(read_checkpoint(parse_lookup(real_lookup, "lookup").note, key, "lookup").head.size == 3935567);
  for (std::size_t i = 0; i < real_note.size(); ++i) {
    std::string changed = real_note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAPTURE(i);
    CHECK_FALSE(error_of([&] { read_checkpoint(changed, key, "note"); }).empty());
    CHECK_FALSE(error_of([&] { read_checkpoint(real_note.substr(0, i), key, "note"); }).empty());
  }
}

TEST_CASE("a note by Go's own implementation holds") {
  CHECK(read_checkpoint(log_file("latest"), log_key, "latest").head.size == 300);
  CHECK(
      contains(error_of([] { read_checkpoint(log_file("latest"), parse_log_key(sum_golang_org), "latest"); }),
               "it is signed by unit.example+ba535fb8, and not by sum.golang.org+033de0ae"));
}

TEST_CASE("what is no note is refused with file and reason") {
  const OwnLog log;
  const std::string text = "hello\n";
  const auto refused = [&](const std::string& note) {
    return error_of([&] { require_signature(parse_note(note, "FILE"), log.key, "FILE"); });
  };
  CHECK(refused(log.note(text)).empty());
  CHECK(refused(log.note("with an\n\nempty line\n")).empty());
  CHECK(contains(refused(""), "FILE: no empty line"));
  CHECK(contains(refused(text + log.signature(text)), "no empty line"));
  CHECK(contains(refused(text + "\n"), "it has no signature"));
  CHECK(contains(refused(without_end(log.note(text))), "its last line has no end"));
  CHECK(contains(refused(text + "\n" + "- x AAAAAAAA\n"), "is no line of a signature"));
  CHECK(contains(refused(text + "\n— a+b AAAAAAAA\n"), "is no line of a signature"));
  CHECK(contains(refused(text + "\n— own.example\n"), "is no line of a signature"));
  CHECK(contains(refused(text + "\n— own.example AAAA\n"), "is no line of a signature"));
  CHECK(contains(refused(text + "\n— own.example AAAAAAA!\n"), "is no line of a signature"));
  CHECK(contains(refused(log.note("tab\there\n")), "no plain text"));
  CHECK(contains(refused(log.note("\xff\n")), "no plain text"));
  CHECK(contains(refused(log.note("other\n").replace(0, 5, "hello")), "is not one of this text"));
  CHECK(contains(refused(std::string(1'000'001, 'a')), "longer than 1000000 bytes"));
}

TEST_CASE("signatures of others do not matter, up to a hundred") {
  const OwnLog log;
  const OwnLog other("other.example");
  const std::string text = "hello\n";
  std::string note = text + "\n";
  for (int i = 0; i < 99; ++i) note += other.signature(text);
  note += log.signature(text);
  CHECK(error_of([&] { require_signature(parse_note(note, "FILE"), log.key, "FILE"); }).empty());
  CHECK(contains(error_of([&] { parse_note(note + other.signature(text), "FILE"); }),
                 "more than 100 signatures"));
  const std::string wrong = text + "\n" + log.signature("other\n") + log.signature(text);
  CHECK(contains(error_of([&] { require_signature(parse_note(wrong, "FILE"), log.key, "FILE"); }),
                 "is not one of this text"));
}
