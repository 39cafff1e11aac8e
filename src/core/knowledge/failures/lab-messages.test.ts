import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classify, type Symptom } from './index.ts';

/** What `npm run lab -- record` heard from a real kubelet and containerd; classes are those of what was staged. */
type Recorded = Symptom & {
  readonly id: string;
  readonly class: string;
  readonly inner?: string;
  readonly said: readonly {
    readonly source: 'waiting' | 'event';
    readonly reason: string;
    readonly message: string;
  }[];
};

const file = join(import.meta.dirname, 'testdata/lab.jsonl');
const records = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

describe("messages of the lab's kubelet and containerd", () => {
  test('are many, of many classes', () => {
    expect(records.length).toBeGreaterThanOrEqual(50);
    expect(new Set(records.map((record) => record.class)).size).toBeGreaterThanOrEqual(18);
  });

  test.each(records.map((record) => [record.id, record] as const))('%s', (_, record) => {
    const found = classify(record);
    expect(found.class, record.message).toBe(record.class);
    if (record.inner !== undefined) expect(found.inner).toBe(record.inner);
  });

  test.each(records.map((record) => [record.id, record] as const))(
    '%s: nothing beside it misleads',
    (_, record) => {
      const { runtime, image } = record;
      for (const { reason, message } of record.said) {
        const found = classify({ message, reason, ...(runtime && { runtime }), ...(image && { image }) });
        // The text alone does not know of a missing secret.
        const allowed = [
          record.class,
          'unknown',
          ...(record.class === 'pull-secret-missing' ? ['unauthorized'] : []),
        ];
        expect(allowed, message).toContain(found.class);
      }
    },
  );
});
