import { fieldEdit } from '../../core/edit/index.ts';
import { isMirrored } from '../../core/knowledge/mirrors/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import type {
  Mirror,
  MirrorSet,
  PolicyChange,
  PullPolicy,
  RewriteChange,
  SourceFile,
  Usage,
} from '../../core/model/index.ts';

/**
 * The pull policies that must change beside the images: where it was asked for, or where the mirror cannot bear a
 * pull at each start. Of containers whose image is replaced, or stands on a mirror already.
 */
export function policyEdits(
  {
    files,
    usages,
    mirrors,
    options,
  }: {
    readonly files: readonly SourceFile[];
    readonly usages: readonly Usage[];
    readonly mirrors: MirrorSet;
    readonly options: { readonly names: string; readonly pullPolicy?: PullPolicy };
  },
  changes: readonly RewriteChange[],
): readonly PolicyChange[] {
  const found: PolicyChange[] = [];
  if (options.names === 'origin') return found;
  const changed = new Map(changes.map((change) => [change.usage, change]));
  const texts = new Map(files.map((file) => [file.path, file.text]));
  for (const usage of usages) {
    const mirror = mirrorOf(usage, changed.get(usage), mirrors.mirrors);
    const wanted = mirror && (options.pullPolicy ?? (pullsAlways(usage) ? mirror.pullPolicy : undefined));
    const text = usage.position && texts.get(usage.position.file);
    if (wanted === undefined || usage.pullPolicy === wanted || !text || !usage.position) continue;
    const field = fieldNames[usage.place];
    if (field === undefined) continue;
    const edit = fieldEdit(text, usage.position, { beside: usage.path, key: field, value: wanted });
    if (edit !== undefined) found.push({ usage, edit });
  }
  return found;
}

/** An ephemeral container cannot be in a file that somebody applies. */
const fieldNames: Readonly<Partial<Record<Usage['place'], string>>> = {
  container: 'imagePullPolicy',
  initContainer: 'imagePullPolicy',
  imageVolume: 'pullPolicy',
};

function mirrorOf(
  usage: Usage,
  change: RewriteChange | undefined,
  mirrors: readonly Mirror[],
): Mirror | undefined {
  if (change?.mirror !== undefined) return mirrors.find(({ name }) => name === change.mirror);
  const reference = tryParseReference(usage.image);
  return reference && mirrors.find((mirror) => isMirrored(mirror, reference));
}

/** Without a policy an image is pulled at each start when its tag is `latest`, or missing. */
function pullsAlways({ pullPolicy, reference = '' }: Usage): boolean {
  return pullPolicy === undefined ? reference.endsWith(':latest') : pullPolicy === 'Always';
}
