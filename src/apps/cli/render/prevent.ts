import { apiVersion } from '../../../core/model/index.ts';
import type { Document, Prevention, PreventResult, RemovalResult } from '../../../flows/index.ts';
import type { Page } from './page.ts';
import { wrap } from './wrap.ts';

/** Rows on a screen; all of them stand in `-o json`. */
const maxRows = 40;

/** What the policy would do to the pods that exist. */
export function preventionScreen(prevention: Prevention, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const { images, kept, inexpressible, secrets } = prevention;
  const pods = images.reduce((sum, one) => sum + one.pods, 0);
  const rows = images
    .slice(0, maxRows)
    .flatMap((one) => wrap(m.prevent.row(one.image, one.with, one.pods), width));
  const whys = (['on-mirror', 'no-copy', 'excluded'] as const).flatMap((why) => {
    const count = kept.filter((one) => one.why === why).length;
    return count === 0 ? [] : [m.prevent.kept[why](count)];
  });
  const whole = [...new Set(images.filter(({ by }) => by === 'whole').map(({ mirror }) => mirror))];
  return [
    paint.strong(m.prevent.title(images.length, pods)),
    ...rows,
    ...(images.length > maxRows ? ['…'] : []),
    ...whole.flatMap((mirror) => wrap(m.prevent.whole(mirror), width)),
    ...(whys.length === 0 ? [] : wrap(`${m.prevent.keptTitle} ${m.words.list(whys)}`, width)),
    ...inexpressible.flatMap(({ mirror }) => wrap(m.prevent.inexpressible(mirror), width)),
    ...secrets.flatMap(({ name, missingIn }) =>
      missingIn.length === 0 ? [] : wrap(m.prevent.secret(name, m.words.list(missingIn)), width),
    ),
  ];
}

/** How it ended. */
export function preventionEnd({ outcome, proof }: PreventResult, page: Page): readonly string[] {
  const { m, program, width } = page;
  const said = {
    unchanged: m.prevent.unchanged,
    'dry-run': m.prevent.dryRun,
    declined: m.prevent.declined,
    applied: m.prevent.applied,
  }[outcome];
  const proved =
    proof === undefined
      ? []
      : proof === 'forbidden'
        ? [m.prevent.unasked]
        : [(proof.holds ? m.prevent.proved : m.prevent.unproved)(proof.image, proof.given)];
  const away = outcome === 'applied' ? [m.prevent.takeAway(`${program} prevent --remove`)] : [];
  return [said, ...proved, ...away].flatMap((text) => wrap(text, width));
}

export function removalEnd({ outcome }: RemovalResult, { m }: Page): readonly string[] {
  const said = {
    removed: m.prevent.removed,
    absent: m.prevent.absent,
    'dry-run': m.prevent.dryRunRemove,
    declined: m.prevent.declined,
  };
  return [said[outcome]];
}

/** `prevent -o json`; `objects` is what kubectl takes. */
export function preventionDocument(result: PreventResult | RemovalResult): Document {
  return { apiVersion, kind: 'PreventionReport', ...result } as unknown as Document;
}
