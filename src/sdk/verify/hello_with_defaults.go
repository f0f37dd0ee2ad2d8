package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

func main() {
	fmt.Printf("hello from %s/%s, %s\n", runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Printf("GOGC %d, GOMEMLIMIT %d\n", debug.SetGCPercent(-1), debug.SetMemoryLimit(-1))
}
