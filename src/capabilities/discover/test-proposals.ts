import {
  formatReference,
  repositoryName,
  tryParseReference,
  type Reference,
} from '../../core/image/index.ts';
import {
  copyName,
  isOriginal,
  type MirrorEvidence,
  type PresetMirror,
  type ProposedMirror,
} from '../../core/knowledge/mirrors/index.ts';

/** What a registry said of a name; asked with HEAD, which counts as no pull. */
export type Answer = { readonly result: 'there' | 'absent' | 'no-answer'; readonly digest?: string };

type Asked = Extract<MirrorEvidence, { readonly fact: 'asked' }>;

type Ask = (reference: Reference) => Promise<Answer>;

/** Normalised names of originals that mirrors can be asked for. */
export type Samples = {
  /** Of pods that fail: what the mirror is needed for. */
  readonly wanted: readonly string[];
  /** Of pods that run, then what nodes keep, of whomever. */
  readonly others: readonly string[];
};

/** A public mirror allows few requests a minute, and a private one is somebody's too. */
const maxAsked = 2;

/**
 * Asks proposed mirrors for the images that are wanted, then for others that the names of the cluster did not show to be
 * there. The same digest as the original's makes certain; another one, or silence about all of them, less sure.
 */
export async function testProposals(
  proposals: readonly ProposedMirror[],
  samples: Samples,
  ask: Ask,
): Promise<readonly ProposedMirror[]> {
  const tested: ProposedMirror[] = [];
  for (const read of proposals) {
    const proposal = await settle(read, [...samples.wanted, ...samples.others], ask);
    tested.push(proposal.confidence === 'unsure' ? proposal : await testProposal(proposal, samples, ask));
  }
  return tested;
}

/** Where several readings are possible: the only one under whose name the mirror has an image. */
async function settle(
  proposal: ProposedMirror,
  originals: readonly string[],
  ask: Ask,
): Promise<ProposedMirror> {
  if (proposal.rivals.length === 0) return proposal;
  const { match: narrow, ...own } = proposal.mirror;
  const readings = [own, ...proposal.rivals];
  const telling = originals
    .flatMap((name) => tryParseReference(name) ?? [])
    .filter(isOriginal)
    .filter((original) => new Set(readings.map((it) => copyName(it, original))).size > 1);
  for (const original of telling.slice(0, maxAsked)) {
    const there: { mirror: PresetMirror; evidence: Asked }[] = [];
    for (const mirror of readings) {
      const mirrored = copyName(mirror, original);
      const copy = tryParseReference(mirrored ?? '');
      if (mirrored === undefined || copy === undefined) continue;
      const answer = await compare(copy, original, ask);
      const evidence: Asked = { fact: 'asked', mirrored, original: formatReference(original), answer };
      if (answer === 'same' || answer === 'there') there.push({ mirror, evidence });
    }
    const [only, second] = there;
    if (only === undefined || second !== undefined) continue;
    const hosts = [...(narrow ?? []), original.registry].map((glob) => glob.split('/', 1).join(''));
    return {
      mirror: {
        ...only.mirror,
        name: proposal.mirror.name,
        match: [...new Set(hosts)].map((it) => `${it}/**`),
      },
      confidence: only.evidence.answer === 'same' ? 'certain' : 'likely',
      evidence: [...proposal.evidence, only.evidence],
      rivals: [],
    };
  }
  return proposal;
}

async function testProposal(
  proposal: ProposedMirror,
  { wanted, others }: Samples,
  ask: Ask,
): Promise<ProposedMirror> {
  const shown = new Set(proposal.evidence.flatMap((it) => ('original' in it ? it.original : [])));
  const settled = new Set(proposal.evidence.flatMap((it) => (it.fact === 'asked' ? [it.original] : [])));
  // A node may have got an image by this name long ago: what is wanted is asked for all the same.
  const needed = new Set(wanted.filter((name) => !settled.has(name)));
  const samples = [...needed, ...others.filter((name) => !shown.has(name))]
    .flatMap((name) => tryParseReference(name) ?? [])
    .filter(isOriginal)
    .flatMap((original) => {
      const mirrored = copyName(proposal.mirror, original);
      return mirrored === undefined
        ? []
        : [
            {
              original,
              mirrored,
              isShown: shown.has(repositoryName(original)),
              isNeeded: needed.has(formatReference(original)),
            },
          ];
    })
    .toSorted((a, b) => Number(b.isNeeded) - Number(a.isNeeded) || Number(a.isShown) - Number(b.isShown));
  const asked: Asked[] = [];
  for (const { original, mirrored } of samples.slice(0, maxAsked)) {
    const copy = tryParseReference(mirrored);
    if (copy === undefined) continue;
    asked.push({
      fact: 'asked',
      mirrored,
      original: formatReference(original),
      answer: await compare(copy, original, ask),
    });
  }
  return {
    ...proposal,
    confidence: confidenceAfter(proposal, asked),
    evidence: [...proposal.evidence, ...asked],
  };
}

async function compare(copy: Reference, original: Reference, ask: Ask) {
  const found = await ask(copy);
  if (found.result !== 'there') return found.result;
  const origin = original.digest === undefined ? await ask(original) : { digest: original.digest };
  if (found.digest === undefined || origin.digest === undefined) return 'there';
  return found.digest === origin.digest ? 'same' : 'different';
}

function confidenceAfter(
  { confidence, evidence }: ProposedMirror,
  asked: readonly Asked[],
): ProposedMirror['confidence'] {
  const answers = asked.map(({ answer }) => answer);
  if (answers.includes('different')) return confidence === 'certain' ? 'likely' : 'unsure';
  if (answers.includes('same')) return 'certain';
  // Only a setting speaks for it, and what it should have is not there.
  const isTold = evidence.every(({ fact }) => fact === 'configured');
  return isTold && answers.length > 0 && answers.every((it) => it === 'absent') ? 'unsure' : confidence;
}
