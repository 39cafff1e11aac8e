import { parseReference } from '../../core/image/index.ts';
import type { NodeConfigStep } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/** Nodes are sent to mirrors of the user's own configuration only, and images are those of the plan. */
export function vet(
  { settings, object, node }: NodeConfigStep,
  { images, hosts }: Allowed,
): string | undefined {
  if (object.kind === 'Node' && object.name !== node)
    return `it is about ${object.name}, and would change ${node}`;
  for (const { mirrors } of settings.registries) {
    const foreign = mirrors.find(({ server }) => !hosts.has(new URL(server).host));
    if (foreign !== undefined) return `${foreign.server} is none of the configured mirrors`;
  }
  const written = [
    ...(settings.pauseImage === undefined ? [] : [settings.pauseImage]),
    ...(settings.manifest?.images ?? []).map(({ after }) => after),
  ];
  const foreign = written.find((image) => !images.has(image) && !hosts.has(parseReference(image).registry));
  return foreign === undefined ? undefined : `${foreign} is not among the replacements`;
}
