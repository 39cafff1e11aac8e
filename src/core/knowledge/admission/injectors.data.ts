/** A program that adds containers to pods as they are admitted. */
export type Injector = {
  /** Its name as people write it. */
  readonly name: string;
  /** Annotations or labels that it leaves on a pod. */
  readonly marks: readonly string[];
  /** Containers that it adds. */
  readonly containers: RegExp;
  /** Webhook configurations by their usual names. */
  readonly webhooks: RegExp;
  /** Annotation of a pod template that takes a whole image name in place of the program's own setting. */
  readonly annotation?: string;
  /** Where the program itself is told the image: values of its chart, a field, a variable. */
  readonly settings: string;
};

/** Sidecar injectors, from their own documentation of annotations and charts. */
export const injectors: readonly Injector[] = [
  {
    name: 'Istio',
    marks: ['sidecar.istio.io/status', 'istio.io/rev', 'security.istio.io/tlsMode'],
    containers: /^istio-(?:proxy|init|validation)$|^enable-core-dump$/,
    webhooks: /^istio-(?:revision-tag|sidecar-injector)/,
    annotation: 'sidecar.istio.io/proxyImage',
    settings: 'values global.hub, global.tag, global.proxy.image',
  },
  {
    name: 'Linkerd',
    marks: ['linkerd.io/proxy-version', 'linkerd.io/created-by', 'linkerd.io/control-plane-ns'],
    containers: /^linkerd-/,
    webhooks: /^linkerd-/,
    settings: 'values proxy.image.name, proxyInit.image.name; annotation config.linkerd.io/proxy-image',
  },
  {
    name: 'Vault Agent Injector',
    marks: ['vault.hashicorp.com/agent-inject-status'],
    containers: /^vault-agent(?:-init)?$/,
    webhooks: /vault-agent-injector/,
    annotation: 'vault.hashicorp.com/agent-image',
    settings: 'variable AGENT_INJECT_VAULT_IMAGE; values injector.agentImage',
  },
  {
    name: 'Dapr',
    marks: ['dapr.io/enabled'],
    containers: /^daprd$/,
    webhooks: /^dapr-sidecar-injector/,
    annotation: 'dapr.io/sidecar-image',
    settings: 'variable SIDECAR_IMAGE; values dapr_sidecar_injector.image.name, global.registry',
  },
  {
    name: 'Consul',
    marks: ['consul.hashicorp.com/connect-inject-status'],
    containers: /^consul-(?:dataplane|connect-inject-init|sidecar)|^envoy-sidecar/,
    webhooks: /consul.*connect-injector/,
    settings: 'values global.imageConsulDataplane, global.imageK8S',
  },
  {
    name: 'Kuma',
    marks: ['kuma.io/sidecar-injected'],
    containers: /^kuma-(?:sidecar|init|validation)$/,
    webhooks: /^kuma-/,
    settings: 'values dataPlane.image, dataPlane.initImage, global.image.registry',
  },
  {
    name: 'OpenTelemetry Operator',
    marks: ['sidecar.opentelemetry.io/inject', 'instrumentation.opentelemetry.io/inject'],
    containers: /^otc-container$|^opentelemetry-auto-instrumentation/,
    webhooks: /opentelemetry-operator/,
    settings: 'fields spec.image of OpenTelemetryCollector, spec.*.image of Instrumentation',
  },
  {
    name: 'Jaeger Operator',
    marks: ['sidecar.jaegertracing.io/injected'],
    containers: /^jaeger-agent$/,
    webhooks: /jaeger-operator/,
    settings: 'field spec.agent.image of Jaeger',
  },
  {
    name: 'Datadog',
    marks: ['admission.datadoghq.com/enabled'],
    containers: /^datadog-/,
    webhooks: /^datadog-webhook/,
    settings: 'values clusterAgent.admissionController, registry',
  },
  {
    name: 'Cloud SQL Proxy Operator',
    marks: ['cloudsql.cloud.google.com/proxyContainer'],
    containers: /^csql-/,
    webhooks: /cloud-sql-proxy-operator/,
    settings: 'field spec.authProxyContainer.image of AuthProxyWorkload',
  },
  {
    name: 'AWS App Mesh',
    marks: ['appmesh.k8s.aws/sidecarInjectorWebhook'],
    containers: /^(?:envoy|proxyinit|xray-daemon)$/,
    webhooks: /^appmesh-/,
    settings: 'values sidecar.image.repository, init.image.repository',
  },
  {
    name: 'Higress',
    marks: ['higress.io/status'],
    containers: /^higress-/,
    webhooks: /^higress-/,
    settings: 'values global.hub, global.tag',
  },
];
