import { exitCode } from '../exit.ts';
import { subjectFlag } from '../rbac-subject.ts';
import { spec } from './define.ts';

type Access = {
  readonly verb: string;
  /** As RBAC names it, e.g. `deployments.apps`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly user?: string;
};

/** What brings an object into being, or to what it should be where it is there already. */
const apply = '--dry-run=client -o yaml | kubectl apply -f -';

/** Commands with which an administrator gives exactly this permission. */
function grant({ verb, resource, namespace, user }: Access): string {
  const role = `pullmend-${verb}-${resource.replaceAll(/[^a-z]+/g, '-')}`;
  const bind = namespace === undefined ? 'clusterrolebinding' : `rolebinding -n ${namespace}`;
  return [
    `kubectl create clusterrole ${role} --verb=${verb} --resource=${resource} ${apply}`,
    `kubectl create ${bind} ${role} --clusterrole=${role} ${subjectFlag(user)} ${apply}`,
  ].join('\n');
}

/** Errors of reaching and using a Kubernetes API server. */
export const kubeErrors = {
  PM_KUBECONFIG_INVALID: spec<{ file: string; reason: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `the kubeconfig ${p.file} cannot be used: ${p.reason}`,
      do: 'correct it, or name another one with --kubeconfig FILE',
    }),
    zh: (p) => ({
      what: `kubeconfig ${p.file} 无法使用：${p.reason}`,
      do: '请修正该文件，或用 --kubeconfig FILE 指定另一个',
    }),
  }),
  PM_EXEC_FAILED: spec<{ pod: string; reason: string }>(exitCode.noAccess, 'cluster', {
    en: (p) => ({
      what: `no command can be run in ${p.pod}: ${p.reason}`,
      likely: 'the right to create pods/exec is missing, or the API server does not reach the kubelet',
    }),
    zh: (p) => ({
      what: `无法在 ${p.pod} 中执行命令：${p.reason}`,
      likely: '缺少 create pods/exec 权限，或 API server 连不上 kubelet',
    }),
  }),
  PM_NO_KUBECONFIG: spec<{ looked: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `no kubeconfig found; looked at ${p.looked.join(', ')}`,
      do: 'name one with --kubeconfig FILE or the variable KUBECONFIG',
    }),
    zh: (p) => ({
      what: `没有找到 kubeconfig；已查找 ${p.looked.join(', ')}`,
      do: '用 --kubeconfig FILE 或环境变量 KUBECONFIG 指定',
    }),
  }),
  PM_CONTEXT_UNKNOWN: spec<{ context: string; known: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what:
        p.context === ''
          ? 'the kubeconfig has no current context'
          : `the kubeconfig has no context "${p.context}"`,
      likely: `it has: ${p.known.join(', ') || 'none'}`,
      do: `choose one: --context ${p.known[0] ?? 'NAME'}`,
    }),
    zh: (p) => ({
      what: p.context === '' ? 'kubeconfig 没有设置当前 context' : `kubeconfig 中没有 context “${p.context}”`,
      likely: `现有：${p.known.join(', ') || '无'}`,
      do: `请选择一个：--context ${p.known[0] ?? 'NAME'}`,
    }),
  }),
  PM_CREDENTIAL_PLUGIN: spec<{ command: string; reason: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `the kubeconfig's credential plugin ${p.command} failed: ${p.reason}`,
      do: 'log in again the way your cluster wants it, then try kubectl get nodes',
    }),
    zh: (p) => ({
      what: `kubeconfig 的凭据插件 ${p.command} 执行失败：${p.reason}`,
      do: '按集群要求重新登录，再用 kubectl get nodes 验证',
    }),
  }),
  PM_API_UNREACHABLE: spec<{ server: string; reason: string }>(exitCode.noAccess, 'network', {
    en: (p) => ({
      what: `the API server ${p.server} cannot be reached: ${p.reason}`,
      likely: 'the cluster is down, a VPN or proxy is missing, or the context is an old one',
      do: 'kubectl cluster-info; choose another context with --context NAME',
    }),
    zh: (p) => ({
      what: `无法连接 API server ${p.server}：${p.reason}`,
      likely: '集群未运行，VPN 或代理未开启，或 context 已过期',
      do: '先用 kubectl cluster-info 检查；或用 --context NAME 换一个 context',
    }),
  }),
  PM_API_TLS: spec<{ server: string; reason: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `no trusted connection to the API server ${p.server}: ${p.reason}`,
      likely: 'the kubeconfig is for another cluster, or its certificates were renewed',
      do: 'fetch the kubeconfig again; check certificate-authority-data and tls-server-name',
    }),
    zh: (p) => ({
      what: `无法与 API server ${p.server} 建立可信连接：${p.reason}`,
      likely: 'kubeconfig 属于另一个集群，或集群证书已更换',
      do: '重新获取 kubeconfig；检查 certificate-authority-data 和 tls-server-name',
    }),
  }),
  PM_UNAUTHORIZED: spec<{ server: string; context: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `the API server ${p.server} does not accept the credentials of context ${p.context}`,
      likely: 'the token or client certificate has expired',
      do: 'log in again, then try kubectl auth whoami',
    }),
    zh: (p) => ({
      what: `API server ${p.server} 不接受 context ${p.context} 的凭据`,
      likely: 'token 或客户端证书已过期',
      do: '重新登录，再用 kubectl auth whoami 验证',
    }),
  }),
  PM_FORBIDDEN: spec<Access>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `you may not ${p.verb} ${p.resource} ${scopeEn(p.namespace)}`,
      do: `ask an administrator to run:\n${grant(p)}`,
    }),
    zh: (p) => ({
      what: `没有权限${scopeZh(p.namespace)}对 ${p.resource} 执行 ${p.verb}`,
      do: `请管理员执行：\n${grant(p)}`,
    }),
  }),
  PM_ADMISSION_DENIED: spec<{ object: string; message: string }>(exitCode.nothingDone, 'cluster', {
    en: (p) => ({
      what: `the cluster's admission refused ${p.object}: ${p.message}`,
      likely: 'a policy, quota or webhook does not allow this image or change',
      do: 'ask who owns that policy; pullmend changed nothing here',
    }),
    zh: (p) => ({
      what: `集群的准入控制拒绝了 ${p.object}：${p.message}`,
      likely: '某个策略，配额或 webhook 不允许此镜像或修改',
      do: '请联系该策略的负责人；此处没有任何改动',
    }),
  }),
  PM_NOT_FOUND: spec<{ object: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.object} does not exist`,
      do: 'check the name, -n NAMESPACE and --context NAME',
    }),
    zh: (p) => ({
      what: `${p.object} 不存在`,
      do: '请检查名称，-n NAMESPACE 和 --context NAME',
    }),
  }),
  PM_NO_NAMESPACE: spec<{ namespace: string; nearest?: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `there is no namespace ${p.namespace} in this cluster`,
      do: p.nearest === undefined ? 'kubectl get namespaces' : `did you mean -n ${p.nearest}?`,
    }),
    zh: (p) => ({
      what: `集群中没有命名空间 ${p.namespace}`,
      do: p.nearest === undefined ? 'kubectl get namespaces' : `是否想用 -n ${p.nearest}？`,
    }),
  }),
  PM_NOTHING_SELECTED: spec<{ selector: string; namespace?: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `no pod has the labels ${p.selector}${p.namespace === undefined ? '' : ` in namespace ${p.namespace}`}`,
      do: `kubectl get pods ${p.namespace === undefined ? '-A' : `-n ${p.namespace}`} --show-labels`,
    }),
    zh: (p) => ({
      what: `${p.namespace === undefined ? '' : `命名空间 ${p.namespace} 中`}没有带标签 ${p.selector} 的 Pod`,
      do: `kubectl get pods ${p.namespace === undefined ? '-A' : `-n ${p.namespace}`} --show-labels`,
    }),
  }),
  PM_UNKNOWN_KIND: spec<{ name: string; known: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `"${p.name}" does not name an object that pullmend can look at`,
      do: `write KIND/NAME, for example deployment/web; kinds: ${p.known.join(', ')}`,
    }),
    zh: (p) => ({
      what: `“${p.name}” 不是 pullmend 能处理的对象`,
      do: `写成 KIND/NAME，例如 deployment/web；支持的类型：${p.known.join(', ')}`,
    }),
  }),
  PM_NO_ADMISSION_POLICY: spec<{ version: string }>(exitCode.nothingDone, 'cluster', {
    en: (p) => ({
      what: `this API server (${p.version}) serves no MutatingAdmissionPolicy`,
      likely:
        'they are on from Kubernetes 1.36; from 1.34 the feature gate and v1beta1 have to be switched on',
      do: 'where the API server is yours: --feature-gates=MutatingAdmissionPolicy=true --runtime-config=admissionregistration.k8s.io/v1beta1=true',
    }),
    zh: (p) => ({
      what: `该 API 服务器（${p.version}）不提供 MutatingAdmissionPolicy`,
      likely: 'Kubernetes 1.36 起默认启用；1.34 起需打开特性门控和 v1beta1',
      do: '如果 API 服务器由你管理：--feature-gates=MutatingAdmissionPolicy=true --runtime-config=admissionregistration.k8s.io/v1beta1=true',
    }),
  }),
  PM_NOT_OURS: spec<{ object: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `nothing was changed: ${p.object} is there and was not made by pullmend`,
      do: `look at it: kubectl get ${p.object} -o yaml`,
    }),
    zh: (p) => ({
      what: `未作任何改动：${p.object} 已存在，且不是 pullmend 创建的`,
      do: `查看：kubectl get ${p.object} -o yaml`,
    }),
  }),
  PM_NOTHING_TO_PREVENT: spec<{ mirrors: readonly string[] }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `no image of the cluster is known on a mirror (${p.mirrors.join(', ')}), so no pod would get another name`,
      do: 'pullmend mirrors check; a mirror that gives whatever its registries have is named with --whole',
    }),
    zh: (p) => ({
      what: `集群中没有任何镜像已知存在于镜像站（${p.mirrors.join(', ')}），不会有 Pod 得到新的名称`,
      do: 'pullmend mirrors check；若某个镜像站可提供其仓库的全部内容，请用 --whole 指定',
    }),
  }),
  PM_CONFLICT: spec<{
    object: string;
    /** The API server's `reason`: the object changed, it is there already, or a patch's `test` did not hold. */
    reason: 'Conflict' | 'AlreadyExists' | 'TestFailed';
    message: string;
  }>(exitCode.nothingDone, 'cluster', {
    en: (p) => ({
      what:
        p.reason === 'AlreadyExists'
          ? `${p.object} exists already`
          : `${p.object} is not as it was read: ${p.message}`,
      likely: 'somebody or something else changed it meanwhile',
      do: 'run the command again; it reads the object anew',
    }),
    zh: (p) => ({
      what: p.reason === 'AlreadyExists' ? `${p.object} 已存在` : `${p.object} 与读取时不一致：${p.message}`,
      likely: '期间有其他人或程序修改了它',
      do: '重新执行命令，会重新读取该对象',
    }),
  }),
  PM_API_ERROR: spec<{ request: string; status: number; message: string }>(exitCode.nothingDone, 'cluster', {
    en: (p) => ({
      what: `the API server answered ${p.request} with ${p.status}: ${p.message}`,
      do: "try again; if it stays, look at the API server's log",
    }),
    zh: (p) => ({
      what: `API server 对 ${p.request} 返回 ${p.status}：${p.message}`,
      do: '请重试；如仍失败，请查看 API server 日志',
    }),
  }),
};

function scopeEn(namespace: string | undefined): string {
  return namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;
}

function scopeZh(namespace: string | undefined): string {
  return namespace === undefined ? '在整个集群范围' : `在命名空间 ${namespace} 中`;
}
