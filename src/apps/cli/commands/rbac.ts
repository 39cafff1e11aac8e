import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { rbacUses } from '../../../core/model/index.ts';
import { rbacFor } from '../../../flows/index.ts';
import type { Flags } from '../flags/flags.ts';
import { writeOut } from '../out-file.ts';
import { readPlan } from '../plan-file.ts';
import { shellWord } from '../render/names.ts';
import { serialize } from '../render/serialize.ts';
import type { Shell } from '../shell.ts';

export async function runRbac(shell: Shell, _: readonly string[], flags: Flags): Promise<ExitCode> {
  const { m, context } = shell;
  const { namespace, allNamespaces = false, for: forUse = [], plan: file, out } = flags;
  if (file === undefined && forUse.length === 0) throw shell.usageError(m.rbac.forWhat(rbacUses.join(', ')));
  if (forUse.length > 0 && (namespace === undefined) !== allNamespaces) throw shell.usageError(m.rbac.where);
  const account = `system:serviceaccount:${namespace ?? 'default'}:pullmend`;
  const manifests = await rbacFor({
    uses: rbacUses.filter((use) => forUse.includes(use)),
    subject: flags.subject ?? account,
    ...(file === undefined ? {} : { plan: await readPlan(context, file) }),
    ...(namespace === undefined ? {} : { namespace }),
  });
  const list = { apiVersion: 'v1', kind: 'List', items: manifests };
  const isJson = shell.format === 'json' || out?.endsWith('.json') === true;
  const text = await serialize(list, isJson ? 'json' : 'yaml', { exact: 'all' });
  if (out === undefined) {
    context.stdout.write(text);
    return exitCode.done;
  }
  await writeOut(shell, out, text);
  shell.result([m.rbac.written(out), `  kubectl apply -f ${shellWord(out)}`]);
  return exitCode.done;
}
