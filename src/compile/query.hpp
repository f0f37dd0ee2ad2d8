// Asks the SDK's go command about a program, under an exact environment; the answer is kept, and not asked
// for again as long as nothing that it came from has changed.
#pragma once

#include "compile/go_list.hpp"
#include "compile/step_cache.hpp"
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

/// Throws Error with what the go command says when it cannot list the package.
ProgramAnswer query_program(const ProgramQuery& query, const StepCache& cache);

/// The environment in which the SDK's go command is asked. What finds modules and fetches them (git, ssh,
/// proxies, certificates, helpers of any name) comes from the caller; Go's own settings and a C compiler's do
/// not, but for those of modules. No command of a step sees any of it. GOCACHE lies in the compile cache: the
/// go command keeps indexes of modules there, and no objects.
Environment query_environment(const ProgramQuery& query, const StepCache& cache);

}  // namespace gostrap
