import { gzipSync } from 'node:zlib';
import { decodeRelease, type Helm } from '../../src/adapters/helm/index.ts';
import type { JsonObject } from '../../src/core/model/index.ts';
import type { ApiServer } from './apiserver.ts';

/** One revision as a test gives it. */
export type GivenRevision = {
  readonly version: number;
  readonly manifest: string;
  readonly values?: JsonObject;
  readonly status?: string;
  readonly description?: string;
  readonly chart?: JsonObject;
  readonly hooks?: readonly JsonObject[];
  readonly serverSide?: boolean;
};

const where = { name: 'shop', namespace: 'shop' } as const;

/** Stores a revision of the release `shop/shop` as Helm's driver does (pkg/storage/driver/util.go, secrets.go). */
export function storeRevision(server: ApiServer, given: GivenRevision): void {
  server.put(holderOf(given));
}

function holderOf(given: GivenRevision): JsonObject {
  const { version, status = 'deployed' } = given;
  const encoded = gzipSync(JSON.stringify(releaseOf(given))).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: where.namespace,
      name: `sh.helm.release.v1.shop.v${version}`,
      labels: { owner: 'helm', name: where.name, version: String(version), status },
    },
    data: { release: Buffer.from(encoded).toString('base64') },
  };
}

function releaseOf(given: GivenRevision): JsonObject {
  const { version, manifest, values = {}, status = 'deployed', description = '', chart, hooks = [] } = given;
  return {
    name: where.name,
    info: { status, description },
    namespace: where.namespace,
    version,
    manifest,
    hooks,
    config: values,
    chart: chart ?? {
      metadata: { apiVersion: 'v2', name: 'shop', version: '1.0.0' },
      templates: [{ name: 'templates/web.yaml', data: Buffer.from('kind: ConfigMap').toString('base64') }],
    },
    ...(given.serverSide === true ? { apply_method: 'ssa' } : {}),
  };
}

/** A helm that renders by a function of the values, and keeps revisions on the API server of the test. */
export function helmOf(
  server: ApiServer,
  first: GivenRevision,
  render: (values: JsonObject) => string,
): { readonly helm: Helm; readonly log: readonly string[]; readonly revisions: readonly GivenRevision[] } {
  const revisions = [first];
  const log: string[] = [];
  storeRevision(server, first);
  const add = (next: GivenRevision): void => {
    const newest = revisions.at(-1);
    if (newest !== undefined) storeRevision(server, { ...newest, status: 'superseded' });
    revisions.push(next);
    storeRevision(server, next);
  };
  const refused = async (): Promise<never> => await Promise.reject(new Error('nothing asks for this'));
  const helm: Helm = {
    path: 'helm',
    version: async () => await Promise.resolve('v3.20.0'),
    template: refused,
    showValues: refused,
    pull: refused,
    searchRepositories: refused,
    upgrade: async (_release, _chart, { values, description, dryRun }) => {
      const version = revisions.length + 1;
      const next = { version, manifest: render(values), values, description };
      log.push(dryRun ? 'try' : `upgrade to ${version}`);
      if (!dryRun) add(next);
      return await decodeRelease(holderOf(next));
    },
    rollback: async (_release, revision) => {
      log.push(`rollback to ${revision}`);
      const old = revisions.find(({ version }) => version === revision);
      if (old === undefined) throw new Error(`no revision ${revision}`);
      add({ ...old, version: revisions.length + 1, description: `Rollback to ${revision}` });
      await Promise.resolve();
    },
  };
  return { helm, log, revisions };
}
