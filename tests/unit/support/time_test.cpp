#include "support/time.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace std::chrono;

TEST_CASE("an hour is written in UTC, to the second") {
  CHECK(utc_text(Time(seconds(0))) == "1970-01-01T00:00:00Z");
  CHECK(utc_text(sys_days(year(2024) / 2 / 29) + hours(23) + minutes(59) + seconds(58)) ==
        "2024-02-29T23:59:58Z");
}

TEST_CASE("what is written is read back") {
  for (const std::int64_t second : {0L, 1L, -1L, 1'764'000'000L, 253'402'300'799L})
    CHECK(parse_utc(utc_text(Time(seconds(second)))) == Time(seconds(second)));
}

TEST_CASE("years that have no four digits are the nearest that have") {
  CHECK(utc_text(Time(seconds(INT64_MAX))) == "9999-12-31T23:59:59Z");
  CHECK(utc_text(Time(seconds(INT64_MIN))) == "0000-01-01T00:00:00Z");
}

TEST_CASE("what is no hour is none") {
  for (const char* const text :
       {"", "2026-11-23", "2026-11-23T07:00:00", "2026-11-23 07:00:00Z", "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T07:60:00Z", "2026-11-23T07:00:60Z",
        "+026-11-23T07:00:00Z", "2026-11-23T07:00:00Z\n"}) {
    CHECK_FALSE(parse_utc(text));
  }
}
