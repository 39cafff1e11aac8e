/**
 * The Service behind a webhook that the API server could not call, from its error: `failed calling webhook "w":
 * failed to call webhook: Post "https://SERVICE.NAMESPACE.svc:443/…": no endpoints available for service "SERVICE"`
 * (apiserver/pkg/admission/plugin/webhook/errors). Undefined for a webhook that is called by URL, and for a webhook
 * that answered no.
 */
export function webhookService(
  message: string,
): { readonly namespace: string; readonly name: string } | undefined {
  if (!/\b(?:failed calling|failed to call) webhook\b/.test(message)) return undefined;
  const [, name, namespace] = /https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc[:/]/.exec(message) ?? [];
  return name === undefined || namespace === undefined ? undefined : { namespace, name };
}
