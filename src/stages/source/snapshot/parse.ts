import * as z from 'zod';
import { PullmendError } from '../../../core/base/index.ts';
import { apiVersion, type Snapshot } from '../../../core/model/index.ts';

const text = z.string();
const snapshot = z.object({
  metadata: z.object({ createdAt: z.iso.datetime() }),
  spec: z.object({ namespace: text.min(1).optional(), names: z.enum(['plain', 'hashed']) }),
  status: z.object({
    cluster: z.object({ context: text, server: text, version: text }),
    objects: z.array(z.looseObject({ apiVersion: text, kind: text })),
    unreadable: z.array(text),
  }),
});

/** Reads the text of a snapshot. Errors: PM_SNAPSHOT_INVALID. */
export function parseSnapshot(content: string, file: string): Snapshot {
  const read = parseJson(content, file);
  const { apiVersion: version, kind } = z.looseObject({}).catch({}).parse(read);
  if (kind !== 'Snapshot') {
    throw new PullmendError('PM_SNAPSHOT_INVALID', {
      file,
      fault: 'not-a-snapshot',
      detail: `kind: ${typeof kind === 'string' ? kind.slice(0, 80) : 'none'}`,
    });
  }
  if (version !== apiVersion) {
    const detail = `apiVersion: ${String(version).slice(0, 80)}`;
    throw new PullmendError('PM_SNAPSHOT_INVALID', { file, fault: 'newer', detail });
  }
  const parsed = snapshot.safeParse(read);
  if (parsed.success) return { apiVersion, kind, ...parsed.data } as Snapshot;
  const [issue] = parsed.error.issues;
  const detail = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new PullmendError('PM_SNAPSHOT_INVALID', { file, fault: 'damaged', detail });
}

function parseJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const fault = content.trimStart().startsWith('{') ? 'damaged' : 'not-a-snapshot';
    // The parser's own words may hold a piece of the file, control characters and all.
    throw new PullmendError('PM_SNAPSHOT_INVALID', { file, fault, detail: 'not JSON' }, { cause });
  }
}
