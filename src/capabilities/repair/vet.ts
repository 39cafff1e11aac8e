import { runtimeName, tryParseReference } from '../../core/image/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { mirrorHosts } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, RepairPlan, Step } from '../../core/model/index.ts';
import { vetStep, type Allowed } from '../../steps/index.ts';

/** Control characters, and those that turn the direction of writing: on a screen a name would look like another one. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u0080-\u009F\u202A-\u202E\u2066-\u2069]/;

/**
 * Looks a plan through that comes from a file: somebody may have edited it. A step may change only what its kind
 * changes, and write only images that are among the replacements.
 *
 * Errors: PM_PLAN_INVALID.
 *
 * @param mirrors those of the user's configuration: nodes are sent to no other.
 */
export function vetPlan(plan: RepairPlan, mirrors: readonly Mirror[]): void {
  const { steps, replacements } = plan.spec;
  const problem =
    (unprintable.test(strings(plan)) ? 'it holds control characters' : undefined) ??
    ids(steps) ??
    order(steps);
  if (problem !== undefined) throw new PullmendError('PM_PLAN_INVALID', { problem });
  const allowed: Allowed = {
    images: new Set(
      replacements.flatMap(({ with: name, digest }) =>
        digest === undefined || name.includes('@') ? [name] : [name, `${name}@${digest}`],
      ),
    ),
    originals: new Set(
      replacements.flatMap(({ image }) => {
        const reference = tryParseReference(image);
        return reference === undefined ? [] : [runtimeName(reference)];
      }),
    ),
    hosts: new Set(mirrors.flatMap(mirrorHosts)),
  };
  for (const step of steps) {
    const found = vetStep(step, allowed);
    if (found !== undefined) throw new PullmendError('PM_PLAN_INVALID', { problem: `${step.id}: ${found}` });
  }
}

/** All texts of a plan, as they are and not as JSON would escape them. */
function strings(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, one]) => key + strings(one))
    .join('\n');
}

function ids(steps: readonly Step[]): string | undefined {
  const seen = new Set<string>();
  for (const { id } of steps) {
    if (seen.has(id)) return `two steps are called ${id}`;
    seen.add(id);
  }
  return undefined;
}

/** What a step needs must come before it, so there are no circles either. */
function order(steps: readonly Step[]): string | undefined {
  const before = new Set<string>();
  for (const { id, needs } of steps) {
    const missing = needs.find((need) => !before.has(need));
    if (missing !== undefined) return `${id} needs ${missing}, which does not come before it`;
    before.add(id);
  }
  return undefined;
}
