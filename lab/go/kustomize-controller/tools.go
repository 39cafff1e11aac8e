//go:build tools

// Package tools pins the controller of Flux that applies Kustomizations, which scenarios run as a pod.
package tools

import _ "github.com/fluxcd/kustomize-controller"
