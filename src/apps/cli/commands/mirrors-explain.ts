import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { parseReference } from '../../../core/image/index.ts';
import { requireMirrors } from '../config-path.ts';
import { namesOn, namingDocument, namingScreen } from '../render/mirrors/naming.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

/** How each mirror names the images, by rule alone. */
export async function runMirrorsExplain(shell: Shell, images: readonly string[]): Promise<ExitCode> {
  const references = images.map((image) => parseReference(image));
  const mender = await shell.openMender();
  shell.progress.finish();
  requireMirrors(shell, mender);
  const naming = namesOn(mender.mirrors.mirrors, references);
  shell.result(namingScreen(harmless(naming), shell.page));
  await shell.document(() => namingDocument(naming));
  return exitCode.done;
}
