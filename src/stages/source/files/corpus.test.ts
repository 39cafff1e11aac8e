import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { isDirect } from '../../../core/model/index.ts';
import { manifestsBelow } from './list-manifests.ts';

/** Real install files with every image in them, which are not part of this repository. */
const corpus = new URL('../../../../../shared/corpus/manifests/', import.meta.url);

type Expected = {
  readonly files: readonly {
    readonly file: string;
    readonly images: readonly { readonly image: string; readonly pulled: string; readonly path: string }[];
  }[];
};

type Score = { wanted: number; found: number; wrong: number };

describe.skipIf(!existsSync(corpus))('the corpus of install files', () => {
  test('direct images: all and nothing else; indirect: 95 % found, 2 % false', async () => {
    const direct: Score = { wanted: 0, found: 0, wrong: 0 };
    const indirect: Score = { wanted: 0, found: 0, wrong: 0 };
    const faults: string[] = [];
    for (const folder of readdirSync(corpus)) {
      const at = new URL(`${folder}/`, corpus);
      const text = readFileSync(new URL('expected-images.json', at), 'utf8');
      for (const { file, images } of (JSON.parse(text) as Expected).files) {
        const [found] = (await manifestsBelow([fileURLToPath(new URL(file, at))])).files;
        // Named twice in one text of a ConfigMap, an image is listed once in the corpus.
        const usages = Map.groupBy(found?.usages ?? [], ({ path, image }) => `${path} ${image}`);
        const firsts = (found?.usages ?? []).filter(
          (usage) =>
            !usage.place.startsWith('configMap') || usages.get(`${usage.path} ${usage.image}`)?.[0] === usage,
        );
        const seen = firsts.map(({ image, place }) => ({ image, direct: isDirect(place) }));
        for (const score of [direct, indirect]) {
          const wanted = images.filter(({ pulled }) => (pulled === 'direct') === (score === direct));
          const left = seen.filter((it) => it.direct === (score === direct)).map(({ image }) => image);
          for (const { image, path } of wanted) {
            const index = left.indexOf(image);
            if (index < 0) faults.push(`missed ${folder}/${file} ${path} ${image}`);
            else left.splice(index, 1);
          }
          score.wanted += wanted.length;
          score.found +=
            wanted.length - faults.filter((it) => it.startsWith(`missed ${folder}/${file}`)).length;
          score.wrong += left.length;
          faults.push(...left.map((image) => `wrong ${folder}/${file} ${image}`));
        }
      }
    }
    process.stdout.write(`${JSON.stringify({ direct, indirect })}\n${faults.join('\n')}`);
    expect(direct).toMatchObject({ found: direct.wanted, wrong: 0 });
    expect(indirect.found / indirect.wanted).toBeGreaterThanOrEqual(0.95);
    expect(indirect.wrong / indirect.wanted).toBeLessThanOrEqual(0.02);
  });
});
