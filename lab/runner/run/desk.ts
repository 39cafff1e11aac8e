import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { inClient, labPaths, type Invocation } from '../../cluster/index.ts';
import { substitute, type Account, type Given, type PullmendAction } from '../file/index.ts';
import { clusterOf, nameOf, type Kube } from '../world/index.ts';
import { variablesOf, type Context } from './context.ts';

const MIRROR_SET = { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet' };
const RBAC = 'rbac.authorization.k8s.io';

/** The home folder of the person who runs pullmend: kubeconfigs, MirrorSet, files. */
export async function settleAtDesk(context: Context, given: Omit<Given, 'failing'>): Promise<void> {
  const { home, lab, ns, scenario } = context;
  mkdirSync(home, { recursive: true });
  writeKubeconfig(context, undefined, inNamespace(readFileSync(lab.kubeconfig, 'utf8'), ns));
  writePullmend(context);
  for (const account of given.accounts) await makeAccount(context, account);
  for (const [name, content] of Object.entries(given.files)) write(join(home, name), content);
  if (scenario.mirrors !== undefined) {
    const mirrors = substitute(scenario.mirrors, variablesOf(context));
    const text = typeof mirrors === 'string' ? mirrors : stringify({ ...MIRROR_SET, mirrors });
    write(variablesOf(context).plain['config'] ?? '', text);
  }
}

/** Who is at the desk: one of `given.accounts`, default the administrator. */
export type Who = {
  readonly as?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
};

/** How any program is started at the desk; it finds pullmend and kubectl in its PATH. */
export function programInvocation(
  { home }: Context,
  argv: readonly string[],
  { as, env }: Who = {},
): Invocation {
  const path = [join(home, PROGRAMS), labPaths().binDir, process.env['PATH'] ?? ''].join(delimiter);
  return inClient(argv, {
    cwd: home,
    env: { HOME: home, LANG: 'C.UTF-8', PATH: path, KUBECONFIG: kubeconfigOf(home, as), ...env },
  });
}

/** The scenario's own helm, the newer one of two. */
export function helmOf(programs: Context['programs']): string | undefined {
  const folder = programs.get('helm4') ?? programs.get('helm');
  return folder === undefined ? undefined : join(folder, 'helm');
}

/** How pullmend is started at the desk. */
export function pullmendInvocation(
  { home, lab, api, programs }: Context,
  { pullmend, as, env }: Pick<PullmendAction, 'pullmend' | 'as' | 'env'>,
): Invocation {
  const kubeconfig = kubeconfigOf(home, as) + (api === undefined ? '' : PROXIED);
  const helm = helmOf(programs);
  const variables = {
    HOME: home,
    KUBECONFIG: kubeconfig,
    LANG: 'C.UTF-8',
    ...(helm === undefined ? {} : { PULLMEND_HELM: helm }),
    ...env,
  };
  return inClient([...lab.pullmend, ...pullmend], { cwd: home, env: variables });
}

const PROGRAMS = '.lab/bin';
/** Ends the name of a kubeconfig that leads through the proxy of the API server. */
const PROXIED = '-proxied';

function kubeconfigOf(home: string, account: string | undefined): string {
  return join(home, account === undefined ? 'kubeconfig' : `kubeconfig-${account}`);
}

/** For scripts: the same pullmend, as whoever runs the script. */
function writePullmend({ home, lab, api }: Context): void {
  const [program = '', ...args] = lab.pullmend;
  const command = [program, ...args].map((word) => `'${word}'`).join(' ');
  const kubeconfig = api === undefined ? '' : `KUBECONFIG="$KUBECONFIG${PROXIED}" `;
  write(join(home, PROGRAMS, 'pullmend'), `#!/bin/sh\n${kubeconfig}exec ${command} "$@"\n`, 0o700);
}

function writeKubeconfig({ home, api }: Context, account: string | undefined, text: string): void {
  const file = kubeconfigOf(home, account);
  write(file, text);
  if (api === undefined) return;
  const config = parse(text) as { clusters: { cluster: object }[] };
  const cluster = {
    server: api.proxy.url,
    'certificate-authority-data': Buffer.from(api.ca).toString('base64'),
  };
  const clusters = config.clusters.map((one) => ({ ...one, cluster }));
  write(file + PROXIED, stringify({ ...config, clusters }));
}

async function makeAccount(context: Context, account: Account): Promise<void> {
  const { lab, ns } = context;
  const { name, scope, allBut } = account;
  const rules = allBut === undefined ? account.rules : await everythingBut(lab.kube, allBut);
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
  writeKubeconfig(context, name, stringify(config));
}

function inNamespace(kubeconfig: string, namespace: string): string {
  const config = parse(kubeconfig) as { contexts: { context: object }[] };
  const contexts = config.contexts.map((one) => ({ ...one, context: { ...one.context, namespace } }));
  return stringify({ ...config, contexts });
}

function write(file: string, content: string, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
}

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** RBAC can only allow: all verbs that nothing is taken from, and for each other one all resources but those. */
async function everythingBut(kube: Kube, taken: NonNullable<Account['allBut']>): Promise<object[]> {
  const rights = taken.map((right) => right.split(' '));
  const touched = [...new Set(rights.map(([verb = '']) => verb))];
  const whole = VERBS.filter((verb) => !touched.includes(verb));
  const all = await kube.resources();
  const rest = touched.flatMap((verb) => {
    const without = rights.filter(([one]) => one === verb).map(([, resource]) => resource);
    const left = all.filter(
      (one) => !without.includes(one.group === '' ? one.name : `${one.name}.${one.group}`),
    );
    return [...Map.groupBy(left, ({ group }) => group)].map(([group, resources]) => ({
      apiGroups: [group],
      resources: resources.map(({ name }) => name),
      verbs: [verb],
    }));
  });
  return [{ apiGroups: ['*'], resources: ['*'], verbs: whole }, ...rest];
}
