# The static libraries are there before CMake tries its compiler, and are all that it looks for.
set(GOSTRAP_PORTABLE_MACHINE "" CACHE STRING "x86_64, aarch64 or riscv64 (default: this machine's)")
if(NOT GOSTRAP_PORTABLE_MACHINE)
  cmake_host_system_information(RESULT machine QUERY OS_PLATFORM)
  set(GOSTRAP_PORTABLE_MACHINE ${machine} CACHE STRING "" FORCE)
endif()
set(GOSTRAP_PORTABLE_LIBRARIES ${CMAKE_BINARY_DIR}/libraries CACHE PATH "Where the static libraries are made")
set(GOSTRAP_PORTABLE_SOURCES ${GOSTRAP_PORTABLE_LIBRARIES}/sources CACHE PATH "Where their sources' archives are, or are put")
set(GOSTRAP_PORTABLE_ROOT ${GOSTRAP_PORTABLE_LIBRARIES}/root)
execute_process(
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/libraries ${GOSTRAP_PORTABLE_MACHINE} ${GOSTRAP_PORTABLE_LIBRARIES}
          ${GOSTRAP_PORTABLE_SOURCES}
  RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "src/portable/libraries could not make them: ${failed}")
endif()
set(CMAKE_TOOLCHAIN_FILE ${CMAKE_CURRENT_LIST_DIR}/toolchain.cmake)
set(PKG_CONFIG_ARGN --static)  # with what the libraries need themselves
set(OPENSSL_USE_STATIC_LIBS ON)
set(GOSTRAP_TESTS OFF CACHE BOOL "" FORCE)
