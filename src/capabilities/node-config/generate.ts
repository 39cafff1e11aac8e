import type { World } from '../../access/index.ts';
import {
  generated,
  generatedFiles,
  type GenerateFormat,
  type RuntimeKind,
  type Untold,
} from '../../core/node-config/index.ts';
import { wantedSettings, type NodeConfigOptions } from './wanted.ts';

export type Generated = { readonly text: string; readonly untold: readonly Untold[] };

/** The same settings for nodes that Ansible or cloud-init set up; asks no cluster. */
export async function generateNodeConfig(
  format: GenerateFormat,
  runtime: RuntimeKind,
  options: NodeConfigOptions,
  world: World,
): Promise<Generated> {
  const wanted = await wantedSettings(options, world);
  const { files, untold } = generatedFiles(runtime, wanted.settings);
  return { text: generated(format, runtime, files), untold: [...wanted.untold, ...untold] };
}
