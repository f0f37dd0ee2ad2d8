#include "download/download.hpp"

#include "download/http_get.hpp"
#include "download/part.hpp"
#include "support/error.hpp"
#include "support/url.hpp"

#include <string_view>
#include <utility>

namespace gostrap {
namespace {

/// What a try of one mirror works with.
struct Mirror {
  const DownloadRequest& request;
  HttpUrl url;
  std::string shown, doing;
  Part& part;
  Progress& progress;
};

Error too_long(const std::string& doing, std::uint64_t most, const std::string& option) {
  return {doing, "it is longer than " + std::to_string(most) + " bytes, and more is not accepted",
          option.empty() ? "" : "If it has to be that long, accept more: " + option + " N."};
}

/// Where it is there already.
std::optional<DownloadReceipt> found_there(const DownloadRequest& request) {
  if (!request.sha256 || !fs::is_regular_file(request.file)) return std::nullopt;
  if (sha256_file(request.file) != *request.sha256) return std::nullopt;
  return DownloadReceipt{{}, *request.sha256, fs::file_size(request.file)};
}

/// What comes of one GET, into the part.
class Taking {
 public:
  explicit Taking(const Mirror& mirror)
      : mirror_(mirror), resuming_(mirror.part.is_of(mirror.shown)), start_(mirror.part.size()) {}

  bool resuming() const { return resuming_; }
  /// What came, or is there, does not go together with the part.
  bool misfit(int status) const { return misfit_ || (resuming_ && status == 416); }

  HttpTaker taker() {
    return {[this](const HttpAnswer& answer) { return begin(answer); },
            [this](std::string_view bytes) { take(bytes); }};
  }

 private:
  bool begin(const HttpAnswer& answer) {
    if (resuming_ && answer.status == 206) {
      misfit_ = !continues(answer, mirror_.part.origin(), start_);
      return !misfit_;
    }
    if (answer.status != 200) return false;
    require_room(answer.length.value_or(0));
    if (resuming_) {
      mirror_.progress.note(mirror_.url.place() + " does not go on where " +
                            mirror_.request.file.filename().string() +
                            ".part ends: it is downloaded from the beginning");
    }
    mirror_.part.begin({mirror_.shown, validator_of(answer), answer.length});
    return true;
  }

  void take(std::string_view bytes) {
    Part& part = mirror_.part;
    require_room(part.size() + bytes.size());
    part.append(bytes);
    mirror_.progress.amount(part.size(), part.origin().size.value_or(0), "bytes");
  }

  void require_room(std::uint64_t bytes) {
    const DownloadRequest& request = mirror_.request;
    if (bytes <= request.most) return;
    mirror_.part.discard();
    throw too_long(mirror_.doing, request.most, request.most_option);
  }

  const Mirror& mirror_;
  bool resuming_, misfit_ = false;
  std::uint64_t start_;
};

/// A part of a part would pass for the file where no checksum is known.
void require_whole(const Mirror& mirror) {
  const Part& part = mirror.part;
  if (!part.origin().size || part.is_whole()) return;
  throw Transient(mirror.doing, mirror.url.place() + " sent " + std::to_string(part.size()) + " bytes of " +
                                    std::to_string(*part.origin().size));
}

/// One try: the part is complete afterwards. True where it was added to what was there before.
bool complete(const Mirror& mirror) {
  Part& part = mirror.part;
  Taking taking(mirror);
  if (taking.resuming() && part.is_whole()) return true;
  HttpGet get{mirror.url, 0, {}, mirror.request.patience, mirror.doing};
  if (taking.resuming()) {
    get.from = part.size();
    get.validator = part.origin().validator;
  }
  const HttpAnswer answer = http_get_following(std::move(get), taking.taker(), mirror.progress);
  if (taking.misfit(answer.status)) {
    mirror.progress.note(mirror.url.place() + " has another file by now than " +
                         mirror.request.file.filename().string() +
                         ".part is of: it is downloaded from the beginning");
    part.discard();
    return complete(mirror);
  }
  if (answer.status != 200 && !(taking.resuming() && answer.status == 206))
    refuse_status(answer.status, "the server", mirror.doing);
  require_whole(mirror);
  return answer.status == 206;
}

[[noreturn]] void refuse_checksum(const Mirror& mirror, const Digest& found) {
  const std::string page = mirror.part.looks_like_a_page() ? " (it looks like a web page)" : "";
  mirror.part.discard();
  throw Error(mirror.doing,
              "what came" + page + " has the SHA-256 " + hex(found) + ", and the one that is wanted has " +
                  hex(*mirror.request.sha256),
              "It is another file, and was removed: name another mirror, or ask whoever keeps this one.");
}

DownloadReceipt fetch_from(const std::string& url, const DownloadRequest& request, Part& part,
                           Progress& progress) {
  const std::string shown = without_secrets(url);
  const std::string doing = "download " + shown;
  const Mirror mirror{request, parse_http_url(url, doing), shown, doing, part, progress};
  progress.phase("Downloading " + shown);
  for (bool again = false; true; again = true) {
    const bool added = patiently(request.patience, progress, [&] { return complete(mirror); });
    const Digest found = part.digest();
    if (!request.sha256 || found == *request.sha256) {
      const DownloadReceipt receipt{shown, found, part.size()};
      part.commit();
      return receipt;
    }
    if (!added || again) refuse_checksum(mirror, found);
    progress.note("the parts of " + request.file.filename().string() +
                  " do not make up the file: it is downloaded from the beginning");
    part.discard();
  }
}

struct Failure {
  std::string url, why, next;
};

[[noreturn]] void give_up(const DownloadRequest& request, const std::vector<Failure>& failures) {
  const std::string doing = "download " + request.file.filename().string();
  if (failures.empty()) throw Error(doing, "no address is named");
  std::string why = "no mirror has it";
  for (const Failure& each : failures) why += "\n  " + each.url + ": " + each.why;
  throw Error(doing, why, failures.back().next);
}

}  // namespace

bool is_web_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

DownloadReceipt download(const DownloadRequest& request, Progress& progress) {
  if (const auto there = found_there(request)) return *there;
  Part part(request.file, progress);
  if (const auto there = found_there(request)) return *there;  // by whom we have waited for
  std::vector<Failure> failures;
  for (const std::string& url : request.urls) {
    try {
      return fetch_from(url, request, part, progress);
    } catch (const Error& error) {
      if (request.urls.size() == 1) throw Error(error.doing(), error.why(), error.next());
      failures.push_back({without_secrets(url), error.why(), error.next()});
      if (&url != &request.urls.back()) {
        progress.note(std::string(error.what()) + "; trying the next mirror");
      }
    }
  }
  give_up(request, failures);
}

std::optional<std::string> download_text_if_there(const std::string& url, std::uint64_t most,
                                                  const Patience& patience, Progress& progress) {
  const std::string doing = "download " + without_secrets(url);
  const HttpUrl parsed = parse_http_url(url, doing);
  std::string text;
  const auto require_room = [&](std::uint64_t bytes) {
    if (bytes > most) throw too_long(doing, most, {});
  };
  const auto begin = [&](const HttpAnswer& answer) {
    if (answer.status != 200) return false;
    require_room(answer.length.value_or(0));
    return true;
  };
  const auto take = [&](std::string_view bytes) {
    require_room(text.size() + bytes.size());
    text += bytes;
  };
  const HttpTaker taker{begin, take};
  progress.phase("Downloading " + without_secrets(url));
  bool there = true;
  try {
    patiently(patience, progress, [&] {
      text.clear();
      const HttpAnswer answer = http_get_following({parsed, 0, {}, patience, doing}, taker, progress);
      there = answer.status != 404 && answer.status != 410;
      if (there && answer.status != 200) refuse_status(answer.status, "the server", doing);
    });
  } catch (const Transient& error) {
    throw Error(error.doing(), error.why(), error.next());
  }
  return there ? std::optional(std::move(text)) : std::nullopt;
}

std::string download_text(const std::string& url, std::uint64_t most, const Patience& patience,
                          Progress& progress) {
  std::optional<std::string> text = download_text_if_there(url, most, patience, progress);
  if (!text) refuse_status(404, "the server", "download " + without_secrets(url));
  return std::move(*text);
}

}  // namespace gostrap
