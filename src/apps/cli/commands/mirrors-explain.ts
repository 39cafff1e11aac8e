import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { parseReference } from '../../../core/image/index.ts';
import { configPath } from '../config-path.ts';
import { namesOn, namingDocument, namingScreen } from '../render/naming.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

/** How each mirror names the images, by rule alone. */
export async function runMirrorsExplain(shell: Shell, images: readonly string[]): Promise<ExitCode> {
  const references = images.map((image) => parseReference(image));
  const { mirrors } = await shell.openMender();
  shell.progress.finish();
  if (mirrors.mirrors.length === 0) throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
  const naming = namesOn(mirrors.mirrors, references);
  shell.result(namingScreen(harmless(naming), shell.page));
  await shell.document(namingDocument(naming));
  return exitCode.done;
}
