//go:build tools

// Package tools pins an operator that scenarios run as a pod.
package tools

import _ "github.com/prometheus-operator/prometheus-operator/cmd/operator"
