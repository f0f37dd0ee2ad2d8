#!/usr/bin/env bash
# Four ports of two releases the quick way, and one by GOOS/GOARCH make.bash: all are the published archives.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"

for version in 1.24.4 1.23.1; do
  mapfile -t outputs < <(build "$version" linux/{amd64,arm,arm64,riscv64} --archives)
  expect_equal "number of outputs" 4 "${#outputs[@]}"
  expect_published "$version" "${outputs[0]}" "go$version.linux-amd64.tar.gz"
  expect_published "$version" "${outputs[1]}" "go$version.linux-armv6l.tar.gz"
  expect_published "$version" "${outputs[2]}" "go$version.linux-arm64.tar.gz"
  expect_published "$version" "${outputs[3]}" "go$version.linux-riscv64.tar.gz"
  mapfile -t outputs < <(build "$version" linux/riscv64 --archives --reference)
  expect_published "$version" "${outputs[0]}" "go$version.linux-riscv64.tar.gz"
  ok "that last one by make.bash"
done
