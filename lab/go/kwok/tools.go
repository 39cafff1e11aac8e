//go:build tools

// Package tools pins the kwok that fills a cluster with nodes and pods for benchmarks.
package tools

import _ "sigs.k8s.io/kwok/cmd/kwok"
