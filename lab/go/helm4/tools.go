//go:build tools

// Package tools pins the helm 4 that releases are mended with.
package tools

import _ "helm.sh/helm/v4/cmd/helm"
