/** `--help`: the same command lines in every language, with words around them. */
export const help = {
  tagline: 'Finds why container images do not arrive, and mends it so that it can be taken back.',
  headings: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    flags: 'Flags:',
    global: 'Flags of every command:',
    commands: 'Commands:',
    examples: 'Examples:',
  },
  start: 'Start here:',
  more: (program: string) =>
    `${program} COMMAND --help tells more · exit codes: docs/reference/exit-codes.md`,
  moreFormats: (words: string, formats: string) => `${words}; also ${formats}`,
  placeholder: { flags: '[flags]', command: 'COMMAND' },
  helpFlag: 'show this help',
  helpCommand: 'show the help of a command',
  versionFlag: 'show the version',
  flags: {
    kubeconfig: 'kubeconfig file (default: $KUBECONFIG, then ~/.kube/config)',
    context: 'context of the kubeconfig',
    config: 'file with the mirrors (default: ~/.config/pullmend/config.yaml)',
    lang: 'language of the output: en or zh (default: from the locale)',
    color: 'no colours; NO_COLOR does the same',
    debug: 'print stack traces to stderr, secrets removed',
    quiet: 'print the last lines only',
    namespace: 'look in this namespace',
    allNamespaces: 'look in all namespaces',
    selector: 'only pods with these labels, e.g. app=web',
    filename: 'read these files instead of a cluster',
    output: 'table, json or yaml (default: table)',
    out: 'write to this file',
    explain: 'say why this text is an image or not',
    input: 'answer the JSON lines of this file, - for standard input',
    dryRun: 'change nothing; on a cluster, let the API server check every change',
    yes: 'do not ask; destructive steps stay out unless --accept-loss names them',
    acceptLoss: 'KIND/NAMESPACE/NAME: yes to the destructive step of this object (repeatable)',
    timeout: 'how long the kubelet has to start the containers (default: 5m)',
    keep: 'leave a change in place although it was not proved',
    allowUnverified: 'use a copy whose digest is not, or cannot be, proved equal',
    pullPolicy: 'set this pull policy too: IfNotPresent or Always',
    list: 'list the runs that can be taken back',
    platform: 'os/arch[/variant] that the copy must have, or the only ones to copy (repeatable)',
    to: 'name of a writable mirror: the copies get its names',
    plainHttp: 'host[:port] that speaks HTTP without TLS (repeatable)',
  },
  arguments: {
    objects: 'objects to look at, e.g. deployment/web; none: everything',
    plan: 'plan file, or - for standard input',
    run: 'run to take back; none: the newest',
    image: 'image name, as in a manifest',
    mirrors: 'names of mirrors; none: all',
    copies: 'images, then their destination: a name, or a path ending in /',
    imageList: 'list of images, or - for standard input',
    manifests: 'files, or folders with all their .yaml, .yml and .json files',
    message: 'the message; none: read standard input',
  },
  commands: {
    diagnose: {
      summary: 'say which images do not arrive, and why',
      about:
        'Reads pods, events and pull secrets, and names the cause of every image that does not arrive. Changes nothing.',
      examples: [
        { say: 'the whole cluster', run: 'diagnose -A' },
        { say: 'one workload', run: 'diagnose -n shop deployment/web' },
        { say: 'install files, before anything is installed', run: 'diagnose -f kubesphere-installer.yaml' },
        { say: 'a report with a picture, as one file', run: 'diagnose -A --out report.html' },
      ],
    },
    explain: {
      summary: 'say what a message or a log means',
      about:
        'Finds the messages about images in a text: one message, or the output of kubectl describe, get events, get pod, helm and the logs of kubelet, containerd, CRI-O and docker. Says for each cause what it means and what works. Needs no cluster.',
      examples: [
        { say: 'one message', run: "explain 'dial tcp: lookup registry.example.com: no such host'" },
        { say: 'everything that a pod says', run: 'explain < described-pod.txt' },
        { say: 'many messages, for a program', run: 'explain --input messages.jsonl -o jsonl' },
      ],
    },
    plan: {
      summary: 'say what would be done, change nothing',
      about:
        'Diagnoses, asks the mirrors for copies and writes down what would be changed. A plan is plain data: read it, edit it, apply it later or from another machine.',
      examples: [
        { say: 'write a plan to a file', run: 'plan -A --out plan.yaml' },
        { say: 'the plan as JSON', run: 'plan -n shop -o json' },
        { say: 'a plan that edits install files', run: 'plan -f installer.yaml --out plan.yaml' },
      ],
    },
    apply: {
      summary: 'carry out a plan, and prove it',
      about:
        'Carries out a plan, waits until the kubelet has started the containers, and takes back what was not proved.',
      examples: [
        { say: 'carry out a plan that was read before', run: 'apply plan.yaml' },
        { say: 'check it against the cluster first', run: 'apply plan.yaml --dry-run' },
        { say: 'in a pipeline, without questions', run: 'apply plan.yaml --yes --timeout 10m' },
      ],
    },
    fix: {
      summary: 'the whole way: diagnose, find copies, ask, change, prove',
      about:
        'Diagnoses, finds a working copy of each image on your mirrors, shows the plan, asks, changes the workloads and proves that the pods start. What was not proved is taken back.',
      examples: [
        { say: 'everything that fails', run: 'fix -A' },
        { say: 'one namespace, without questions', run: 'fix -n shop --yes' },
        { say: 'see whether the cluster would accept it', run: 'fix -A --dry-run' },
      ],
    },
    undo: {
      summary: 'take a run back',
      about:
        'Puts every field back that still holds what pullmend wrote. What somebody changed since is reported and left alone. Without a name it is the newest run in the namespace (-n, -A).',
      examples: [
        { say: 'the newest run of this namespace', run: 'undo' },
        { say: 'which runs there are', run: 'undo --list' },
        { say: 'one run, without questions', run: 'undo r-7f3a --yes' },
      ],
    },
    find: {
      summary: 'say where a working copy of an image is',
      about:
        'Asks the origin and every mirror for the manifest, its platforms and its digest. Needs no cluster.',
      examples: [
        { say: 'every mirror that has it', run: 'find quay.io/prometheus/node-exporter:v1.8.2' },
        { say: 'for one platform', run: 'find nginx:1.27 --platform linux/arm64' },
      ],
    },
    images: {
      summary: 'list every image that install files bring into pods',
      about:
        'Reads manifests and lists each image with its place: what the kubelet pulls, and what controllers take from variables, arguments, custom resources and ConfigMaps. Needs no cluster and no network.',
      examples: [
        { say: 'everything below a folder', run: 'images deploy/' },
        { say: 'one name a line, for a script', run: 'images operator.yaml -o list' },
        { say: 'is it an image?', run: 'images operator.yaml --explain cache-server:8080' },
      ],
    },
    mirrors: {
      summary: 'list the configured mirrors, or check that they work',
      about: 'Shows the mirrors of the config file, or asks each one for a real manifest.',
      list: 'list the configured mirrors',
      check: 'ask each mirror for a real manifest',
      examples: [
        { say: 'what is configured', run: 'mirrors list' },
        { say: 'does it work from here', run: 'mirrors check' },
        { say: 'only one', run: 'mirrors check company-proxy' },
      ],
    },
    copy: {
      summary: 'copy images to another registry',
      about:
        'Copies images byte for byte, with all platforms. What the destination has already is not sent again; a copy that was cut goes on where it stood.',
      examples: [
        { say: 'one image', run: 'copy nginx:1.27 harbor.corp/library/nginx:1.27' },
        { say: 'several below one path', run: 'copy redis:7 quay.io/acme/app:v1 harbor.corp/library/' },
        { say: 'what would be done', run: 'copy nginx:1.27 harbor.corp/library/ --dry-run' },
      ],
    },
    sync: {
      summary: 'copy all images of a list',
      about:
        'Reads lines SOURCE [DESTINATION], or the files of image-syncer, regsync and skopeo sync, and copies what has changed. Layers that several images share are sent once.',
      examples: [
        { say: 'a list with destinations', run: 'sync images.txt' },
        { say: 'to a mirror of the configuration', run: 'sync images.yaml --to company-copies' },
        { say: 'from another program, as JSON', run: 'sync - -o json' },
      ],
    },
    version: {
      summary: 'show the version',
      about: 'Shows the version of pullmend and of the Node.js that runs it.',
      examples: [
        { say: 'for a report', run: 'version' },
        { say: 'for a script', run: 'version -o json' },
      ],
    },
  },
} as const;
