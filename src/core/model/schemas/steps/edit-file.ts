import * as z from 'zod';
import { count, text } from '../values.ts';
import { common } from './common.ts';

export const fileEditSchema = z
  .object({ file: text, line: count, column: count, offset: count, length: count, before: text, after: text })
  .readonly();

export const editFileStepSchema = z
  .object({
    ...common,
    kind: z.literal('edit-file'),
    file: text,
    /** sha256 of the file's bytes as read. */
    sha256: text,
    edits: z.array(fileEditSchema).min(1).readonly(),
  })
  .readonly();
/** Replaces image strings in a file, byte for byte nothing else. */
export type EditFileStep = z.infer<typeof editFileStepSchema>;
