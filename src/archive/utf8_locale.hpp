// The locale that libarchive needs, for as long as the object lives.
#pragma once

#include <locale.h>  // NOLINT(modernize-deprecated-headers): newlocale, uselocale

namespace gostrap {

/// libarchive translates names to the thread's locale: it has to be UTF-8 for names to come out as they are.
class Utf8Locale {
 public:
  Utf8Locale() : ours_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (ours_ != nullptr) before_ = ::uselocale(ours_);
  }
  ~Utf8Locale() {
    if (ours_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(ours_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t ours_;
  locale_t before_ = nullptr;
};

}  // namespace gostrap
