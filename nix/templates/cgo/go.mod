module example.org/hello

go 1.24

toolchain go1.24.4
