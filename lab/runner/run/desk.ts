import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { substitute, type Account, type Given } from '../file/index.ts';
import { clusterOf, nameOf } from '../world/index.ts';
import { variablesOf, type Context } from './context.ts';

const MIRROR_SET = { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet' };
const RBAC = 'rbac.authorization.k8s.io';

/** The home folder of the person who runs pullmend: kubeconfigs, MirrorSet, files. */
export async function settleAtDesk(context: Context, given: Omit<Given, 'failing'>): Promise<void> {
  const { home, lab, ns, scenario } = context;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'kubeconfig'), inNamespace(readFileSync(lab.kubeconfig, 'utf8'), ns));
  for (const account of given.accounts) await makeAccount(context, account);
  for (const [name, content] of Object.entries(given.files)) write(join(home, name), content);
  if (scenario.mirrors !== undefined) {
    const mirrors = substitute(scenario.mirrors, variablesOf(context));
    const text = typeof mirrors === 'string' ? mirrors : stringify({ ...MIRROR_SET, mirrors });
    write(variablesOf(context).plain['config'] ?? '', text);
  }
}

/** The kubeconfig of one of `given.accounts`. */
export function kubeconfigOf(home: string, account: string | undefined): string {
  return join(home, account === undefined ? 'kubeconfig' : `kubeconfig-${account}`);
}

async function makeAccount(context: Context, { name, rules, scope }: Account): Promise<void> {
  const { lab, ns } = context;
  const role = scope === 'namespace' ? 'Role' : 'ClusterRole';
  // A cluster-wide role must not meet that of another scenario.
  const roleName = scope === 'namespace' ? name : `${ns}-${name}`;
  const roleRef = { apiGroup: RBAC, kind: role, name: roleName };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: ns }];
  const metadata = { name: roleName };
  await lab.kube.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }, ns);
  const apiVersion = `${RBAC}/v1`;
  for (const object of [
    { apiVersion, kind: role, metadata, rules },
    { apiVersion, kind: `${role}Binding`, metadata, roleRef, subjects },
  ]) {
    await lab.kube.create(object, ns);
    if (scope === 'cluster') context.cleanup.push(() => lab.kube.delete(nameOf(object), undefined));
  }
  const { server, ca } = clusterOf(lab.kubeconfig);
  const user = { token: await lab.kube.token(ns, name) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': ca } }],
    users: [{ name, user }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: name, namespace: ns } }],
    'current-context': 'lab',
  };
  context.secrets.push(user.token);
  write(kubeconfigOf(context.home, name), stringify(config));
}

function inNamespace(kubeconfig: string, namespace: string): string {
  const config = parse(kubeconfig) as { contexts: { context: object }[] };
  const contexts = config.contexts.map((one) => ({ ...one, context: { ...one.context, namespace } }));
  return stringify({ ...config, contexts });
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
}
