/** What is broken, why, and where a copy is. */
export const problems = {
  labels: {
    why: 'why',
    also: 'also',
    of: 'for',
    from: 'from',
    is: 'is',
    login: 'login',
    here: 'here',
    waits: 'waits',
    says: 'says',
    have: 'have',
    copy: 'copy',
    fix: 'fix',
    you: 'you',
    try: 'try',
  },
  cluster: (name: string) => `cluster ${name}`,
  mirrors: (names: string) => `mirrors ${names}`,
  allNamespaces: 'all namespaces',
  namespace: (name: string) => `namespace ${name}`,
  selector: (labels: string) => `pods with ${labels}`,
  noMirrors: 'no mirrors configured',
  reading: 'reading pods and events',
  readingFiles: 'reading files',
  notLasting: (n: number) =>
    n === 1 ? 'an earlier repair did not last' : `${n} earlier repairs did not last`,
  allWell: 'every image arrives; nothing to mend',
  looked: (pods: string) => `${pods} looked at`,
  noPods: 'there is no pod here',
  keepPods: (images: string, one: boolean, pods: string) =>
    `${images} ${one ? 'keeps' : 'keep'} ${pods} from starting`,
  named: (images: string, files: string) => `${images} in ${files} cannot be pulled`,
  withoutImage: 'waiting, and no failing image was found behind it',
  waitsOtherwise: 'no image fails, and yet not everything starts',
  findings: {
    refused: {
      title: (names: string, one: boolean, who: string) =>
        `${names} ${one ? 'makes' : 'make'} no pods: ${who}`,
      by: {
        quota: (name: string) => `the quota ${name} refuses them`,
        'limit-range': () => 'a LimitRange refuses their resources',
        'pod-security': () => 'pod security refuses them',
        'admission-policy': (name: string) => `the policy ${name} refuses them`,
        webhook: (name: string) => `the webhook ${name} refuses them`,
        'webhook-silent': (name: string) => `the webhook ${name} cannot be asked`,
        terminating: () => 'their namespace is being deleted',
        'service-account': (name: string) => `there is no ServiceAccount ${name}`,
        'priority-class': (name: string) => `there is no PriorityClass ${name}`,
        'runtime-class': (name: string) => `there is no RuntimeClass ${name}`,
        invalid: () => 'the API server finds them invalid',
        other: () => 'the API server refuses them',
      },
      advice: {
        quota:
          "your move: free some of the quota, say requests and limits where it asks for them, or have the cluster's owner raise it; no image is the cause",
        'limit-range':
          "your move: keep the containers' resources within the range, or have the cluster's owner widen it; no image is the cause",
        'pod-security':
          "your move: give the template the securityContext that is asked for; another level is a decision of the namespace's owner",
        'admission-policy':
          'your move: meet what the policy asks for; where it allows only certain registries, a mirror among them helps',
        webhook:
          'your move: meet what the webhook asks for; where it allows only certain registries, a mirror among them helps',
        'webhook-silent':
          "the move of the webhook's owner: it must answer the API server before any pod is made",
        terminating:
          "nobody's move here: nothing new starts in a namespace that is being deleted; what holds it is in its conditions",
        'service-account':
          'your move: make the ServiceAccount, or correct serviceAccountName in the template',
        'priority-class':
          "the move of the cluster's owner: make the class; or yours: correct priorityClassName in the template",
        'runtime-class':
          "the move of the cluster's owner: make the class; or yours: correct runtimeClassName in the template",
        invalid: 'your move: correct the field that is named, in the template',
        other: 'read what it says; the controller tries again by itself, at last every 17 minutes',
      },
    },
    installerLog: (pod: string, image: string, meaning: string) =>
      `the log of ${pod} says that ${image} cannot be pulled: ${meaning}`,
    titles: {
      'no-default-storage-class': (names: string) =>
        `no StorageClass is the default, and a claim waits for it${names === '' ? '' : ` (there are: ${names})`}`,
      'several-default-storage-classes': (names: string) =>
        `several StorageClasses are the default: ${names}`,
    },
    advice: {
      'no-default-storage-class':
        'mark one StorageClass as default, or install a provisioner that brings one; pods that wait are tried again within five minutes',
      'several-default-storage-classes':
        'keep one: the newest, named first, is taken since Kubernetes 1.26; before, claims without a class are refused',
    },
  },
  present: (nodes: string) =>
    `the image is on ${nodes} already; it is asked for because imagePullPolicy is Always, and IfNotPresent would start it as it is`,
  mirrorOfNodes: (mirror: string, nodes: string) => `${mirror}, mirror of ${nodes}`,
  falseAddress: {
    poisoned: (address: string) => `the DNS answer ${address} is false (poisoned): no registry is there`,
    'own-network': (address: string) => `DNS leads to ${address}, an address of no public registry`,
  },
  unread: (rights: string) => `not everything could be read; rights that are missing: ${rights}`,
  ifPresent: 'imagePullPolicy is Always: a node that has the image already starts it with IfNotPresent',
  byCause: 'what ends each cause',
  moreImages: (images: string) => `… and ${images} more: all of them in --out FILE.html, or with -o json`,
  onNode: (node: string) => `on ${node}`,
  onNodes: (nodes: string) => `on ${nodes}`,
  onAllNodes: (nodes: string) => `on all ${nodes}`,
  forTime: (time: string) => `for ${time}`,
  likely: 'likely',
  asking: (done: number, total: number, image: string) => `asking registries ${done}/${total} ${image}`,
  identity: {
    same: 'same digest',
    different: 'DIFFERENT digest',
    unverified: 'unverified digest',
  },
  limited: (time: string) => `429: limits the rate; ask again in ${time}`,
  lacks: (platforms: string) => `lacks ${platforms}`,
  mirrorUseless: 'a mirror does not help here',
  readHere: 'no mirror can be used; this machine reads it',
  noCopy: 'no mirror has a copy',
  outcome: {
    works: 'works',
    absent: 'does not have it',
    unauthorized: 'asks for credentials',
    forbidden: 'refuses',
    'rate-limited': 'limits the rate; ask later',
    'not-a-registry': 'does not answer as a registry',
    'platform-missing': 'lacks a platform that the nodes need',
    'digest-mismatch': 'has another image under this name',
    unreachable: 'cannot be reached from here',
    'server-error': 'answers with a server error',
    tls: 'its certificate is not trusted',
  },
} as const;
