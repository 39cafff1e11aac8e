/** First labels by which hosts of mirrors name the registry behind them. */
export const hostLabels: Readonly<Record<string, string>> = {
  docker: 'docker.io',
  dockerhub: 'docker.io',
  dhub: 'docker.io',
  hub: 'docker.io',
  'docker-0': 'docker.io',
  'registry-1': 'docker.io',
  quay: 'quay.io',
  ghcr: 'ghcr.io',
  gcr: 'gcr.io',
  k8s: 'registry.k8s.io',
  'k8s-gcr': 'registry.k8s.io',
  'registry-k8s': 'registry.k8s.io',
  mcr: 'mcr.microsoft.com',
  nvcr: 'nvcr.io',
  ngcr: 'nvcr.io',
  ecr: 'public.ecr.aws',
  elastic: 'docker.elastic.co',
};

/** Hosts that mirror one registry and nothing else. */
export const soleMirrors: readonly { readonly pattern: RegExp; readonly of: string }[] = [
  {
    of: 'docker.io',
    pattern:
      /^(?:mirror\.gcr\.io|hub-mirror\.c\.163\.com|registry\.docker-cn\.com|mirror\.ccs\.tencentyun\.com|mirror\.baidubce\.com|[\w-]+\.mirror\.aliyuncs\.com|[\w-]+\.mirror\.swr\.myhuaweicloud\.com|docker-0\.unsee\.tech|dockerpull\.(?:com|org|cn)|dockerproxy\.(?:com|cn|net)|dytt\.online|func\.ink|lispy\.org|docker(?:hub)?\.icu)$/,
  },
];

/** Domains whose first label names the registry. */
export const labelledDomains =
  /^(?:m\.daocloud\.io|kubesre\.xyz|linkos\.org|lank8s\.cn|nju\.edu\.cn|mirror\.nju\.edu\.cn|mirrors\.ustc\.edu\.cn|azk8s\.cn|1ms\.run|1panel\.live|rat\.dev|anyhub\.us\.kg|awsl9527\.cn|chenby\.cn|xuanyuan\.me|hpcloud\.cloud|unsee\.tech|ketches\.cn|uuuadc\.top|icert\.top|litsee?\.cn)$/;

/** Projects that hold copies of one registry under the last part of their names. */
export const flatCopies: readonly { readonly place: RegExp; readonly of: string }[] = [
  {
    of: 'registry.k8s.io',
    place:
      /^(?:registry(?:\.[\w-]+)?\.aliyuncs\.com|ccr\.ccs\.tencentyun\.com|gcr\.io|docker\.io)\/(?:google[_-]containers|mirrorgooglecontainers|k8sxio)\/([^/]+)$/,
  },
];

/** What has moved into a path of its own on registry.k8s.io, by the last part of its name. */
export const movedOnKubernetes: Readonly<Record<string, string>> = {
  coredns: 'coredns/coredns',
  'metrics-server': 'metrics-server/metrics-server',
  'nginx-ingress-controller': 'ingress-nginx/controller',
  'kube-webhook-certgen': 'ingress-nginx/kube-webhook-certgen',
  'kube-state-metrics': 'kube-state-metrics/kube-state-metrics',
  'k8s-dns-node-cache': 'dns/k8s-dns-node-cache',
  'cluster-autoscaler': 'autoscaling/cluster-autoscaler',
  'addon-resizer': 'autoscaling/addon-resizer',
};

/** Projects that hold copies of public images of any registry under their last part. */
export const mixedCopies =
  /^registry(?:\.[\w-]+)?\.aliyuncs\.com\/(?:kubesphereio|kube-sealos|kainstall|hellofuture)\/([^/]+)$|^swr\.[\w-]+\.myhuaweicloud\.com\/ks\/([^/]+)$/;

/** What KubeKey and kubeadm pull from such projects, where several images have the same last part. */
export const installerNames: Readonly<Record<string, string>> = {
  pause: 'registry.k8s.io/pause',
  etcd: 'registry.k8s.io/etcd',
  'kube-apiserver': 'registry.k8s.io/kube-apiserver',
  'kube-controller-manager': 'registry.k8s.io/kube-controller-manager',
  'kube-scheduler': 'registry.k8s.io/kube-scheduler',
  'kube-proxy': 'registry.k8s.io/kube-proxy',
  coredns: 'docker.io/coredns/coredns',
  node: 'docker.io/calico/node',
  cni: 'docker.io/calico/cni',
  'kube-controllers': 'docker.io/calico/kube-controllers',
  typha: 'docker.io/calico/typha',
  'pod2daemon-flexvol': 'docker.io/calico/pod2daemon-flexvol',
  flannel: 'docker.io/flannel/flannel',
  haproxy: 'docker.io/library/haproxy',
};

/** First parts of a path by which proxies of a registry of one's own (Harbor, Nexus, Artifactory, ECR) are called. */
export const proxyProjects: readonly { readonly pattern: RegExp; readonly of: string }[] = [
  {
    of: 'docker.io',
    pattern:
      /^(?:(?:proxy|cache|mirror|remote)[-_.]?)?(?:docker[-_.]?hub|docker\.io|docker[-_]io|dockerio|hub\.docker\.com)(?:[-_.]?(?:proxy|cache|mirror|remote|library))?$|^docker[-_](?:proxy|cache|mirror|remote)$|^(?:proxy|cache|mirror)[-_]docker$/,
  },
  {
    of: 'quay.io',
    pattern:
      /^(?:(?:proxy|cache|mirror|remote)[-_.]?)?quay(?:[-_.]?io)?(?:[-_.]?(?:proxy|cache|mirror|remote))?$/,
  },
  {
    of: 'ghcr.io',
    pattern:
      /^(?:(?:proxy|cache|mirror|remote)[-_.]?)?(?:ghcr(?:[-_.]?io)?|github)(?:[-_.]?(?:proxy|cache|mirror|remote))?$/,
  },
  {
    of: 'registry.k8s.io',
    pattern:
      /^(?:(?:proxy|cache|mirror|remote)[-_.]?)?(?:registry[-_.]k8s[-_.]io|k8s[-_.]gcr[-_.]io|k8s|kubernetes)(?:[-_.]?(?:proxy|cache|mirror|remote))$|^(?:registry[-_.]k8s[-_.]io|k8s[-_.]gcr[-_.]io)$/,
  },
  {
    of: 'gcr.io',
    pattern:
      /^(?:(?:proxy|cache|mirror|remote)[-_.]?)?gcr(?:[-_.]?io)?(?:[-_.]?(?:proxy|cache|mirror|remote))?$/,
  },
  { of: 'public.ecr.aws', pattern: /^ecr-public$/ },
  { of: 'mcr.microsoft.com', pattern: /^(?:mcr|microsoft)(?:[-_.]?(?:proxy|cache|mirror|remote))?$/ },
];
