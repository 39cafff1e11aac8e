import * as z from 'zod';
import type {
  HarborEndpoint,
  HarborProject,
  HarborReplication,
  HarborRobot,
  HarborRule,
  HarborSummary,
} from './types.ts';

/** Objects of the API (api/v2.0/swagger.yaml of goharbor/harbor, `definitions`), only what is read here. */

const text = z.string().default('');
const texts = z.record(z.string(), z.string().nullish());
const storage = z.object({ storage: z.number().default(-1) }).partial();

export const endpointSchema = z
  .object({ id: z.number(), name: text, type: text, url: text, status: text })
  .transform((it): HarborEndpoint => it);

export const projectSchema = z
  .object({
    project_id: z.number(),
    name: z.string(),
    registry_id: z.number().nullish(),
    metadata: texts.nullish(),
  })
  .transform(({ project_id: id, name, registry_id: registry, metadata }): HarborProject => {
    const entries = Object.entries(metadata ?? {}).flatMap(([key, it]) => (it == null ? [] : [[key, it]]));
    return { id, name, isProxy: (registry ?? 0) > 0, metadata: Object.fromEntries(entries) };
  });

export const summarySchema = z
  .object({
    quota: z.object({ hard: storage.nullish(), used: storage.nullish() }).nullish(),
    registry: z.unknown().optional(),
  })
  .transform(({ quota, registry }): HarborSummary => {
    const limit = quota?.hard?.storage;
    const upstream = endpointSchema.safeParse(registry);
    return {
      ...(limit === undefined ? {} : { quota: { limit, used: quota?.used?.storage ?? 0 } }),
      ...(upstream.success ? { upstream: upstream.data } : {}),
    };
  });

export const infoSchema = z.object({
  harbor_version: z.string().nullish(),
  read_only: z.boolean().nullish(),
});

export const healthSchema = z.object({
  components: z.array(z.object({ name: text, status: text })).nullish(),
});

const selectors = z.array(z.object({ pattern: text })).nullish();

/** A rule of a retention, or of immutable tags; `undefined` for one that is switched off. */
export const ruleSchema = z
  .object({
    disabled: z.boolean().nullish(),
    template: text,
    params: z.record(z.string(), z.unknown()).nullish(),
    tag_selectors: selectors,
  })
  .transform((it): HarborRule | undefined =>
    it.disabled === true
      ? undefined
      : {
          template: it.template,
          params: it.params ?? {},
          tags: (it.tag_selectors ?? []).map(({ pattern }) => pattern),
        },
  );

export const retentionSchema = z.object({ rules: z.array(ruleSchema).nullish() });

export const replicationSchema = z
  .object({
    name: text,
    src_registry: z.object({ id: z.number().default(0) }).nullish(),
    dest_registry: z.object({ id: z.number().default(0) }).nullish(),
    enabled: z.boolean().nullish(),
    dest_namespace: text,
    dest_namespace_replace_count: z.number().nullish(),
    filters: z.array(z.object({ type: text, value: z.unknown() })).nullish(),
  })
  .transform((it): HarborReplication => {
    const filter = (it.filters ?? []).find(({ type }) => type === 'name')?.value;
    return {
      name: it.name,
      source: it.src_registry?.id ?? 0,
      filter: typeof filter === 'string' ? filter : '',
      namespace: it.dest_namespace,
      replaced: it.dest_namespace_replace_count ?? -1,
      also: [
        ...(it.enabled === false ? ['disabled'] : []),
        ...((it.dest_registry?.id ?? 0) > 0 ? ['to another registry'] : []),
        ...(it.filters ?? []).flatMap(({ type, value }) =>
          type === 'name' ? [] : [`${type} ${JSON.stringify(value) ?? ''}`.trim()],
        ),
      ],
    };
  });

const robotFields = z.object({
  id: z.number(),
  name: z.string(),
  disable: z.boolean().nullish(),
  /** Seconds since 1970; -1: never. */
  expires_at: z.number().nullish(),
  permissions: z
    .array(
      z.object({
        kind: text,
        namespace: text,
        access: z.array(z.object({ resource: text, action: text, effect: z.string().nullish() })).nullish(),
      }),
    )
    .nullish(),
});

export const robotSchema = z.record(z.string(), z.unknown()).transform((raw, context): HarborRobot => {
  const parsed = robotFields.safeParse(raw);
  if (!parsed.success) {
    context.addIssue({ code: 'custom', message: 'no robot' });
    return z.NEVER;
  }
  const { id, name, disable, permissions, expires_at: expires } = parsed.data;
  const pullsFrom = (permissions ?? [])
    .filter(({ kind, access }) => kind === 'project' && (access ?? []).some(isPull))
    .map(({ namespace }) => namespace);
  const expiresAt = (expires ?? 0) > 0 ? { expiresAt: (expires ?? 0) * 1000 } : {};
  return { id, name, disabled: disable ?? false, ...expiresAt, pullsFrom, raw };
});

export const createdRobotSchema = z.object({ name: z.string(), secret: z.string().min(1) });

function isPull(access: {
  readonly resource: string;
  readonly action: string;
  readonly effect?: string | null | undefined;
}): boolean {
  return access.resource === 'repository' && access.action === 'pull' && access.effect !== 'deny';
}
