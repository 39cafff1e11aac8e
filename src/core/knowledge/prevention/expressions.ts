import { otherHosts, repositoryName, tryParseReference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { mirrorHosts, prefixOf } from '../mirrors/index.ts';
import { celList, celMap, celString } from './cel.ts';
import { globPattern } from './glob-pattern.ts';
import type { PreventionRules } from './rules.ts';
import { schemeExpression } from './scheme-expression.ts';

/** A variable of a MutatingAdmissionPolicy (KEP-3962). */
export type Variable = { readonly name: string; readonly expression: string };

/** Every place of a pod that names an image; of the sub-resource only the containers that it may add. */
const named = [
  '!variables.whole ? [] :',
  "object.spec.containers.filter(c, has(c.image)).map(c, {'at': 'containers', 'name': string(c.name), 'image': string(c.image)})",
  "+ (has(object.spec.initContainers) ? object.spec.initContainers : []).filter(c, has(c.image)).map(c, {'at': 'initContainers', 'name': string(c.name), 'image': string(c.image)})",
  "+ (has(object.spec.volumes) ? object.spec.volumes : []).filter(v, has(v.image) && has(v.image.reference)).map(v, {'at': 'volumes', 'name': string(v.name), 'image': string(v.image.reference)})",
].join(' ');

const ephemeral =
  "(has(object.spec.ephemeralContainers) ? object.spec.ephemeralContainers : []).filter(c, has(c.image)).map(c, {'at': 'ephemeralContainers', 'name': string(c.name), 'image': string(c.image)})";

const part = '[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*';
/** github.com/distribution/reference, regexp.go; what is no image name is left to the kubelet's own words. */
const imageName = [
  `^(?:(?:[A-Za-z0-9.-]+|\\[[A-Fa-f0-9:]+\\])(?::[0-9]+)?/)?${part}(?:/${part})*`,
  '(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@[a-z0-9+._-]+:[0-9a-fA-F]{32,})?$',
].join('');

/** As `parseReference`: the first part is a host when it has a dot, a port or upper case, or is `localhost`. */
const hosted =
  "variables.named.map(n, {'at': n.at, 'name': n.name, 'image': n.image, 'first': n.image.contains('/') && n.image.split('/')[0].matches('[.:A-Z]|^localhost$') ? n.image.split('/')[0] : ''})";

const split = [
  'variables.hosted.map(n, {',
  "'at': n.at, 'name': n.name, 'image': n.image,",
  "'host': n.first == '' || n.first == 'index.docker.io' ? 'docker.io' : n.first,",
  "'rest': n.first == '' ? n.image : n.image.substring(size(n.first) + 1)",
  '})',
].join(' ');

/** As `sameRegistry`. */
const sameHosts = celMap(Object.entries(otherHosts));

const parted = [
  'variables.split.map(n, {',
  "'at': n.at, 'name': n.name, 'image': n.image, 'host': n.host,",
  `'same': n.host in ${sameHosts} ? ${sameHosts}[n.host] : n.host,`,
  "'repository': (n.host == 'docker.io' && !n.rest.contains('/') ? 'library/' : '') + n.rest.split('@')[0].split(':')[0],",
  "'ending': n.rest.substring(size(n.rest.split('@')[0].split(':')[0]))",
  '})',
].join(' ');

/** A list of names that CEL can still compile as one expression (100,000 characters) has room to spare. */
const namesPerVariable = 200;

/** The variables of the policy: from the pod to `moved`, the images that get another name. */
export function variables(rules: PreventionRules): readonly Variable[] {
  const known = knownVariables(rules);
  return [
    // Absent where there is none.
    { name: 'whole', expression: "!has(request.subResource) || request.subResource == ''" },
    {
      name: 'named',
      expression: `((${named}) + ${ephemeral}).filter(n, n.image.matches(${celString(imageName)}))`,
    },
    { name: 'hosted', expression: hosted },
    { name: 'split', expression: split },
    { name: 'parted', expression: parted },
    ...known,
    { name: 'placed', expression: placed(rules, known) },
    {
      name: 'moved',
      expression: "variables.placed.filter(m, m.mirror != '' && m.to != m.image)",
    },
  ];
}

function knownVariables({ known }: PreventionRules): readonly Variable[] {
  const all = [...known].map(([image, one]) => [image, `${one.mirror} ${one.with}`] as const);
  const parts: Variable[] = [];
  for (let at = 0; at < all.length; at += namesPerVariable) {
    parts.push({ name: `known${parts.length}`, expression: celMap(all.slice(at, at + namesPerVariable)) });
  }
  return parts;
}

/** Of each image `MIRROR NAME`, or nothing, then both apart. */
function placed(rules: PreventionRules, known: readonly Variable[]): string {
  const key = "i.host + '/' + i.repository + (i.ending == '' ? ':latest' : i.ending)";
  const conditions = [
    ...(onMirror(rules.mirrors) === '' ? [] : [`${onMirror(rules.mirrors)} ? ''`]),
    ...known.map(({ name }) => `${key} in variables.${name} ? variables.${name}[${key}]`),
    ...rules.whole.flatMap((mirror) => [
      ruleOf(mirror, 'i.host'),
      `i.same != i.host && ${ruleOf(mirror, 'i.same')}`,
    ]),
  ];
  const to = `${conditions.join(' : ')}${conditions.length === 0 ? '' : ' : '}''`;
  const both = `variables.parted.map(i, {'at': i.at, 'name': i.name, 'image': i.image, 'both': ${to}})`;
  return `${both}.map(i, {'at': i.at, 'name': i.name, 'image': i.image, 'mirror': i.both.split(' ')[0], 'to': i.both == '' ? '' : i.both.split(' ')[1]})`;
}

/** It stands on one of the mirrors already. */
function onMirror(mirrors: readonly Mirror[]): string {
  const name = "(i.host + '/' + i.repository)";
  const places = mirrors.flatMap((mirror) => {
    if (mirror.scheme === 'host-alias') return [`i.host in ${celList(mirrorHosts(mirror))}`];
    if (mirror.scheme === 'names') {
      const names = Object.values(mirror.names ?? {}).flatMap((it) => {
        const reference = tryParseReference(it);
        return reference === undefined ? [] : [repositoryName(reference)];
      });
      return [`${name} in ${celList(names)}`];
    }
    const prefix = prefixOf(mirror.at);
    return prefix === undefined ? [] : [`${name}.startsWith(${celString(prefix)})`];
  });
  return places.length === 0 ? '' : `(${places.join(' || ')})`;
}

/** `condition ? name` of one mirror. */
function ruleOf(mirror: Mirror, host: string): string {
  const said = schemeExpression(mirror);
  if (said === undefined) return "false ? ''";
  const name = `(${host} + '/' + i.repository)`;
  const patterns = mirror.match.map((glob) => globPattern(glob) ?? '$.');
  const fits = patterns.includes('^.*$') ? 'true' : `${name}.matches(${celString(patterns.join('|'))})`;
  const inTerms = (expression: string): string => expression.replaceAll('i.host', host);
  const when = said.when === undefined ? '' : ` && ${inTerms(said.when)}`;
  return `(${fits}${when}) ? ${celString(`${mirror.name} `)} + ${inTerms(said.name)} + i.ending`;
}
