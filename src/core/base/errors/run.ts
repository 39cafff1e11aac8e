import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Shows an object that is named `Kind/namespace/name`. */
function kubectlGet(object: string): string {
  const [kind = '', second = '', name] = object.split('/');
  const where = name === undefined ? '' : ` -n ${second}`;
  return `kubectl get ${kind.toLowerCase()}/${name ?? second}${where} -o yaml`;
}

/** Errors of applying, verifying and undoing. */
export const runErrors = {
  PM_CHANGED_SINCE_PLAN: spec<{ object: string; path: string; found: string; expected: string }>(
    exitCode.failuresLeft,
    'you',
    {
      en: (p) => ({
        what: `${p.object} was changed after the plan was made: ${p.path} is ${p.found}, not ${p.expected}`,
        do: 'make a new plan: pullmend plan',
      }),
      zh: (p) => ({
        what: `${p.object} 在生成方案之后被改动：${p.path} 现在是 ${p.found}，不是 ${p.expected}`,
        do: '重新生成方案：pullmend plan',
      }),
    },
  ),
  PM_REPLACED_SINCE_PLAN: spec<{ object: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.object} is not the object that was planned for: it was deleted and created again`,
      do: 'make a new plan: pullmend plan',
    }),
    zh: (p) => ({
      what: `${p.object} 已不是方案中的那个对象：它被删除后重新创建了`,
      do: '重新生成方案：pullmend plan',
    }),
  }),
  PM_COPY_MOVED: spec<{ copy: string; planned: string; found: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.copy} is another image than when the plan was made: ${p.found}, not ${p.planned}`,
      likely: 'its tag was moved on the mirror',
      do: 'make a new plan and look at what it says of the copy: pullmend plan',
    }),
    zh: (p) => ({
      what: `${p.copy} 已不是生成方案时的镜像：现在是 ${p.found}，不是 ${p.planned}`,
      likely: '镜像源上的 tag 被移动了',
      do: '重新生成方案，并查看其中对副本的说明：pullmend plan',
    }),
  }),
  PM_COPY_GONE: spec<{ copy: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.copy} is not there any more, so nothing was changed`,
      do: 'make a new plan: pullmend plan --out FILE',
    }),
    zh: (p) => ({
      what: `${p.copy} 已不存在，因此没有做任何改动`,
      do: '请重新生成方案：pullmend plan --out FILE',
    }),
  }),
  PM_COPY_UNVERIFIED: spec<{ image: string; copy: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `the plan replaces ${p.image} by ${p.copy}, which is known to be another image`,
      do: 'if it is what you want: pullmend apply FILE --allow-unverified',
    }),
    zh: (p) => ({
      what: `方案用 ${p.copy} 替换 ${p.image}，而已知它是另一个镜像`,
      do: '如果确实要用它：pullmend apply FILE --allow-unverified',
    }),
  }),
  PM_FILE_CHANGED: spec<{ file: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.file} was changed after the plan was made`,
      do: `make a new plan: pullmend plan -f ${p.file}`,
    }),
    zh: (p) => ({ what: `${p.file} 在生成方案之后被改动`, do: `重新生成方案：pullmend plan -f ${p.file}` }),
  }),
  PM_NOT_GONE: spec<{ object: string; seconds: number; held?: readonly string[] }>(
    exitCode.failuresLeft,
    'cluster',
    {
      en: (p) => ({
        what: `${p.object} is still there ${p.seconds} s after its deletion`,
        likely: isHeld(p.held)
          ? `the finalizer ${p.held.join(', ')} holds it: who set it has to take it away`
          : 'its pods are still ending, or their node does not answer',
        do: `${kubectlGet(p.object)} | grep -A3 finalizers\npullmend undo   (waits for the end and makes it again)`,
      }),
      zh: (p) => ({
        what: `${p.object} 删除 ${p.seconds} 秒后仍然存在`,
        likely: isHeld(p.held)
          ? `被 finalizer ${p.held.join('、')} 卡住：需由设置它的程序移除`
          : '它的 Pod 仍在终止，或所在节点无响应',
        do: `${kubectlGet(p.object)} | grep -A3 finalizers\npullmend undo（等待删除结束并重新创建）`,
      }),
    },
  ),
  PM_BEING_DELETED: spec<{ object: string; held: readonly string[] }>(exitCode.failuresLeft, 'cluster', {
    en: (p) => ({
      what: `${p.object} is still being deleted`,
      ...(isHeld(p.held) ? { likely: `it waits for ${p.held.join(', ')}` } : {}),
      do: 'wait until it is gone, then run the command again',
    }),
    zh: (p) => ({
      what: `${p.object} 仍在删除中`,
      ...(isHeld(p.held) ? { likely: `正在等待 ${p.held.join('、')}` } : {}),
      do: '等它消失后重新执行命令',
    }),
  }),
  PM_HELD_BY_FINALIZER: spec<{ object: string; held: readonly string[] }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.object} was not deleted to be made anew: the finalizer ${p.held.join(', ')} would hold it`,
      likely: 'another program wants to do something first; whether it runs cannot be tried',
      do: 'delete and create the object yourself, or take the finalizer away if nobody needs it',
    }),
    zh: (p) => ({
      what: `没有删除并重建 ${p.object}：finalizer ${p.held.join('、')} 会卡住它`,
      likely: '有其他程序要先处理它；该程序是否在运行无法事先验证',
      do: '请自行删除并重建该对象，或在确认无人需要时移除 finalizer',
    }),
  }),
  PM_REPLACEMENT_OPEN: spec<{ object: string }>(exitCode.interrupted, 'you', {
    en: (p) => ({
      what: `interrupted while ${p.object} was being replaced: its deletion was asked for, the new one is not there yet`,
      do: 'pullmend undo   (waits for the end of the deletion and makes it again as it was)',
    }),
    zh: (p) => ({
      what: `替换 ${p.object} 时被中断：已请求删除，新对象尚未创建`,
      do: 'pullmend undo（等待删除结束并按原样重新创建）',
    }),
  }),
  PM_OBJECT_LOST: spec<{ object: string; refused: string; reason: string }>(
    exitCode.failuresLeft,
    'cluster',
    {
      en: (p) => ({
        what: `${p.object} was deleted, its replacement was refused (${p.refused}), and it could not be put back: ${p.reason}`,
        likely:
          "the cluster's admission changed its answer since the trial; the record holds the object whole",
        do: 'pullmend undo   (makes it again as it was)',
      }),
      zh: (p) => ({
        what: `${p.object} 已删除，新对象被拒绝（${p.refused}），且无法恢复原对象：${p.reason}`,
        likely: '集群准入控制的结果与试运行时不同；运行记录中保存了完整对象',
        do: 'pullmend undo（按原样重新创建）',
      }),
    },
  ),
  PM_STEP_SKIPPED: spec<{ step: string; needs: string }>(exitCode.failuresLeft, 'pullmend', {
    en: (p) => ({ what: `step ${p.step} was left out because step ${p.needs} did not succeed` }),
    zh: (p) => ({ what: `步骤 ${p.step} 被跳过，因为它依赖的步骤 ${p.needs} 没有成功` }),
  }),
  PM_PLAN_INVALID: spec<{ problem: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `this is not a plan that can be carried out: ${p.problem}`,
      likely: 'it was edited by hand, or written by another version',
      do: 'make a new one: pullmend plan --out FILE',
    }),
    zh: (p) => ({
      what: `这不是可以执行的方案：${p.problem}`,
      likely: '方案被手工改过，或由其他版本生成',
      do: '请重新生成：pullmend plan --out FILE',
    }),
  }),
  PM_RUN_INTERRUPTED: spec<{ changed: string; open: string; run: string }>(exitCode.interrupted, 'you', {
    en: (p) => ({
      what: `interrupted: ${whatHolds.en(p)}`,
      do: `take it back with pullmend undo ${p.run}`,
    }),
    zh: (p) => ({
      what: `已中断：${whatHolds.zh(p)}`,
      do: `撤销：pullmend undo ${p.run}`,
    }),
  }),
  PM_RUN_CUT: spec<{ changed: string; open: string; run: string; reason: string }>(
    exitCode.noAccess,
    'network',
    {
      en: (p) => ({
        what: `the run was cut off: ${p.reason}; ${whatHolds.en(p)}`,
        do: `once the API server answers, take it back: pullmend undo ${p.run}`,
      }),
      zh: (p) => ({
        what: `运行中途断开：${p.reason}；${whatHolds.zh(p)}`,
        do: `API 服务器恢复后可撤销：pullmend undo ${p.run}`,
      }),
    },
  ),
  PM_RUNS_SINCE_PLAN: spec<{ object: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.object} was not deleted: it runs, or did its work, since the plan was made`,
      do: 'make a new plan; what runs is asked one by one',
    }),
    zh: (p) => ({
      what: `未删除 ${p.object}：制定方案之后它已开始运行或已完成`,
      do: '请重新制定方案；正在运行的对象会逐个询问',
    }),
  }),
  PM_PLAN_FOR_OTHER_CLUSTER: spec<{ planned: string; connected: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `the plan is for ${p.planned}, but this is ${p.connected}`,
      do: 'choose the cluster with --context, or make a new plan',
    }),
    zh: (p) => ({
      what: `方案针对 ${p.planned}，但当前集群是 ${p.connected}`,
      do: '用 --context 选择集群，或重新生成方案',
    }),
  }),
  PM_TOO_MANY_CHANGES: spec<{
    changes: number;
    most: number;
    objects: readonly { readonly object: string; readonly changes: number; readonly pods: number }[];
    more: number;
    namespaces: readonly { readonly name: string; readonly changes: number }[];
  }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `nothing was changed: the plan has ${p.changes} changes, --max-changes allows ${p.most}; those that most running pods depend on: ${[
        ...p.objects.map(
          (it) => `${it.object} (${it.pods === 0 ? 'no running pod' : `running pods: ${it.pods}`})`,
        ),
        ...(p.more > 0 ? [`and ${p.more} more objects`] : []),
      ].join(', ')}`,
      likely: `by namespace: ${p.namespaces.map((it) => `${it.name} ${it.changes}`).join(', ')}`,
      do: `do a part of it: --only namespace=${p.namespaces[0]?.name ?? 'NAME'}, --only image=NAME or --only kind=KIND/NAME; or allow it: --max-changes ${p.changes}`,
    }),
    zh: (p) => ({
      what: `未作任何改动：方案有 ${p.changes} 处改动，--max-changes 只允许 ${p.most} 处；涉及运行中 Pod 最多的对象：${[
        ...p.objects.map(
          (it) => `${it.object}（${it.pods === 0 ? '无运行中的 Pod' : `运行中的 Pod：${it.pods} 个`}）`,
        ),
        ...(p.more > 0 ? [`另有 ${p.more} 个对象`] : []),
      ].join('、')}`,
      likely: `按命名空间：${p.namespaces.map((it) => `${it.name} ${it.changes} 处`).join('、')}`,
      do: `只做一部分：--only namespace=${p.namespaces[0]?.name ?? 'NAME'}、--only image=NAME 或 --only kind=KIND/NAME；或放宽限制：--max-changes ${p.changes}`,
    }),
  }),
  PM_SECRET_NAME_TAKEN: spec<{ object: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `${p.object} exists and was not made by pullmend`,
      do: 'rename or delete it, or point credentials.secretRef of the mirror at it',
    }),
    zh: (p) => ({
      what: `${p.object} 已存在，且不是 pullmend 创建的`,
      do: '改名或删除它，或让镜像站的 credentials.secretRef 指向它',
    }),
  }),
  PM_NO_CREDENTIALS: spec<{ host: string; source: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `no credentials for ${p.host} in ${p.source}`,
      do: `docker login ${p.host}, or set credentials of the mirror`,
    }),
    zh: (p) => ({
      what: `${p.source} 中没有 ${p.host} 的凭据`,
      do: `docker login ${p.host}，或设置镜像站的 credentials`,
    }),
  }),
  PM_NO_SUCH_RUN: spec<{ run: string }>(exitCode.usage, 'you', {
    en: (p) => ({ what: `there is no record of run ${p.run}`, do: 'pullmend undo --list' }),
    zh: (p) => ({ what: `没有运行 ${p.run} 的记录`, do: 'pullmend undo --list' }),
  }),
  PM_NOTHING_TO_UNDO: spec(exitCode.nothingDone, 'you', {
    en: () => ({ what: 'there is no run to undo', do: 'pullmend undo --list -A' }),
    zh: () => ({ what: '没有可以撤销的运行', do: 'pullmend undo --list -A' }),
  }),
  PM_MISSING_PERMISSIONS: spec<{ missing: string; grant: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `nothing was changed: this user may not ${p.missing}`,
      do: p.grant,
    }),
    zh: (p) => ({ what: `未作任何改动：当前用户缺少权限 ${p.missing}`, do: p.grant }),
  }),
};

function isHeld(held: readonly string[] | undefined): held is readonly string[] {
  return held !== undefined && held.length > 0;
}

/** What holds now: names of objects, or nothing. */
const whatHolds = {
  en: ({ changed, open }: { readonly changed: string; readonly open: string }): string =>
    [
      changed === '' ? 'no change is known to be made' : `changed and left in place, not proved: ${changed}`,
      ...(open === '' ? [] : [`may be changed: ${open}`]),
    ].join('; '),
  zh: ({ changed, open }: { readonly changed: string; readonly open: string }): string =>
    [
      changed === '' ? '没有已知的改动' : `已改动并保留、尚未验证：${changed}`,
      ...(open === '' ? [] : [`可能已改动：${open}`]),
    ].join('；'),
};
