import type { Candidate, Probe, Supply } from '../../../../core/model/index.ts';
import { platformNames, shortDigest } from './copies.ts';
import { originalText } from '../original.ts';
import type { Page } from '../page.ts';
import { labelled, rowIndent, row, indented } from '../rows.ts';
import { wrap } from '../wrap.ts';

/** What `find` found: the origin's answer, then each mirror's, best first. */
export function supplyScreen(supply: Supply, page: Page): readonly string[] {
  const { m, paint } = page;
  const lines = [...wrap(supply.image, page.width).map(paint.strong), ''];
  lines.push(...row(m.registry.labels.origin, probeText(supply.origin, page), page));
  const { original } = supply;
  if (original !== undefined) {
    const answer = probeText(original.probe, page);
    lines.push(...row(m.registry.labels.is, `${originalText(original, page)}\n${answer}`, page));
  }
  const copies = supply.candidates.flatMap((candidate) => ['', ...copyBlock(candidate, page)]);
  const none = supply.candidates.some((candidate) => candidate.usable) ? [] : ['', m.registry.noUsable];
  return [...lines, ...copies, ...none];
}

function copyBlock(candidate: Candidate, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const state = candidate.usable ? paint.good(m.registry.usable) : paint.doubtful(m.registry.notUsable);
  const reference = wrap(candidate.reference, width - rowIndent);
  return [
    ...labelled(m.registry.labels.copy, indented(reference)),
    ...indented([`${candidate.mirror} · ${state}`]),
    ...indented(wrap(probeText(candidate.probe, page), width - rowIndent)),
    ...(candidate.probe.outcome === 'works'
      ? indented(wrap(sameText(candidate, page), width - rowIndent))
      : []),
  ];
}

function probeText(probe: Probe, { m }: Page): string {
  if (probe.outcome === 'works') {
    return [shortDigest(probe.digest), platformNames(probe.platforms)].filter(Boolean).join(' · ');
  }
  return m.words.labelled(m.problems.outcome[probe.outcome], probe.detail);
}

function sameText({ identity, comparedWith, missingPlatforms }: Candidate, { m }: Page): string {
  const { registry, problems } = m;
  const what = comparedWith === undefined ? '' : registry.comparedWith[comparedWith];
  const texts = {
    same: registry.sameAs(what),
    different: registry.differsFrom(what),
    unverified: registry.unverified,
  };
  const lacks = missingPlatforms.length === 0 ? [] : [problems.lacks(platformNames(missingPlatforms))];
  return [texts[identity], ...lacks].join(' · ');
}
