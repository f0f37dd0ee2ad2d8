#include "download/http_get.hpp"

#include "download/authorities.hpp"
#include "download/line_failure.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "support/process.hpp"
#include "support/url.hpp"

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

static_assert(LIBCURL_VERSION_NUM >= 0x075500, "gostrap needs libcurl 7.85 or newer");

namespace gostrap {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int slice = 100;  // ms: a signal is heard that much later
constexpr unsigned most_redirects = 5;

struct Library {
  Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
};

template <auto release>
struct Releasing {
  template <class Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Multi = std::unique_ptr<CURLM, Releasing<&curl_multi_cleanup>>;
using Easy = std::unique_ptr<CURL, Releasing<&curl_easy_cleanup>>;
using List = std::unique_ptr<curl_slist, Releasing<&curl_slist_free_all>>;

class Exchange {
 public:
  Exchange(const HttpGet& get, const HttpTaker& taker);
  ~Exchange() { curl_multi_remove_handle(multi_.get(), easy_.get()); }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  HttpAnswer run();

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    if (code != CURLE_OK) throw Error(get_.doing, curl_easy_strerror(code));
  }
  void set_trust();
  void set_range();

  template <class Act>
  std::size_t guarded(std::size_t size, Act act) noexcept;
  bool head(std::string_view line);
  bool body(std::string_view bytes);
  void require_life();
  void check(CURLcode code);

  const HttpGet& get_;
  const HttpTaker& taker_;
  List headers_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  Multi multi_{curl_multi_init()};
  Easy easy_{curl_easy_init()};  // behind what it points to
  HttpAnswer answer_;
  bool begun_ = false;          ///< the head is over
  bool unwanted_ = false;       ///< we hung up
  std::exception_ptr failure_;  ///< may not pass through libcurl: thrown once we are out
  std::uint64_t received_ = 0, seen_ = 0;
  Clock::time_point heard_ = Clock::now();
  SpeedWatch speed_;
};

Exchange::Exchange(const HttpGet& get, const HttpTaker& taker)
    : get_(get), taker_(taker), speed_(get.patience) {
  if (!multi_ || !easy_) throw Error(get_.doing, "libcurl has no memory left");
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_URL, get_.url.text.c_str());
  set(CURLOPT_PROTOCOLS_STR, get_.url.scheme.c_str());
  set(CURLOPT_USERAGENT, "gostrap");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_BUFFERSIZE, 262'144L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(get_.patience.connecting().count()));
#if LIBCURL_VERSION_NUM >= 0x075700
  set(CURLOPT_QUICK_EXIT, 1L);  // not to wait for the resolver, which hears no signal
#endif
  set_trust();
  set_range();
  const auto take_head = [](char* data, std::size_t one, std::size_t size, void* self) {
    Exchange& exchange = *static_cast<Exchange*>(self);
    return exchange.guarded(one * size, [&] { return exchange.head({data, one * size}); });
  };
  const auto take_body = [](char* data, std::size_t one, std::size_t size, void* self) {
    Exchange& exchange = *static_cast<Exchange*>(self);
    return exchange.guarded(one * size, [&] { return exchange.body({data, one * size}); });
  };
  set<curl_write_callback>(CURLOPT_HEADERFUNCTION, take_head);
  set<void*>(CURLOPT_HEADERDATA, this);
  set<curl_write_callback>(CURLOPT_WRITEFUNCTION, take_body);
  set<void*>(CURLOPT_WRITEDATA, this);
  curl_multi_add_handle(multi_.get(), easy_.get());
}

/// The curl program reads these variables; its library does not.
void Exchange::set_trust() {
  const auto file = environment_value("SSL_CERT_FILE");
  const auto directory = environment_value("SSL_CERT_DIR");
  if (file) set(CURLOPT_CAINFO, file->c_str());
  if (directory) set(CURLOPT_CAPATH, directory->c_str());
  if (file || directory || get_.url.scheme != "https") return;
  const curl_version_info_data& library = *curl_version_info(CURLVERSION_NOW);
  const auto found = certificates_beside(library.cainfo, library.capath, get_.doing);
  if (found) set(CURLOPT_CAINFO, found->c_str());
}

/// By If-Range the server sends the whole where the file is another one by now.
void Exchange::set_range() {
  if (get_.from == 0) return;
  set(CURLOPT_RANGE, (std::to_string(get_.from) + "-").c_str());
  headers_.reset(curl_slist_append(nullptr, ("If-Range: " + get_.validator).c_str()));
  set(CURLOPT_HTTPHEADER, headers_.get());
}

/// What a callback of curl's returns: `size`, or another number to make it hang up.
template <class Act>
std::size_t Exchange::guarded(std::size_t size, Act act) noexcept {
  received_ += size;
  try {
    if (act()) return size;
    unwanted_ = true;
  } catch (...) {
    failure_ = std::current_exception();
  }
  return size == 0 ? 1 : 0;
}

bool Exchange::head(std::string_view line) {
  if (begun_) return true;  // a trailer
  take_head_line(line, answer_);
  const bool over = line == "\r\n" || line == "\n";
  if (!over || answer_.status < 200) return true;
  begun_ = true;
  return taker_.begin(answer_);
}

bool Exchange::body(std::string_view bytes) {
  taker_.take(bytes);
  return true;
}

void Exchange::require_life() {
  curl_off_t connected = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
  if (std::exchange(seen_, received_) != received_ || connected == 0) heard_ = Clock::now();
  if (Clock::now() - heard_ > get_.patience.timeout) {
    throw silence(get_.doing, get_.url.place(), get_.patience);
  }
  speed_.require(received_, get_.doing);
}

void Exchange::check(CURLcode code) {
  if (failure_) std::rethrow_exception(failure_);
  if (code == CURLE_OK || unwanted_) return;
  long error_number = 0;
  long proxy_status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &error_number);
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  refuse_line({code, words_.data(), static_cast<int>(error_number), static_cast<int>(proxy_status),
               get_.url.place(), received_},
              get_.patience, get_.doing);
}

HttpAnswer Exchange::run() {
  for (int running = 1; running != 0;) {
    curl_multi_perform(multi_.get(), &running);
    check_interrupt();
    if (running == 0) break;
    require_life();
    curl_multi_poll(multi_.get(), nullptr, 0, slice, nullptr);
  }
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
  check(message != nullptr ? message->data.result : CURLE_FAILED_INIT);
  if (!begun_) check(CURLE_GOT_NOTHING);  // it hung up within the head
  return answer_;
}

}  // namespace

HttpAnswer http_get(const HttpGet& get, const HttpTaker& taker) {
  static const Library library;
  return Exchange(get, taker).run();
}

HttpAnswer http_get_following(HttpGet get, const HttpTaker& taker, Progress& progress) {
  for (unsigned redirects = 0; true; ++redirects) {
    const HttpTaker here{
        [&](const HttpAnswer& answer) { return !is_redirect(answer.status) && taker.begin(answer); },
        taker.take};
    HttpAnswer answer = http_get(get, here);
    if (!is_redirect(answer.status)) return answer;
    if (redirects == most_redirects) {
      throw Error(get.doing, "it leads elsewhere more than " + std::to_string(most_redirects) + " times");
    }
    HttpUrl to = redirected(get.url, answer.location, get.doing);
    if (to.place() != get.url.place()) {
      progress.note(without_secrets(get.url.text) + " leads to " + without_secrets(to.text));
    }
    get.url = std::move(to);
  }
}

}  // namespace gostrap
