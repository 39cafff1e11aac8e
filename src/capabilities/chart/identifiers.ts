import type { Render } from './render.ts';

/** Names, labels and selectors: the API server refuses an object in which they hold a slash. */
const identifier =
  /\/(?:metadata\/(?:name|namespace|labels\/[^/]+)|(?:labels|matchLabels|selector)\/[^/]+|(?:containers|initContainers|volumes)\/\d+\/name|serviceName)$/;
/** Roles have colons in their names. */
const valid = /^[\w.:-]{0,253}$/;
/** Labels hold no more (kubernetes.io/docs/concepts/overview/working-with-objects/labels). */
const label = /abels\/[^/]+$|\/selector\/[^/]+$/;
const validLabel = /^[\w.-]{0,63}$/;

/** Names and labels that were valid before, and are not after an override: their new texts. */
export function spoiltNames(before: Render, after: Render): readonly string[] {
  return [...after.values()].flatMap(({ key, value, strings }) => {
    const old = before.get(key);
    if (old === undefined || old.value === value) return [];
    return [...strings].flatMap(([path, text]) => {
      const was = old.strings.get(path);
      if (was === undefined || was === text || !identifier.test(path)) return [];
      const rule = label.test(path) ? validLabel : valid;
      return rule.test(was) && !rule.test(text) ? [text] : [];
    });
  });
}
