// The contract of a program: every command with its environment, everything that went in and came out with
// its hash, and which SDK it was.
#pragma once

#include "compile/compile.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct ContractPaths {
  fs::path sdk;      ///< the output that holds it
  fs::path program;  ///< where the program was put
};

Json contract_json(const Recipe& recipe, const std::vector<StepReport>& reports, const ContractPaths& paths,
                   FileHashes& hashes);

/// What of a contract no longer holds: tools and inputs that are gone or others, an SDK that is another, a
/// program that is. `roots` are laid over the contract's own. Throws Error for what is no contract.
std::vector<std::string> broken_promises(const JsonView& contract,
                                         const std::vector<std::pair<std::string, std::string>>& roots);

}  // namespace gostrap
