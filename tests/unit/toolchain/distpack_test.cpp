#include "toolchain/distpack.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

const std::string line = "\twriteTgz(distpack(version+\".src.tar.gz\"), srcArch)\n";

}  // namespace

TEST_CASE("distpack is told to leave the source archive out, and nothing else") {
  CHECK(without_source_archive("func main() {\n" + line + "\n\tif goos == \"windows\" {\n") ==
        "func main() {\n\n\tif goos == \"windows\" {\n");
}

TEST_CASE("a distpack that is not as expected is left as it is") {
  CHECK_FALSE(without_source_archive("func main() {\n}\n"));
  CHECK_FALSE(without_source_archive("\n" + line + line));
  CHECK_FALSE(without_source_archive("\n\t" + line));
}

TEST_CASE("the compressor of a zip is the one that compresses once") {
  const std::string compressor = "\t\treturn flate.NewWriter(out, flate.BestCompression)\n";
  CHECK(deflating_once("func(out io.Writer) {\n" + compressor + "\t})\n") ==
        "func(out io.Writer) {\n\t\treturn deflateOnce(out, flate.BestCompression)\n\t})\n");
  CHECK_FALSE(deflating_once("func main() {\n}\n"));
  CHECK_FALSE(deflating_once("\n" + compressor + compressor));
}
