#include "support/encoding.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("hexadecimal is in lower case, two digits a byte") {
  CHECK(hex("").empty());
  CHECK(hex(std::string_view("\0\x0f\xff", 3)) == "000fff");
  CHECK(is_hex("", 0));
  CHECK(is_hex("09af", 4));
  CHECK_FALSE(is_hex("09af", 3));
  CHECK_FALSE(is_hex("09AF", 4));
  CHECK_FALSE(is_hex("09ag", 4));
}

TEST_CASE("base64 is that of RFC 4648, with its padding") {
  for (const auto& [bytes, text] :
       {std::pair{"", ""}, std::pair{"f", "Zg=="}, std::pair{"fo", "Zm8="}, std::pair{"foo", "Zm9v"},
        std::pair{"foob", "Zm9vYg=="}, std::pair{"\xff\xef", "/+8="}}) {
    CHECK(base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
  const std::string zeros(3, '\0');
  CHECK(base64(zeros) == "AAAA");
  CHECK(from_base64("AAAA") == zeros);
}

TEST_CASE("only what base64() writes is taken") {
  for (const std::string text : {"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm8=\n", " Zm8", "Zm=8", "====", "=",
                                 "Zm9v====", "Zm9v\n", "Zm-_", "Zm8=Zm8="})
    CHECK_MESSAGE(!from_base64(text), text);
}
