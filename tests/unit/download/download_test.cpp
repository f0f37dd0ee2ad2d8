#include "download/download.hpp"

#include "download/canned_server.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

class Heard final : public Progress {
 public:
  void phase(const std::string&) override {}
  void amount(std::uint64_t done, std::uint64_t, const char*) override { amount_ = done; }
  void note(const std::string& text) override { notes += text + "\n"; }
  std::uint64_t amount_ = 0;
  std::string notes;
};

const std::string content = "the bytes that are wanted";
const std::string tag = "ETag: \"one\"\r\n";

struct Bench {
  Scratch scratch;
  Heard heard;
  DownloadRequest request;

  explicit Bench(std::vector<std::string> urls) {
    request.urls = std::move(urls);
    request.sha256 = sha256(content);
    request.file = scratch / "file";
    request.most = 1000;
    request.most_option = "--most";
    request.patience.timeout = std::chrono::seconds(20);
    request.patience.retries = 0;
  }
  std::string failure() {
    return error_of([&] { download(request, heard); });
  }
  /// What lies in the directory, as a list of names.
  std::string left() const {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(scratch.path())) names.push_back(each.path().filename());
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += name + " ";
    return list;
  }
  void require_right() {
    const DownloadReceipt receipt = download(request, heard);
    CHECK(receipt.sha256 == sha256(content));
    CHECK(receipt.bytes == content.size());
    CHECK(read_file(request.file) == content);
    CHECK(left() == "file ");
  }
};

/// The first `size` bytes of an answer with the whole, and then the end.
std::string cut(std::size_t size, const std::string& head = tag) {
  const std::string whole = answer("200 OK", content, head);
  return whole.substr(0, whole.size() - content.size() + size);
}

std::string rest(std::size_t from, const std::string& head = tag) {
  return answer("206 Partial Content", content.substr(from),
                head + "Content-Range: bytes " + std::to_string(from) + "-" +
                    std::to_string(content.size() - 1) + "/" + std::to_string(content.size()) + "\r\n");
}

}  // namespace

TEST_CASE("the right file takes its place, and is not fetched again") {
  CannedServer server({answer("200 OK", content)});
  Bench bench({server.url("/file?key=secret")});
  bench.require_right();
  CHECK(bench.heard.amount_ == content.size());
  const DownloadReceipt again = download(bench.request, bench.heard);
  CHECK(again.url.empty());
  CHECK(again.bytes == content.size());
  CHECK(server.asked().size() == 1);
}

TEST_CASE("what lies there with another checksum is replaced") {
  CannedServer server({answer("200 OK", content)});
  Bench bench({server.url()});
  bench.scratch.file("file", "an older one");
  bench.require_right();
}

TEST_CASE("another file is refused by both hashes, and removed") {
  CannedServer server({answer("200 OK", "other bytes", tag), answer("200 OK", " <!DOCTYPE html>")});
  Bench bench({server.url("/file?key=secret")});
  const std::string error = bench.failure();
  CHECK(contains(error, hex(sha256("other bytes"))));
  CHECK(contains(error, hex(sha256(content))));
  CHECK(contains(error, "name another mirror"));
  CHECK_FALSE(contains(error, "web page"));
  CHECK_FALSE(contains(error, "secret"));
  CHECK(bench.left().empty());
  CHECK(contains(bench.failure(), "it looks like a web page"));
}

TEST_CASE("the next mirror is tried, and when all fail each is told") {
  CannedServer server({answer("200 OK", "other"), answer("404 Not Found", "no"), answer("200 OK", content)});
  Bench bench({server.url("/a"), server.url("/b"), "ftp://x/c", server.url("/d")});
  bench.require_right();
  CHECK(contains(bench.heard.notes, "; trying the next mirror"));
  fs::remove(bench.request.file);
  const std::string error = bench.failure();
  CHECK(contains(error, "cannot download file: no mirror has it"));
  CHECK(contains(error, server.url("/a") + ": the server answers with status 404"));
  CHECK(contains(error, "ftp://x/c: ftp:// is not a way"));
  CHECK(bench.left().empty());
  bench.request.urls.clear();
  CHECK(contains(bench.failure(), "no address is named"));
}

TEST_CASE("within a call it goes on where the server hung up") {
  CannedServer server({cut(9), rest(9)});
  Bench bench({server.url()});
  bench.request.patience.retries = 1;
  bench.require_right();
  REQUIRE(server.asked().size() == 2);
  CHECK(contains(server.asked()[1], "Range: bytes=9-\r\n"));
  CHECK(contains(server.asked()[1], "If-Range: \"one\"\r\n"));
  CHECK(contains(bench.heard.notes, "hung up after"));
}

TEST_CASE("the next call goes on too") {
  const std::string date = "Last-Modified: Sat, 31 May 2025 10:00:00 GMT\r\n";
  CannedServer server({cut(9, date), rest(9, date)});
  Bench bench({server.url()});
  CHECK(contains(bench.failure(), "hung up after"));
  CHECK(bench.left() == "file.part file.part.json ");
  bench.require_right();
  CHECK(contains(server.asked()[1], "If-Range: Sat, 31 May 2025 10:00:00 GMT\r\n"));
}

TEST_CASE("a part that is whole already is not fetched again") {
  CannedServer server({cut(9)});
  Bench bench({server.url()});
  bench.failure();
  bench.scratch.file("file.part", content);
  bench.require_right();
  CHECK(server.asked().size() == 1);
}

TEST_CASE("where the server cannot go on, or has another file by now, it begins anew") {
  const std::string whole = answer("200 OK", content, "ETag: \"two\"\r\n");
  const std::string range = "Content-Range: bytes ";
  const std::string bytes = content.substr(9);
  const std::vector<std::vector<std::string>> cases = {
      {whole},
      {answer("416 Range Not Satisfiable", "", range + "*/5\r\n"), whole},
      {rest(9, "ETag: \"two\"\r\n"), whole},
      {answer("206 Partial Content", bytes, tag + range + "8-24/25\r\n"), whole},
      {answer("206 Partial Content", bytes, tag + range + "9-24/30\r\n"), whole},
      {answer("206 Partial Content", bytes, tag), whole},
      {answer("206 Partial Content", std::string(bytes.size(), 'x'), tag + range + "9-24/25\r\n"), whole}};
  for (const auto& answers : cases) {
    CannedServer server({cut(9)});
    Bench bench({server.url()});
    bench.failure();
    server.then(answers);
    bench.require_right();
    CHECK(server.asked().size() == answers.size());
    CHECK(contains(bench.heard.notes, "from the beginning"));
  }
}

TEST_CASE("a part from another address, or that is too long, is not added to") {
  CannedServer server({cut(9)});
  Bench bench({server.url("/a")});
  bench.failure();
  server.then({answer("200 OK", content)});
  bench.request.urls = {server.url("/b")};
  bench.require_right();
  CHECK_FALSE(contains(server.asked()[0], "Range"));

  server.then({cut(9), answer("200 OK", content)});
  Bench other({server.url()});
  other.failure();
  other.scratch.file("file.part", content + "more");
  other.require_right();
  CHECK_FALSE(contains(server.asked()[1], "Range"));
}

TEST_CASE("without a validator nothing is kept of a download that failed") {
  CannedServer server({cut(9, ""), cut(9, "ETag: W/\"weak\"\r\n")});
  Bench bench({server.url()});
  for (int time = 0; time < 2; ++time) {
    CHECK(contains(bench.failure(), "hung up after"));
    CHECK(bench.left().empty());
  }
}

TEST_CASE("no more than what is accepted comes") {
  const std::string endless = "HTTP/1.1 200 OK\r\n" + tag + "\r\n" + std::string(5000, 'x');
  CannedServer server({answer("200 OK", std::string(1001, 'x'), tag), endless});
  Bench bench({server.url()});
  for (int time = 0; time < 2; ++time) {
    const std::string error = bench.failure();
    CHECK(contains(error, "it is longer than 1000 bytes, and more is not accepted"));
    CHECK(contains(error, "accept more: --most N"));
    CHECK(bench.left().empty());
  }
}

TEST_CASE("where no checksum is known a short file is noticed all the same") {
  CannedServer server({cut(9), answer("206 Partial Content", "x", tag), answer("200 OK", content)});
  Bench bench({server.url()});
  bench.request.sha256.reset();
  CHECK(contains(bench.failure(), "hung up after"));
  bench.require_right();
}

TEST_CASE("what is busy is tried again, what is not there is not") {
  CannedServer server({answer("503 Busy", "later"), answer("200 OK", content)});
  Bench bench({server.url()});
  bench.request.patience.retries = 2;
  bench.request.patience.timeout = std::chrono::seconds(1);
  bench.require_right();
  fs::remove(bench.request.file);
  server.then({answer("404 Not Found", "<html>")});
  CHECK(contains(bench.failure(), "it has no such file"));
  CHECK(server.asked().size() == 1);
}

TEST_CASE("a failure is final, whatever it was") {
  CannedServer server({answer("503 Busy", "later")});
  Bench bench({server.url()});
  CHECK_THROWS_AS(download(bench.request, bench.heard), Error);
  server.then({answer("503 Busy", "later")});
  bool transient = false;
  try {
    download(bench.request, bench.heard);
  } catch (const Transient&) {
    transient = true;
  } catch (const Error&) {
    // as it should be: who called would try again for each try that was made
  }
  CHECK_FALSE(transient);
}

TEST_CASE("redirects are followed, five times, and told where they leave the host") {
  CannedServer server({});
  const std::string there = "Location: " + server.url("/there?key=secret", "localhost") + "\r\n";
  const std::string here = answer("302 Found", "<html>", "Location: here\r\n");
  server.then({here, answer("307 Elsewhere", "", there), answer("200 OK", content)});
  Bench bench({server.url()});
  bench.require_right();
  CHECK(contains(bench.heard.notes, " leads to " + server.url("/there?key=***", "localhost")));
  CHECK_FALSE(contains(bench.heard.notes, "secret"));
  fs::remove(bench.request.file);
  server.then({here, here, here, here, here, answer("200 OK", content)});
  bench.require_right();
  fs::remove(bench.request.file);
  server.then({here, here, here, here, here, here});
  CHECK(contains(bench.failure(), "it leads elsewhere more than 5 times"));
  server.then({answer("301 Moved", "", "Location: file:///etc/passwd\r\n")});
  CHECK(contains(bench.failure(), "only http:// and https:// are followed"));
  CHECK(bench.left().empty());
}

TEST_CASE("silence has an end") {
  CannedServer server({"silence", "HTTP/1.1 200 OK\r\n"});
  Bench bench({server.url()});
  bench.request.patience.timeout = std::chrono::milliseconds(100);
  CHECK(contains(bench.failure(), "said nothing for 0.1 s"));
  bench.request.patience.timeout = std::chrono::seconds(20);
  CHECK(contains(bench.failure(), "hung up after 17 bytes"));
}

TEST_CASE("rubbish is no answer") {
  CannedServer server({"SSH-2.0-OpenSSH_9.2\r\n", ""});
  Bench bench({server.url()});
  CHECK(contains(bench.failure(), "does not answer as a web server does"));
  CHECK(contains(bench.failure(), "hung up after 0 bytes"));
  CHECK(bench.left().empty());
}

TEST_CASE("who wants the same file at the same time waits for it") {
  CannedServer server({answer("200 OK", content)});
  Bench bench({server.url()});
  std::vector<std::thread> threads;
  std::vector<std::string> errors(4);
  for (std::string& error : errors) {
    threads.emplace_back([&] {
      Heard heard;
      error = error_of([&] { download(bench.request, heard); });
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) CHECK(error.empty());
  CHECK(server.asked().size() == 1);
  bench.require_right();
}

TEST_CASE("HTTP_PROXY in capitals counts for nothing, as with curl") {
  CannedServer server({answer("200 OK", content)});
  const std::string told = told_by_child([&] {
    ::unsetenv("no_proxy");
    ::unsetenv("http_proxy");
    ::setenv("HTTP_PROXY", "http://127.0.0.1:1", 1);
    Silent silent;
    return download_text(server.url(), 1000, Patience(), silent);
  });
  CHECK(told == content);
  server.then({answer("200 OK", content)});
  const std::string by_proxy = told_by_child([&] {
    ::unsetenv("no_proxy");
    ::setenv("http_proxy", server.url("").c_str(), 1);
    Silent silent;
    return download_text("http://origin.invalid/x", 1000, Patience(), silent);
  });
  CHECK(by_proxy == content);
  CHECK(contains(server.asked()[0], "GET http://origin.invalid/x HTTP/1.1\r\n"));
}

TEST_CASE("a text comes into memory, by the same rules") {
  CannedServer server({answer("200 OK", "[1]"), answer("200 OK", std::string(1001, 'x')),
                       answer("403 Forbidden", "no"), answer("503 Busy", ""), answer("200 OK", "[2]")});
  Heard heard;
  Patience patience;
  patience.timeout = std::chrono::seconds(1);
  CHECK(download_text(server.url(), 1000, patience, heard) == "[1]");
  const auto failure = [&] { return error_of([&] { download_text(server.url(), 1000, patience, heard); }); };
  CHECK(contains(failure(), "longer than 1000 bytes"));
  CHECK(contains(failure(), "status 403"));
  CHECK(download_text(server.url(), 1000, patience, heard) == "[2]");
  CHECK(
      contains(error_of([&] { download_text("file:///etc/passwd", 1, patience, heard); }), "file:// is not"));
}

TEST_CASE("a small text that the server does not have is nothing, where that may be") {
  Silent silent;
  CannedServer server({answer("404 Not Found", "no"), answer("410 Gone", "no"), answer("403 Forbidden", "no"),
                       answer("200 OK", "yes")});
  const auto ask = [&] { return download_text_if_there(server.url(), 1000, Patience(), silent); };
  CHECK_FALSE(ask());
  CHECK_FALSE(ask());
  CHECK(contains(error_of([&] { ask(); }), "status 403"));
  CHECK(ask() == "yes");
}
