import { apiVersion } from '../../../../core/model/index.ts';
import type { Document, PreflightReport } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';

export function preflightReport(
  { platforms, items, installers, advice, commands, notes: left }: PreflightReport,
  { program, m }: Page,
): Document {
  return {
    apiVersion,
    kind: 'PreflightReport',
    platforms,
    items,
    installers: installers.map(({ notes, ...installer }) => ({
      ...installer,
      notes: notes.map(({ note, value }) => ({ note, message: m.preflight.notes[note](value) })),
    })),
    advice,
    commands: commands.map((line) => `${program} ${line}`),
    notes: left.length === 0 ? undefined : left,
  };
}
