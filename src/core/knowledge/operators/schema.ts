import * as z from 'zod';
import { isRepositoryGlob } from '../../image/index.ts';

/** `prometheus-operator`: stable, and the name of the file that tells of it. */
const name = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is no lower-case name');
const text = z.string().min(1);
/** Names of objects; `*` stands for any letters. */
const objectGlob = z.string().regex(/^[a-z0-9*]([a-z0-9.*-]*[a-z0-9*])?$/, 'is no name of objects');
const repository = z.string().refine(isRepositoryGlob, 'is no repository');
const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).readonly();

/**
 * Which part of an image's name a field holds; without it the whole name. `registry` stands before the path and may
 * itself have one, `prefix` is all before the last part (`name`), `list` is a text with several whole names in it.
 */
const imageParts = ['registry', 'repository', 'name', 'tag', 'digest', 'prefix', 'list'] as const;

/** Where an image is decided: exactly one of these. */
const placeSchema = z.union([
  z
    .strictObject({
      /** JSON pointer in a custom resource; `*` stands for any place of a list or any key. */
      field: z.string().regex(/^(\/[^/]+)+$/, 'is no JSON pointer'),
      group: z.string(),
      kind: text,
      part: z.enum(imageParts).exactOptional(),
    })
    .readonly(),
  /** Of the program that runs as the controller: `--prometheus-config-reloader`. */
  z
    .strictObject({ flag: z.string().regex(/^--?[a-zA-Z0-9]/), part: z.enum(imageParts).exactOptional() })
    .readonly(),
  z
    .strictObject({
      env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
      part: z.enum(imageParts).exactOptional(),
    })
    .readonly(),
  z
    .strictObject({
      configMap: objectGlob,
      key: text,
      /** JSON pointer in the YAML or JSON that the key holds. */
      path: z.string().startsWith('/').exactOptional(),
      part: z.enum(imageParts).exactOptional(),
    })
    .readonly(),
]);
export type ImagePlace = z.infer<typeof placeSchema>;

const imageSchema = z
  .strictObject({
    /** The repository that pods get when nobody sets another one: `quay.io/prometheus/prometheus`, or a glob. */
    of: repository,
    /** The container that it stands in. */
    container: text.exactOptional(),
    at: placeSchema,
    /** The controller reads it only when it starts. */
    restarts: z.boolean().exactOptional(),
  })
  .readonly();
export type OperatorImage = z.infer<typeof imageSchema>;

export const operatorSchema = z
  .strictObject({
    name,
    title: text,
    /** The versions that were looked at, e.g. `>=0.50`. */
    versions: text,
    /** Files of the project in which this is written. */
    sources: list(z.url({ protocol: /^https$/ })),
    /** The programs that do the work. */
    controllers: list(
      z
        .strictObject({
          kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']),
          names: list(objectGlob),
          /** Usual ones; any other is looked into as well. */
          namespaces: list(objectGlob).exactOptional(),
          /** Its name says too little elsewhere: `controller`. */
          only: z.literal(true).exactOptional(),
        })
        .readonly(),
    ),
    /** Kinds of custom resources that it carries out; none of those that only look at others' objects. */
    owns: z.array(z.strictObject({ group: text, kinds: list(text) }).readonly()).readonly(),
    /** Places that decide images. Of several for one image the first one wins. */
    images: list(imageSchema),
    /** Does it put back what somebody changes in the objects that it made. */
    reverts: z.enum(['always', 'on-change', 'never', 'unknown']),
  })
  .readonly();
/** What is known of a program that makes pods: where each of its images is decided. */
export type Operator = z.infer<typeof operatorSchema>;
