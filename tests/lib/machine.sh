# shellcheck shell=bash
# Sourced by quickstart: what of gostrap's needs this machine has, and how it gets the rest, by its own package manager.
: "${top:?the checkout}"

# What gostrap needs, with the least version, and the packages that have it. Libraries are known by their pkg-config
# names, and where packages can be asked for by these (+), they are.
needs='
what             apt                   dnf                 zypper           apk              pacman
c++              g++                   gcc-c++             gcc-c++          g++              gcc
cmake>=3.25      cmake                 cmake               cmake            cmake            cmake
ninja            ninja-build           ninja-build         ninja            ninja            ninja
pkg-config       pkg-config            pkgconf-pkg-config  pkg-config       pkgconf          pkgconf
git              git                   git                 git              git              git
certificates     ca-certificates       ca-certificates     ca-certificates  ca-certificates  ca-certificates
libarchive       libarchive-dev        +                   +                +                libarchive
nlohmann_json    nlohmann-json3-dev    +                   +                +                nlohmann-json
libcurl>=7.85    libcurl4-openssl-dev  +                   +                +                curl
cxxopts          libcxxopts-dev        +                   +                +                cxxopts
libelf           libelf-dev            +                   +                +                libelf
libgit2>=1.7     libgit2-dev           +                   +                +                libgit2
libmicrohttpd    libmicrohttpd-dev     +                   +                +                libmicrohttpd
openssl          libssl-dev            +                   +                +                openssl
libutf8proc      libutf8proc-dev       +                   +                +                libutf8proc
zlib             zlib1g-dev            +                   +                +                zlib
libzstd          libzstd-dev           +                   +                +                zstd
go>=1.22.6       golang-go             golang              go               go               go
qemu-user        qemu-user             qemu-user           qemu-linux-user  qemu-riscv64     qemu-user
node             nodejs                nodejs              nodejs           nodejs           nodejs
'
# Without these gostrap is built all the same: to build Go with, and to run what it builds.
later=' go qemu-user node '
# Where nobody has tried the names above yet.
untried=' dnf zypper apk pacman '
# For the tests, by Debian's names.
test_packages=(doctest-dev dpkg-dev rpm libicu-dev ccache clang libclang-rt-dev clang-tidy clang-format shellcheck strace
  zsh fish direnv gdb-multiarch man-db groff-base mandoc nginx-light fcgiwrap xz-utils zstd zip unzip nix-bin
  nix-setup-systemd openssh-client dropbear-bin skopeo umoci libyaml-libyaml-perl golang-github-burntsushi-toml-dev
  golang-github-spf13-cobra-dev golang-golang-x-tools-dev file jq e2fsprogs gcc-aarch64-linux-gnu g++-aarch64-linux-gnu
  musl-tools gcc-mingw-w64-x86-64-win32 g++-mingw-w64-x86-64-win32 make tcl golang-github-bmatsuo-lmdb-go-dev
  golang-github-mattn-go-sqlite3-dev)
# To compile gostrap for a board, or to run anywhere.
board_packages=(g++-aarch64-linux-gnu g++-riscv64-linux-gnu lld-19 make perl)
# To make another Debian's root, or Ubuntu's.
debian_packages=(debootstrap ubuntu-keyring)
# To compile C for further ports, and to run it: Wine alone takes 700 MB.
c_packages=(gcc-riscv64-linux-gnu g++-riscv64-linux-gnu gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross
  gcc-s390x-linux-gnu libc6-dev-s390x-cross wine64 golang-github-datadog-zstd-dev golang-github-valyala-gozstd-dev
  golang-github-opencontainers-runc-dev)
# A Go compiler that no Go compiled.
gccgo_packages=(gccgo)

at_least() { [ -n "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | sed -n 1p)" = "$1" ]; }

compiles_cxx20() {
  printf '#include <%s>\n' compare concepts source_location span |
    "${CXX:-c++}" -std=c++20 -x c++ -fsyntax-only - >/dev/null 2>&1
}

# Where gostrap too looks for a Go to start from; gccgo's is as good as a new one.
has_go() {
  local go
  for go in "${GOROOT_BOOTSTRAP:+$GOROOT_BOOTSTRAP/bin/go}" "$(command -v go)" /usr/lib/go-*/bin/go /usr/local/go/bin/go \
    /usr/bin/go-1[2-9]; do
    [ -x "$go" ] || continue
    case $(GOTOOLCHAIN=local "$go" version 2>/dev/null) in
      *gccgo*) return 0 ;;
      "go version go"*) ! at_least "$1" "$("$go" version | sed 's/^go version go\([0-9.]*\).*/\1/')" || return 0 ;;
    esac
  done
  return 1
}

# has WHAT [VERSION]
has() {
  case $1 in
    c++) compiles_cxx20 ;;
    cmake) at_least "$2" "$(cmake --version 2>/dev/null | sed -n '1s/.* //p')" ;;
    certificates) [ -s /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/ssl/ca-bundle.pem ] || [ -d /etc/pki/tls/certs ] ||
      [ -n "${SSL_CERT_FILE:-}${NIX_SSL_CERT_FILE:-}" ] ;;
    go) has_go "$2" ;;
    qemu-user) command -v qemu-riscv64 || command -v qemu-riscv64-static ;;
    ninja | pkg-config | git | node) command -v "$1" ;;
    *) pkg-config --exists "$1${2:+ >= $2}" ;;
  esac >/dev/null 2>&1
}

# The rows of the table that this machine lacks, as "WHAT[>=VERSION]".
lacking() {
  local row
  while read -r row _; do
    has "${row%>=*}" "$([[ $row != *'>='* ]] || printf '%s\n' "${row#*>=}")" || printf '%s\n' "$row"
  done < <(sed 1,2d <<<"$needs" | sed '/^$/d')
}

# In a Nix shell what is there comes from the shell alone; elsewhere it is the package manager that is installed.
package_manager() {
  local each
  if [ -n "${IN_NIX_SHELL:-}" ] || grep -qsx 'ID=nixos' /etc/os-release; then echo nix && return; fi
  for each in apt-get dnf zypper apk pacman nix; do
    # other distributions have a package of apt, too, with which nothing is installed there
    if [ "$each" = apt-get ] && [ ! -s /var/lib/dpkg/status ]; then continue; fi
    if command -v "$each" >/dev/null; then echo "${each%-get}" && return; fi
  done
  echo none
}

# packages_of MANAGER WHAT…
packages_of() {
  local manager=$1
  shift
  printf '%s\n' "$@" | needs=$needs awk -v manager="$manager" '
    BEGIN {
      count = split(ENVIRON["needs"], rows, "\n")
      for (r = 2; r < count; r++) {
        width = split(rows[r], cells, " ")
        if (r == 2) for (c = 2; c <= width; c++) if (cells[c] == manager) column = c
        package[cells[1]] = cells[column]
      }
    }
    package[$0] != "+" { print package[$0]; next }
    { sub(/>=.*/, ""); print manager == "apk" ? "pc:" $0 : "pkgconfig(" $0 ")" }'
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -- "$@"; else doas -- "$@"; fi
}
can_be_root() { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || command -v doas >/dev/null; }

# The command with which MANAGER installs, for all but apt, whose packages may lie in backports.
install_command() {
  case $1 in
    apt) printf '%s\n' "$top/quickstart" --install ;;
    dnf) printf '%s\n' dnf install -y ;;
    zypper) printf '%s\n' zypper --non-interactive install ;;
    apk) printf '%s\n' apk add -U ;;
    pacman) printf '%s\n' pacman -S --needed --noconfirm ;;
  esac
}

# shown WHAT…: "libgit2 (1.7 or newer), zlib"
shown() { printf '%s\n' "$@" | sed 's/>=\(.*\)/ (\1 or newer)/' | awk '{ printf "%s%s", n++ ? ", " : "", $0 }'; }

# Those without which gostrap cannot be compiled.
blocking() {
  local what
  for what in "$@"; do [[ $later == *" ${what%>=*} "* ]] || printf '%s\n' "$what"; done
}

# without_root MANAGER WHAT…: goes on with what is there, unless gostrap cannot be compiled with it.
without_root() {
  local manager=$1 command packages=() stop
  shift
  mapfile -t packages < <(packages_of "$manager" "$@")
  mapfile -t command < <(install_command "$manager")
  if [ "$manager" = apt ]; then packages=("   # installs ${packages[*]}"); fi
  command+=("${packages[@]}")
  stop=$(blocking "$@")
  set -- "this is missing, and there is neither root nor sudo to install it with: $(shown "$@")" \
    "What an administrator types:  ${command[*]}"
  [ -z "$stop" ] || die "$@"
  printf 'quickstart: %s\n' "$@" "It goes on without." >&2
}

install_needed() {
  local manager wanted packages command
  mapfile -t wanted < <(lacking)
  [ ${#wanted[@]} -gt 0 ] || return 0
  manager=$(package_manager)
  case $manager in
    nix) die "this is missing: $(shown "${wanted[@]}")" "The flake's own shell has all of it:  nix develop $top --command $top/quickstart" ;;
    none) die "this is missing: $(shown "${wanted[@]}")" "There is no package manager here that quickstart knows: install that, and start it again." ;;
  esac
  can_be_root || { without_root "$manager" "${wanted[@]}" && return; }
  mapfile -t packages < <(packages_of "$manager" "${wanted[@]}")
  if [ "$manager" = apt ]; then
    install_by_apt "${packages[@]}"
  else
    mapfile -t command < <(install_command "$manager")
    [[ $untried != *" $manager "* ]] ||
      say "Nobody has tried these names of packages with $manager yet. If one is wrong: it is for $(shown "${wanted[@]}")."
    phase "Installing ${packages[*]}" as_root "${command[@]}" "${packages[@]}"
  fi
  mapfile -t wanted < <(lacking)
  [ ${#wanted[@]} = 0 ] || without_these "${wanted[@]}"
}

# After installing: what the system has is too old, or lies where pkg-config does not look.
without_these() {
  local stop
  stop=$(blocking "$@")
  [ -z "$stop" ] || die "this system's packages do not have it, or not new enough: $(shown "$@")" \
    "Install it by other means, where pkg-config finds it, and start again."
  say "This system's packages do not have it, or not new enough: $(shown "$@")"
}

install_more() {
  local more=() each new=()
  case $1 in
    --with-tests) more=("${test_packages[@]}") ;;
    --with-boards) more=("${board_packages[@]}") ;;
    --with-c) more=("${c_packages[@]}") ;;
    --with-debians) more=("${debian_packages[@]}") ;;
    --with-gccgo) more=("${gccgo_packages[@]}") ;;
    *) usage >&2; die "--install knows no $1" ;;
  esac
  [ "$(package_manager)" = apt ] || die "the tests' packages are known by Debian's names only: ${more[*]}"
  for each in "${more[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$each" 2>/dev/null)" = installed ] || new+=("$each")
  done
  [ ${#new[@]} -gt 0 ] || return 0
  can_be_root || die "these packages are missing, and there is neither root nor sudo to install them with: ${new[*]}"
  install_by_apt "${new[@]}"
}

install_packages() {
  install_needed
  [ -z "${1:-}" ] || install_more "$1"
}
