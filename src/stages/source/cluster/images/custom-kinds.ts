import type { Kube } from '../../../../adapters/kube/index.ts';
import { asObjects, asText, dig, digText, type KindInfo } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../../core/model/index.ts';

/** A definition with its schema may have 1 MB; a page of these still fits in a reply. */
const definitionsPerPage = 50;

/** Kinds that only tell what somebody saw, e.g. the reports of Trivy and Kyverno: nothing is pulled from them. */
const tellsOnly = /Report$/;

/** Kinds of custom resources whose objects may name an image: their schema speaks of one, or leaves fields open. */
export async function customKindsWithImages(kube: Kube): Promise<readonly KindInfo[]> {
  const kinds: KindInfo[] = [];
  for await (const page of kube.pages('CustomResourceDefinition', { limit: definitionsPerPage })) {
    kinds.push(...page.flatMap((definition) => kindOf(definition) ?? []));
  }
  return kinds;
}

function kindOf({ spec }: JsonObject): KindInfo | undefined {
  const [group, kind, plural] = [
    digText(spec, 'group'),
    digText(spec, 'names', 'kind'),
    digText(spec, 'names', 'plural'),
  ];
  const served = asObjects(dig(spec, 'versions')).filter((version) => version.served === true);
  const version = served.find(({ storage }) => storage === true) ?? served[0];
  const name = asText(version?.name);
  if (group === undefined || kind === undefined || plural === undefined || name === undefined)
    return undefined;
  if (tellsOnly.test(kind) || !mayHoldImages(version?.schema)) return undefined;
  return {
    kind,
    plural,
    apiVersions: [`${group}/${name}`],
    names: [],
    namespaced: digText(spec, 'scope') === 'Namespaced',
  };
}

function mayHoldImages(schema: unknown): boolean {
  return /image|"x-kubernetes-preserve-unknown-fields":true/i.test(JSON.stringify(schema ?? ''));
}
