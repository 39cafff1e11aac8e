//go:build tools

// Package tools pins a storage provisioner that scenarios run as a pod.
package tools

import _ "github.com/rancher/local-path-provisioner"
