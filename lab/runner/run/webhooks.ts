import { setTimeout as sleep } from 'node:timers/promises';
import { CONTROL_PLANE_ADDRESS } from '../../cluster/index.ts';
import { createAuthority } from '../../upstreams/net/authority.ts';
import type { Webhook, WebhookAnswer } from '../file/index.ts';
import { startAdmissionServer } from '../staging/index.ts';
import { nameOf } from '../world/index.ts';
import { Stop, type Context } from './context.ts';

const SLICE = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' } as const;
const READY_ENDPOINT = { addresses: [CONTROL_PLANE_ADDRESS], conditions: { ready: true } };

/** The API server's admission reads new configurations and Services from watches. */
const EFFECTIVE_MS = 1500;

/**
 * Admission webhooks that work: each an HTTPS server beside the API server, behind a Service of the namespace, with
 * its CA in the configuration.
 */
export async function startWebhooks(context: Context, webhooks: readonly Webhook[]): Promise<void> {
  if (webhooks.length === 0) return;
  const authority = await createAuthority('pullmend lab webhooks');
  const caBundle = Buffer.from(authority.certificate).toString('base64');
  for (const webhook of webhooks) {
    const certificate = await authority.issue(`${webhook.name}.${context.ns}.svc`);
    const server = await startAdmissionServer(CONTROL_PLANE_ADDRESS, certificate, webhook.answer);
    context.cleanup.push(() => server.close());
    context.webhooks.set(webhook.name, server);
    await makeService(context, webhook, server.port);
    await configure(context, webhook, caBundle);
  }
  await sleep(EFFECTIVE_MS, undefined, { signal: context.signal });
}

/** Changes how a webhook answers. */
export async function setWebhook(context: Context, name: string, answer: WebhookAnswer): Promise<void> {
  const server = context.webhooks.get(name);
  if (server === undefined) throw new Stop(`there is no webhook ${name}`);
  await server.setAnswer(answer);
  const endpoints = answer === 'no-endpoints' ? [] : [READY_ENDPOINT];
  const slice = { ...SLICE, name };
  await context.lab.kube.patch(slice, context.ns, [{ op: 'add', path: '/endpoints', value: endpoints }]);
  await sleep(EFFECTIVE_MS, undefined, { signal: context.signal });
}

async function makeService({ lab, ns }: Context, { name, answer }: Webhook, port: number): Promise<void> {
  const spec = { ports: [{ port: 443, protocol: 'TCP' }] };
  await lab.kube.create({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec }, ns);
  const slice = {
    ...SLICE,
    metadata: { name, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: answer === 'no-endpoints' ? [] : [READY_ENDPOINT],
    ports: [{ name: '', port, protocol: 'TCP' }],
  };
  await lab.kube.create(slice, ns);
}

async function configure({ lab, ns, cleanup }: Context, webhook: Webhook, caBundle: string): Promise<void> {
  const { name, mutating, answer: _answer, ...rest } = webhook;
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: mutating ? 'MutatingWebhookConfiguration' : 'ValidatingWebhookConfiguration',
    metadata: { name: `${ns}-${name}` },
    webhooks: [
      {
        ...rest,
        name: `${name}.lab.example`,
        admissionReviewVersions: ['v1'],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ns } },
        clientConfig: { service: { namespace: ns, name, path: '/', port: 443 }, caBundle },
      },
    ],
  };
  await lab.kube.create(configuration, undefined);
  cleanup.push(() => lab.kube.delete(nameOf(configuration), undefined));
}
