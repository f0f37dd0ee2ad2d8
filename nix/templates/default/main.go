package main

import (
	"fmt"
	"runtime"
)

func greeting() string {
	return "hello from " + runtime.GOOS + "/" + runtime.GOARCH + ", made with " + runtime.Version()
}

func main() {
	fmt.Println(greeting())
}
