// The runner of all unit tests. Tests of a room lie in the folder of its name, one file for each header.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
