# GCC 12 makes no static PIE for riscv64, and its ld 2.40 dies of the relocations in Debian 13's libc.a; lld 19 links both.
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "riscv64")
  find_program(GOSTRAP_LLD ld.lld HINTS /usr/lib/llvm-19/bin NO_CMAKE_FIND_ROOT_PATH)
  if(NOT GOSTRAP_LLD)
    message(FATAL_ERROR "A portable gostrap for riscv64 is linked by ld.lld, and there is none: ./quickstart --install --with-boards")
  endif()
  get_filename_component(lld ${GOSTRAP_LLD} DIRECTORY)
  string(REPLACE "-static-pie" "-static -no-pie -fuse-ld=lld -B${lld}" CMAKE_EXE_LINKER_FLAGS "${CMAKE_EXE_LINKER_FLAGS}")
endif()
