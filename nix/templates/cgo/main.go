package main

// #cgo LDFLAGS: -lm
// #include <math.h>
import "C"

import (
	"fmt"
	"runtime"
)

func root(of float64) float64 {
	return float64(C.sqrt(C.double(of)))
}

func main() {
	fmt.Println("C says", root(1764), "on", runtime.GOOS+"/"+runtime.GOARCH)
}
