import * as z from 'zod';
import { PullmendError } from '../../core/base/index.ts';
import { isDigest } from '../../core/image/index.ts';
import { apiVersion, places, type RepairPlan } from '../../core/model/index.ts';
import type { CliContext } from './context.ts';
import { unreadable } from './file-errors.ts';

/** Far more than a plan for ten thousand workloads needs. */
const maxPlanCharacters = 64 * 1024 * 1024;

const text = z.string();
const count = z.number().int().nonnegative();
const object = z.looseObject({
  apiVersion: text,
  kind: text.min(1),
  namespace: text.min(1).optional(),
  name: text.min(1),
  uid: text.optional(),
});
const place = z.enum(places);
const expectation = z.object({ place, container: text, imageBefore: text, imageAfter: text });
const pointer = text.startsWith('/');
const change = z.object({
  path: pointer,
  before: z.json().optional(),
  after: z.json(),
  guard: z.object({ path: pointer, value: z.json() }).optional(),
});
const common = {
  id: text.min(1),
  object,
  needs: z.array(text),
  expect: z.array(expectation),
  loss: z.enum(['completed-pods', 'running-containers']).optional(),
  overwrittenBy: text.optional(),
};
const credentials = z.discriminatedUnion('from', [
  z.object({ from: z.literal('anonymous') }),
  z.object({ from: z.literal('docker-config') }),
  z.object({ from: z.literal('secret'), namespace: text.min(1), name: text.min(1) }),
]);
const edit = z.object({
  file: text,
  line: count,
  column: count,
  offset: count,
  length: count,
  before: text,
  after: text,
});
const tree = z.record(text, z.json());
const step = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('patch'),
    changes: z.array(change).min(1),
    claims: z.array(object).optional(),
  }),
  z.object({ ...common, kind: z.literal('replace-pods'), pods: z.array(object) }),
  z.object({ ...common, kind: z.literal('recreate'), before: tree, after: tree }),
  z.object({ ...common, kind: z.literal('pull-secret'), mirror: text, host: text, source: credentials }),
  z.object({
    ...common,
    kind: z.literal('copy-image'),
    source: text.min(1),
    target: text.min(1),
    mirror: text.min(1),
    digest: text.refine(isDigest, 'is no digest'),
  }),
  z.object({
    ...common,
    kind: z.literal('edit-file'),
    file: text,
    sha256: text,
    edits: z.array(edit).min(1),
  }),
]);
const repairPlan = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('RepairPlan'),
  metadata: z.object({ name: text.regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/).max(63), createdAt: text }),
  spec: z.object({
    cluster: z.object({ context: text, server: text, version: text }).optional(),
    replacements: z.array(z.looseObject({ image: text, with: text, mirror: text, identity: text })),
    steps: z.array(step),
    unmended: z.array(z.looseObject({ image: text, object, reason: text })),
  }),
});

/**
 * Reads a plan from a file, or from standard input for `-`; YAML or JSON.
 * Errors: PM_FILE_UNREADABLE; PM_PLAN_INVALID with the place in the file.
 */
export async function readPlan(
  context: Pick<CliContext, 'readFile' | 'readStdin'>,
  file: string,
): Promise<RepairPlan> {
  return await parsePlan(await readText(context, file), file === '-' ? 'stdin' : file);
}

async function readText(
  { readFile, readStdin }: Pick<CliContext, 'readFile' | 'readStdin'>,
  file: string,
): Promise<string> {
  try {
    return file === '-' ? await readStdin() : await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** A plan may have been edited by hand: every field that is acted on is checked before anything happens. */
async function parsePlan(content: string, file: string): Promise<RepairPlan> {
  if (content.length > maxPlanCharacters) throw invalid('it is larger than 64 MiB', file);
  const { readYamlText } = await import('./yaml-text.ts');
  // JSON is YAML; one reader gives line and column for both.
  const read = readYamlText(content);
  if (!read.ok) throw invalid(read.problem, `${file}:${read.line}:${read.column}`);
  const parsed = repairPlan.safeParse(read.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw invalid([path, issue?.message].filter(Boolean).join(': '), file);
  }
  // The schema leaves fields that are only shown unchecked, so TypeScript cannot see that it says the same.
  return parsed.data as unknown as RepairPlan;
}

function invalid(problem: string, where: string): PullmendError {
  return new PullmendError('PM_PLAN_INVALID', { problem }, { where });
}
