import { asObject, dig } from '../../../src/core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../src/core/model/index.ts';

/** `a=b,c!=d,e,!f,g in (x,y),h notin (z)` over an object's labels. */
export function labelsMatch(object: JsonObject, selector: string | null): boolean {
  const labels = asObject(dig(object, 'metadata', 'labels'));
  return requirements(selector).every((text) => {
    const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
    if (set !== null) {
      const [, key = '', operator, values = ''] = set;
      const isIn = values.split(',').some((value) => value.trim() === labels[key]);
      return operator === 'in' ? isIn : !isIn;
    }
    const pair = /^([^=!\s]+)\s*(==?|!=)\s*(.*)$/.exec(text);
    if (pair !== null) return (labels[pair[1] ?? ''] === pair[3]) === (pair[2] !== '!=');
    return text.startsWith('!') ? labels[text.slice(1)] === undefined : labels[text] !== undefined;
  });
}

/** `status.phase!=Failed,involvedObject.uid=…` over any field of the object. */
export function fieldsMatch(object: JsonObject, selector: string | null): boolean {
  return requirements(selector).every((text) => {
    const [, path = '', operator, value = ''] = /^([^=!]+)(==?|!=)(.*)$/.exec(text) ?? [];
    const found = dig(object, ...path.split('.'));
    return (String(found ?? '') === value) === (operator !== '!=');
  });
}

function requirements(selector: string | null): readonly string[] {
  if (selector === null || selector === '') return [];
  return selector.split(/,(?![^(]*\))/).map((text) => text.trim());
}
