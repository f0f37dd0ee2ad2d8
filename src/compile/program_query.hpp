// What the SDK's go command is asked about a program, and what it answers.
#pragma once

#include "compile/go_list.hpp"
#include "release/port.hpp"
#include "support/process.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct ProgramQuery {
  std::string sdk;                    ///< the output that holds it
  std::string goroot;                 ///< its GOROOT, without links in it
  std::string directory;              ///< where the package's name is to be understood, as $PWD has it
  std::vector<std::string> packages;  ///< "." , "./cmd/x", "example.com/x" or "a.go", "b.go"
  Port port;
  std::vector<std::string> tags;
  std::string mod, mod_file, build_mode;  ///< as the go command's options; empty: not given
  Environment settings;                   ///< laid over the environment of both commands, such as GOAMD64=v3
  bool offline = false;
  bool fresh = false;  ///< nothing is remembered of an earlier answer
};

struct ProgramAnswer {
  std::vector<GoPackage> packages;
  std::map<std::string, std::string> go_env;
  bool remembered = false;
};

}  // namespace gostrap
