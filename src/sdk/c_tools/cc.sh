#!/bin/sh
# The @language@ compiler of an SDK for @port@. What it is given before all else makes its programs the same in
# each directory and on each machine that has this compiler.
gostrap_port=${GOOS:-@goos@}/${GOARCH:-@goarch@}
if [ "$gostrap_port" != "@goos@/@goarch@" ]; then
  printf '%s\n' "${0##*/}: this SDK compiles C for @port@, not for $gostrap_port: CGO_ENABLED=0 builds that without C, and an SDK for it has a compiler of its own (gostrap build $gostrap_port --cgo)" >&2
  exit 2
fi
gostrap_compiler=@compiler@ gostrap_kind=@kind@ gostrap_static=@static@ gostrap_static_pie=@static_pie@
if [ ! -x "$gostrap_compiler" ]; then
  printf '%s\n' "${0##*/}: there is no $gostrap_compiler, to which this SDK is bound: "@install@ >&2
  exit 2
fi
# What is set for this machine's own compiler.
unset CCC_OVERRIDE_OPTIONS COMPILER_PATH CPATH CPLUS_INCLUDE_PATH C_INCLUDE_PATH DEPENDENCIES_OUTPUT GCC_EXEC_PREFIX LD_RUN_PATH LIBRARY_PATH OBJC_INCLUDE_PATH REALGCC SUNPRO_DEPENDENCIES
# __DATE__ and __TIME__
if [ -z "${SOURCE_DATE_EPOCH-}" ]; then SOURCE_DATE_EPOCH=315532800; export SOURCE_DATE_EPOCH; fi

# (What has no default path for command -p, as Nix's sh, has it on PATH.) A script may have another text of the same size.
gostrap_sizes=$(command -p stat -L -c %s @parts@ 2>/dev/null || stat -L -c %s @parts@ 2>/dev/null)
gostrap_is=$?
@scripts@
if [ $gostrap_is != 127 ] && [ "$gostrap_sizes" != @sizes@ ]; then
  printf '%s\n' "${0##*/}: $gostrap_compiler, or what belongs to it, is not what this SDK is bound to ("@version@"): "@again@ >&2
  exit 2
fi

# The go command asks so what its cache is to know of the compiler; where it gets no answer it goes on without.
if [ "${1-}" = '-###' ]; then
  printf '%s\n' "gcc version @number@ (gostrap @layout@ @identity@)" >&2
  exec "$gostrap_compiler" @words@ "$@"
fi
# It knows gcc by the first word, which is the program's name: of a cross compiler it would not have -asan.
if [ "$#:${1-}" = 1:--version ] && [ "$gostrap_kind" != clang ]; then
  gostrap_said=$("$gostrap_compiler" @words@ --version) || exit
  printf 'gcc %s\n' "${gostrap_said#* }"
  exit 0
fi

# What is no compiler's for this C library, or would link and then not run.
gostrap_refuse() {
  printf '%s\n' "${0##*/}: $1" >&2
  exit 2
}
# Of assembly clang's debug information has the directory as it is, whatever -ffile-prefix-map says.
if [ "$gostrap_kind" = clang ]; then
  gostrap_directory='' gostrap_assembles=''
  for gostrap_word in "$@"; do
    case $gostrap_word in
      *.[sS]) gostrap_assembles=yes ;;
      -ffile-prefix-map=*=*)
        gostrap_word=${gostrap_word#*=}
        case $PWD/ in "${gostrap_word%%=*}"/*) gostrap_directory=${gostrap_word#*=}${PWD#"${gostrap_word%%=*}"} ;; esac
        ;;
    esac
  done
  if [ -n "$gostrap_assembles" ] && [ -n "$gostrap_directory" ]; then set -- "-fdebug-compilation-dir=$gostrap_directory" "$@"; fi
fi

gostrap_links=yes gostrap_made='' gostrap_before='' gostrap_shared=''
for gostrap_word in "$@"; do
  case $gostrap_word in
    -c | -E | -S | -M | -MM | -fsyntax-only | --version | -dump* | -print-* | --help) gostrap_links='' ;;
    -shared | -r) gostrap_shared=yes ;;
    -fsanitize=memory)
      if [ "$gostrap_kind" != clang ]; then gostrap_refuse "-msan is clang's alone, and this SDK is bound to "@version@": --cc clang makes one that has it"; fi
      if [ -n "$gostrap_static" ]; then gostrap_refuse "-msan makes static programs that crash, and this SDK is one with --static"; fi
      ;;
    -fsanitize=address)
      if [ "$gostrap_kind" = musl ]; then gostrap_refuse "-asan needs glibc, and this SDK links musl"; fi
      if [ -n "$gostrap_static" ]; then gostrap_refuse "-asan links no static program, and this SDK is one with --static"; fi
      ;;
  esac
  if [ "$gostrap_before" = -o ]; then gostrap_made=$gostrap_word; fi
  gostrap_before=$gostrap_word
done
if [ -z "$gostrap_links" ]; then exec "$gostrap_compiler" @words@ "$@"; fi

# The go command links this only to see whether it can link the rest without C: the C compiler is to link all that
# has C in it, for it alone knows the dynamic linker and the libraries of its port. (The go command takes a failure
# here for that since Go 1.19: src/cmd/go/internal/work/exec.go, dynimport.)
case $gostrap_made in */_cgo_.o) exit 1 ;; esac
if [ -n "$gostrap_static" ] && [ -z "$gostrap_shared" ]; then
  gostrap_mode=-static
  for gostrap_word in "$@"; do
    shift
    while :; do
      case $gostrap_word in
        -Wl,*,-Bdynamic* | -Wl,-Bdynamic,*) gostrap_word=${gostrap_word%%,-Bdynamic*}${gostrap_word#*,-Bdynamic} ;;
        -Wl,*,-dy | -Wl,*,-dy,* | -Wl,-dy,*) gostrap_word=${gostrap_word%%,-dy*}${gostrap_word#*,-dy} ;;
        *) break ;;
      esac
    done
    case $gostrap_word in
      -pie) gostrap_mode=-static-pie ;;
      -rdynamic | -Bdynamic | -Wl | -Wl,-Bdynamic | -Wl,-dy | -Wl,-call_shared) ;;
      *) set -- "$@" "$gostrap_word" ;;
    esac
  done
  if [ "$gostrap_mode" = -static-pie ] && [ -z "$gostrap_static_pie" ]; then
    gostrap_refuse "$gostrap_compiler links nothing that is both static and position independent: leave out -buildmode=pie, or --static"
  fi
  set -- "$gostrap_mode" "$@"
fi
"$gostrap_compiler" @words@ @link@ "$@"
gostrap_status=$?
if [ $gostrap_status != 0 ]; then
  printf '%s\n' "${0##*/}: libraries for @port@ are looked for in "@libraries@" and where -L says" >&2
fi
exit $gostrap_status
