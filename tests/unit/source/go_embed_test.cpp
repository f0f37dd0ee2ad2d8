#include "source/go_embed.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

using Patterns = std::vector<std::string>;

TEST_CASE("the patterns of //go:embed are words, plain or quoted, and all: is no part of them") {
  CHECK(embed_patterns("package p\n\n//go:embed a.bin\tb/*.txt\nvar x []byte\n") ==
        Patterns{"a.bin", "b/*.txt"});
  CHECK(embed_patterns("//go:embed \"with space\" `raw` all:dir\n") == Patterns{"with space", "raw", "dir"});
  CHECK(embed_patterns("//go:embed last") == Patterns{"last"});
  CHECK(embed_patterns("//go:embed crlf\r\n") == Patterns{"crlf"});
}

TEST_CASE("what only looks like //go:embed has no patterns") {
  CHECK(embed_patterns("// see //go:embed x\n").empty());
  CHECK(embed_patterns("//go:embedding x\n").empty());
  CHECK(embed_patterns("//go:embed\n//go:embed   \n").empty());
  CHECK(embed_patterns("//go:embed \"\n") == Patterns{});
}

TEST_CASE("a file is embedded by a pattern of a directory above it") {
  EmbedPatterns embeds;
  embeds.add("src/p/p.go", {"table.bin", "data/*.zst", "whole"});
  CHECK(embeds.embedder_of("src/p/table.bin") == "src/p/p.go");
  CHECK(embeds.embedder_of("src/p/data/a.zst") == "src/p/p.go");
  CHECK(embeds.embedder_of("src/p/whole/deep/down.bin") == "src/p/p.go");
}

TEST_CASE("a pattern does not reach into directories, beside them or above them") {
  EmbedPatterns embeds;
  embeds.add("src/p/p.go", {"*.bin", "table"});
  CHECK(embeds.embedder_of("src/p/q/a.bin").empty());
  CHECK(embeds.embedder_of("src/other/a.bin").empty());
  CHECK(embeds.embedder_of("src/p/tables").empty());
  CHECK(embeds.embedder_of("a.bin").empty());
}
