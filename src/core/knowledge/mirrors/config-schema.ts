import * as z from 'zod';
import type { ConfigRule } from './config-problem.ts';
import { isRepositoryGlob, tryParseReference } from '../../image/index.ts';
import { apiVersion, schemeNames } from '../../model/index.ts';
import { fillTemplate, placeholderNames, placeholdersOf } from './template.ts';

const kubernetesName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** A text under a rule; the rule's name is the message, its words stand in the error catalogue. */
function ruled(rule: ConfigRule, holds: (text: string) => boolean) {
  return z.string().refine(holds, { error: rule });
}

const host = ruled('alias', isHost);

const name = ruled('image-name', isName);

const credentialsSchema = z.union([
  z.enum(['anonymous', 'docker-config']),
  z.strictObject({ secretRef: ruled('secret-ref', isSecretRef) }),
]);

const mirrorSchema = z.strictObject({
  name: ruled('name', (text) => kubernetesName.test(text)),
  match: z.array(ruled('glob', isRepositoryGlob)).min(1).optional(),
  scheme: z.enum(schemeNames).optional(),
  at: ruled('at', isPlace).optional(),
  template: ruled('template', isTemplate).optional(),
  aliases: z.record(host, host).optional(),
  prefixes: z.record(host, ruled('prefix', isPrefix)).optional(),
  names: z.record(name, name).optional(),
  writable: z.boolean().default(false),
  credentials: credentialsSchema.default('anonymous'),
  nodesHaveCredentials: z.boolean().default(false),
  pullPolicy: z.enum(['IfNotPresent']).optional(),
  caFile: z.string().min(1).optional(),
  clientCertFile: z.string().min(1).optional(),
  clientKeyFile: z.string().min(1).optional(),
  plainHttp: z.boolean().default(false),
});

/** A MirrorSet as a person writes it. Strict: an unknown key is a mistake, not a wish for later. */
export const mirrorSetSchema = z.strictObject({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('MirrorSet'),
  mirrors: z.array(mirrorSchema),
});

export type WrittenMirror = z.infer<typeof mirrorSchema>;

/** Keys of the mapping at a path of the document, for suggestions. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(mirrorSetSchema.shape);
  return path.at(-1) === 'credentials' ? ['secretRef'] : Object.keys(mirrorSchema.shape);
}

function isHost(text: string): boolean {
  return /[.:]|^localhost$/.test(text) && !text.includes('/') && isPlace(text);
}

/** `host[:port][/path]`; the host must be one for Docker too, or the name would mean Docker Hub. */
function isPlace(text: string): boolean {
  const first = text.split('/', 1).join('');
  return /[.:]|^localhost$/.test(first) && tryParseReference(`${text}/x/x`) !== undefined;
}

/** A name without tag and digest. */
function isName(text: string): boolean {
  const reference = tryParseReference(text);
  return reference !== undefined && !text.includes('@') && !/:[^/]*$/.test(text);
}

/** What may stand before a repository's path: nothing, or the beginning of a name. */
function isPrefix(text: string): boolean {
  return tryParseReference(`m.example/${text}x`) !== undefined && !text.includes(':');
}

function isTemplate(text: string): boolean {
  const names = placeholdersOf(text);
  if (!names.every((name) => placeholderNames.includes(name))) return false;
  if (!names.includes('repository') && !names.includes('last')) return false;
  if (text.split('/', 1).join('').includes('{')) return false;
  const sample = {
    registry: 'docker.io',
    repository: 'library/x',
    tag: '1',
    digest: `sha256:${'0'.repeat(64)}`,
  };
  const filled = fillTemplate(text, sample);
  return (
    filled !== undefined && isPlace(text.split('/', 1).join('')) && tryParseReference(filled) !== undefined
  );
}

function isSecretRef(text: string): boolean {
  const parts = text.split('/');
  return parts.length === 2 && parts.every((part) => kubernetesName.test(part));
}
