#include "cli/cli.hpp"
#include "support/interrupt.hpp"

int main(int argc, char** argv) {
  gostrap::install_signal_handlers();
  return gostrap::run_cli({argv + 1, argv + argc});
}
