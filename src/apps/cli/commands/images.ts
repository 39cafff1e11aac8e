import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { imageList } from '../render/documents.ts';
import { escapeHarmful, harmless } from '../render/harmless.ts';
import { explainedText, imagesScreen, references } from '../render/images.ts';
import type { Shell } from '../shell.ts';

export async function runImages(shell: Shell, paths: readonly string[], flags: Flags): Promise<ExitCode> {
  const mender = await shell.openMender({ type: 'files', paths });
  const files = await mender.images(paths);
  shell.progress.finish();
  const shown = harmless(files.map(({ usages, lookAlikes }) => ({ usages, lookAlikes })));
  if (shell.format === 'list') {
    shell.context.stdout.write(
      escapeHarmful(
        references(files)
          .map((it) => `${it}\n`)
          .join(''),
      ),
    );
  }
  if (flags.explain === undefined)
    shell.result(imagesScreen(shown, { brief: flags.quiet === true }, shell.page));
  else shell.result(explainedText(shown, flags.explain, shell.page));
  await shell.document(imageList(files));
  return exitCode.done;
}
