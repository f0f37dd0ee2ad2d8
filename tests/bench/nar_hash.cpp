// Prints the NAR hash of each path given, for tests/bench/nar-hash.
#include "support/nar.hpp"

#include <cstdio>

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::puts(gostrap::sri(gostrap::nar_hash(argv[i]).digest).c_str());
}
