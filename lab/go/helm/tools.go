//go:build tools

// Package tools pins the helm that tests render charts with.
package tools

import _ "helm.sh/helm/v3/cmd/helm"
