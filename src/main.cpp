#include "cli/cli.hpp"
#include "support/interrupt.hpp"
#include "support/modules.hpp"

int main(int argc, char** argv) {
  gostrap::load_no_modules();
  gostrap::install_signal_handlers();
  return gostrap::run_cli({argv + 1, argv + argc});
}
