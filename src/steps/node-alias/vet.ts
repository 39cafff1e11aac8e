import { parseReference, runtimeName } from '../../core/image/index.ts';
import type { NodeAliasStep } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/** Nodes pull only copies that the plan names, and give them only names that pods of the step ask for. */
export function vet({ aliases, expect }: NodeAliasStep, { images, originals }: Allowed): string | undefined {
  // Without pods it is a person who names images.
  const asked =
    expect.length === 0
      ? (originals ?? new Set<string>())
      : new Set(expect.map(({ imageAfter }) => runtimeName(parseReference(imageAfter))));
  for (const { source, names } of aliases) {
    if (!images.has(source)) return `${source} is not among the replacements`;
    const foreign = names.find((name) => !asked.has(name));
    if (foreign !== undefined) return `${foreign} is no image that the step is for`;
  }
  return undefined;
}
