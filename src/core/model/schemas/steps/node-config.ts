import * as z from 'zod';
import { list, nameText, text } from '../values.ts';
import { common } from './common.ts';

/** Files of a node are named from its root. */
const nodePath = z.string().regex(/^\/[^\0\n]*$/);
const sum = z.string().regex(/^[0-9a-f]{64}$/);

const nodeMirrorSchema = z
  .object({
    name: nameText,
    /** `https://harbor.corp`, without a path. */
    server: z.string().regex(/^https?:\/\/[^/\s"'\\]+$/),
    /** In front of the repository, or of what is left of it behind `below`, e.g. `proxy`; empty for none. */
    path: z.string().regex(/^[^\s"'\\]*$/),
    /** The part of the registry's repositories that it serves, e.g. `library`; absent for all. */
    below: text.exactOptional(),
    /** PEM of the authority of its certificate. */
    ca: text.exactOptional(),
  })
  .readonly();
/** A server that a node asks for the images of a registry. */
export type NodeMirror = z.infer<typeof nodeMirrorSchema>;

const registryMirrorsSchema = z
  .object({ registry: z.string().regex(/^[\w.-]+(:\d+)?$/), mirrors: list(nodeMirrorSchema) })
  .readonly();
/** A registry of images' names, and the servers that are asked for them first, in this order. */
export type RegistryMirrors = z.infer<typeof registryMirrorsSchema>;

const nodeSettingsSchema = z
  .object({
    registries: list(registryMirrorsSchema),
    /** The image of pod sandboxes. */
    pauseImage: z
      .string()
      .regex(/^[^\s"'\\]+$/)
      .exactOptional(),
    /** The manifest of a static pod, and images in it that become others. */
    manifest: z
      .object({ path: nodePath, images: list(z.object({ before: nameText, after: nameText }).readonly()) })
      .readonly()
      .exactOptional(),
  })
  .readonly();
/** What a node is to be told. */
export type NodeSettings = z.infer<typeof nodeSettingsSchema>;

/** `reload`: the service reads its settings anew without an end of anything. */
const nodeRestarts = ['none', 'reload', 'restart'] as const;
export type NodeRestart = (typeof nodeRestarts)[number];

export const nodeConfigStepSchema = z
  .object({
    ...common,
    kind: z.literal('node-config'),
    node: nameText,
    /** What the node is told; the files follow from it and from what stands in them. */
    settings: nodeSettingsSchema,
    files: z
      .array(
        z
          .object({
            path: nodePath,
            /** sha256 of what is there; absent: there is no such file. */
            before: sum.exactOptional(),
            after: sum,
            /** Lines that go and come, as a unified diff has them; no secret. */
            lines: list(text),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    /** Folders that the files bring with them, innermost first. */
    folders: list(nodePath),
    restart: z.enum(nodeRestarts),
  })
  .readonly();
/** Writes settings of a node's runtime, or an image of a static pod's manifest. */
export type NodeConfigStep = z.infer<typeof nodeConfigStepSchema>;
