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
    as: 'user to act as',
    asGroup: 'group to act as (repeatable)',
    requestTimeout: 'how long one request to the API server may take (default: 60s)',
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
    out: 'write to this file (rewrite: all manifests below this folder)',
    inPlace: 'change the files; undo takes it back',
    diff: 'print a patch, change nothing (the default)',
    check: 'only say what would still be pulled from an origin; exit code 3 when anything would',
    probe: 'by the naming schemes alone, without asking any registry',
    toOrigin: 'back to the original names, where the scheme of the mirror can be turned round',
    lock: 'pin each image to the digest that its registry gives',
    include: 'of folders only files like this; may be given again',
    exclude: 'of folders no files or folders like this; may be given again',
    indirect: 'also images that controllers put into pods (the default)',
    noIndirect: 'only what the kubelet pulls from the file itself',
    followLinks: 'follow links that lead out of the folder that is read',
    withProbe:
      'find the step that breaks, from the failing nodes and from here; starts debug pods in kube-system',
    predict: 'say which running images can no longer be had; asks every registry once an image',
    clusterNodes: 'for the platforms of the nodes of the cluster',
    installerVersion:
      'release of ks-installer or KubeKey, e.g. v3.4.1 (default: what the files say; KubeKey: the newest known)',
    setRegistry:
      'set the registry of KubeSphere and KubeKey configurations, where a mirror has all their images',
    zone: 'cn: as if KubeKey ran with KKZONE=cn',
    explain: 'say why this text is an image or not',
    via: 'service to ask, see requests list',
    repo: 'repository of the service on GitHub',
    create: 'open the issue through the GitHub API, with the token in GITHUB_TOKEN',
    wait: 'wait until a copy stands on a mirror and its digest was compared',
    event: 'the event that started the workflow (default: $GITHUB_EVENT_PATH)',
    allow: 'file with the images that may be asked for, one pattern a line',
    quota: 'requests that one person may make in 24 hours (default: 10)',
    keepLast:
      'keep the newest tags of each repository of copies, and let Harbor delete the others each night',
    replicate:
      'make a rule by which Harbor itself copies the names of this pattern, e.g. library/*, when somebody starts it',
    robot: 'make a robot that may only pull, and write its login to this new file, as a Docker configuration',
    whole:
      'take this mirror for every image that fits its names, not only for those it is known to have (repeatable)',
    excludeNamespace: 'leave the pods of this namespace as they are (repeatable)',
    remove: 'take the policy away',
    nodeAccess:
      'enter nodes by this way alone: local, pod or ssh (default: the first that leads there, in this order)',
    sshUser: 'who to log in as by SSH (default: as your ssh configuration says)',
    missing: 'only the images that pods name and their node lacks; exit code 3 when there are some',
    for: 'what the role is for: diagnose, fix, pull-secrets, helm, nodes or prevent (repeatable)',
    plan: 'what the steps of this plan take, and no more',
    subject:
      'who gets the role: a user, or system:serviceaccount:NAMESPACE:NAME (default: an account pullmend)',
    at: 'where your registry is: host[:port][/path]',
    add: 'write what is not unsure into the config file, after a yes',
    nodes: 'also read what the runtimes of some nodes are set to; starts debug pods in kube-system',
    snapshot: 'read this snapshot instead of a cluster',
    hashNames: 'replace names of namespaces, objects, nodes and private hosts by stand-ins',
    every: 'time between two looks at the cluster (default: 5s)',
    input: 'answer the JSON lines of this file, - for standard input',
    dryRun: 'change nothing: say what would be done',
    yes: 'do not ask; destructive steps stay out unless --accept-loss names them',
    acceptLoss: 'KIND/NAMESPACE/NAME: yes to the destructive step of this object (repeatable)',
    timeout: 'how long the kubelet has to start the containers (default: 5m)',
    keep: 'leave a change in place although it was not proved',
    only: 'image=NAME, namespace=NAME or kind=KIND[/NAME], with * for any text: plan for this alone (repeatable; of one word any, of several words all must fit)',
    releaseChart: 'the chart (folder, .tgz, oci://…, REPO/NAME) of a Helm release that lacks its sub-charts',
    maxChanges: 'refuse a plan with more changes, before anything is written',
    allowUnverified:
      'also use copies that may be another image: a known digest differs, or nothing proves one of a public mirror or of a name that its registry denies; a yes on a terminal does so for one public copy alone',
    allowNodeChanges:
      'where an object cannot be mended, tell the nodes of its pods to ask the mirror; enters these nodes, starts debug pods in kube-system',
    source:
      'a Git checkout of what Argo CD or Flux delivers: the change for it is written as a patch, the checkout stays as it is (repeatable)',
    patch: 'the file for that patch (default: pullmend-RUN.patch)',
    knownDigests: 'compare copies with the lines image@sha256:… of this file, see images -o list --digests',
    digests: 'with -o list: the digest that its registry gives to each image',
    pullPolicy: 'set this pull policy too: IfNotPresent or Always',
    list: 'list the runs that can be taken back',
    platform: 'os/arch[/variant] that the copy must have, or the only ones to copy (repeatable)',
    to: 'name of a writable mirror: the copies get its names',
    plainHttp: 'host[:port] that speaks HTTP without TLS (repeatable)',
    chart:
      'a Helm chart (folder, .tgz, oci://… or a name in a repository), rendered with the helm on PATH or in $PULLMEND_HELM',
    values: 'values files for the chart; the last one wins',
    set: 'a value for the chart, as helm takes it; repeatable',
    chartVersion: 'version of the chart, where helm pulls it',
    chartRepo: 'URL of the chart repository that has the chart',
    skipSchemaValidation: 'do not check values against the schema of the chart (Helm 3.16 or newer)',
    kubeVersion: 'version of the cluster that the chart is rendered for, e.g. v1.33.0',
    vendor: 'also write a copy of the chart in which names that no value moves are replaced',
    helmPlugin: 'write a plug-in of Helm 4 that runs this command to the folder, and read nothing',
    kustomize: 'a kustomization, built with the kustomize or kubectl on PATH',
    enableHelm: 'let kustomize render the charts that the kustomization names',
    release: 'an installed Helm release',
    fromCluster: 'the workloads, pods, ConfigMaps and custom resources of a cluster',
    node: 'what the runtime of this node has, and what its pods use',
    fromFile: 'list of images, as sync takes it; - for standard input',
    have: 'leave out what this says the far side has: index of an earlier bundle, or digests',
    registry:
      'registry of images that nodes are told mirrors for (repeatable; default: those of the mirrors)',
    pauseImage: 'set this image for pod sandboxes too',
    image: 'look up this image (repeatable; default: one of each registry that pods name)',
    format: 'ansible or cloud-init (default: ansible)',
    runtime: 'containerd, crio, dockerd or k3s (default: containerd)',
    volumeSize: 'largest size of a volume, e.g. 700MB or 4GiB (default: just below 4GiB)',
    referrers: 'copy what refers to the images too: signatures, SBOMs',
  },
  /** What a flag means in some commands alone. */
  here: {
    clusterDryRun:
      'server: let the API server check every change; client: only make the plan; changes nothing (alone: server)',
    undoDryRun: 'say what would be put back, and let the API server check it; changes nothing',
    copyDryRun: 'say what would be copied, copy nothing',
    rmDryRun: 'say what would be taken away, enter the nodes, change nothing',
    pullDryRun: 'say what would be done, enter the nodes, pull nothing',
    loadDryRun: 'say what would be sent to each node, enter the nodes, send nothing',
    writeDryRun: 'say what would be written, write nothing',
    harborDryRun: 'say what would be made on the Harbor, make nothing',
    waitTimeout: 'how long to wait for the copy (default: 30m)',
    sendYes: 'do not ask before the issue is opened',
    rolesOut: 'write the manifests to this file (default: standard output)',
    policyOut: 'write the policy to this file as manifests, change nothing in the cluster',
    makeYes: 'do not ask before something is made or written',
    undoYes: 'do not ask before the run is taken back',
    bundleTo: 'name of a writable mirror, or HOST/PATH',
    findPlatform: 'os/arch[/variant] that a copy must have (repeatable)',
    copyPlatform: 'copy only this os/arch[/variant] (repeatable; default: all)',
    nodePlatform: 'os/arch[/variant] of the nodes (repeatable; default: linux/amd64)',
    reportOut: 'write a report to this file; its ending says the form: .html, .md, .json, .yaml',
    generateOut: 'write to this file (default: standard output)',
    planOut: 'write the plan to this file; .md and .html: as a change request',
    snapshotOut: 'write to this file; .gz packs it (default: standard output)',
    rewriteOut: 'write all manifests below this folder; with --chart: the values to this file',
    draftOut: 'write what was found to this file, in the form of the config file',
    bundleOut: 'path and name of the bundle',
    unprobed: 'ask no registry',
    sourceFiles:
      'files or folders to read, as the argument; with --chart its values files, the last one wins',
    waitUnverified:
      'also believe a copy whose digest differs, or that nothing proves equal on a public mirror',
    imagesNamespace: 'of the release, the chart or the cluster',
    configurationFiles: 'read these configurations of KubeKey or KubeSphere instead of a cluster',
    bundleFiles: 'take the images of these manifests',
  },
  partExamples: {
    knowledgeList: [{ say: 'all of them', run: 'knowledge list' }],
    knowledgeShow: [{ say: 'one to begin from', run: 'knowledge show prometheus-operator -o yaml' }],
    knowledgeCheck: [{ say: 'a file of your own', run: 'knowledge check my-operator.yaml' }],
    mirrorsList: [
      { say: 'what is configured', run: 'mirrors list' },
      { say: 'for a program', run: 'mirrors list -o json' },
    ],
    mirrorsCheck: [
      { say: 'all of them', run: 'mirrors check' },
      { say: 'only one', run: 'mirrors check company-proxy' },
    ],
    mirrorsDiscover: [
      { say: 'what the cluster uses', run: 'mirrors discover' },
      { say: 'write it into the config file after a yes', run: 'mirrors discover --add' },
      { say: 'what the nodes are set to, too', run: 'mirrors discover --nodes' },
      { say: 'from configurations of KubeKey', run: 'mirrors discover -f config-sample.yaml' },
    ],
    mirrorsAdd: [
      { say: 'which there are, and their terms', run: 'mirrors add' },
      { say: 'your Harbor', run: 'mirrors add harbor --at harbor.corp' },
      { say: 'look first', run: 'mirrors add daocloud --dry-run' },
    ],
    mirrorsSetup: [
      { say: 'look first', run: 'mirrors setup --dry-run' },
      { say: 'with a robot that may only pull', run: 'mirrors setup --robot pull-login.json' },
    ],
    mirrorsExplain: [
      { say: 'what is it called there', run: 'mirrors explain nginx:1.27' },
      { say: 'what is this a copy of', run: 'mirrors explain harbor.corp/proxy/library/nginx:1.27' },
    ],
    requestsList: [{ say: 'the services and their terms', run: 'requests list' }],
    requestsAnswer: [
      {
        say: 'in the workflow of a service',
        run: 'requests answer --to copies --allow allow.txt --quota 10',
      },
    ],
    requestsRefresh: [
      { say: 'once a day', run: 'requests refresh --to copies' },
      { say: 'look first', run: 'requests refresh --to copies --dry-run' },
    ],
    bundleCreate: [
      { say: 'all images of an installation', run: 'bundle create -f deploy/ --out usb/shop' },
      { say: 'images by name', run: 'bundle create nginx:1.27 redis:7 --out usb/web' },
      {
        say: 'only what is new since the last one',
        run: 'bundle create -f deploy/ --have shop.json --out shop-2',
      },
    ],
    bundleLoad: [
      { say: 'to a project', run: 'bundle load usb/shop --to harbor.corp/library' },
      { say: 'look first', run: 'bundle load usb/shop --to harbor.corp/library --dry-run' },
    ],
    bundleVerify: [{ say: 'before it is carried away', run: 'bundle verify usb/shop' }],
    nodeImages: [
      { say: 'what every node has', run: 'node images' },
      { say: 'only what is missing', run: 'node images --missing' },
    ],
    nodePs: [
      { say: 'what runs on every node', run: 'node ps' },
      { say: 'one node', run: 'node ps node1' },
    ],
    nodeLoad: [
      { say: 'to all nodes', run: 'node load docker.io/library/nginx:1.27' },
      { say: 'an archive, to one node', run: 'node load docker-archive:app.tar node1' },
      { say: 'how much would go', run: 'node load quay.io/minio/minio:latest --dry-run' },
    ],
    nodePull: [
      { say: 'by all nodes', run: 'node pull quay.io/minio/minio:latest' },
      { say: 'by one node', run: 'node pull docker.io/library/nginx:1.27 node1' },
    ],
    nodeAlias: [
      {
        say: 'a copy under the name that pods ask for',
        run: 'node alias harbor.corp/library/nginx:1.27 docker.io/library/nginx:1.27',
      },
    ],
    nodeRm: [{ say: 'off all nodes', run: 'node rm docker.io/library/nginx:1.27' }],
    configShow: [{ say: 'what every node is set to', run: 'node config show' }],
    configPlan: [
      { say: 'what would be written', run: 'node config plan' },
      { say: 'to carry out later', run: 'node config plan node1 --out plan.yaml' },
    ],
    configApply: [
      { say: 'all nodes, asked once', run: 'node config apply' },
      { say: 'one registry, one node', run: 'node config apply node1 --registry docker.io' },
      { say: 'another pause image', run: 'node config apply --pause-image harbor.corp/k8s/pause:3.10' },
    ],
    configCheck: [
      { say: 'every node', run: 'node config check' },
      {
        say: 'with an image of your own',
        run: 'node config check node1 --image docker.io/library/nginx:1.27',
      },
    ],
    configRestore: [{ say: 'take back what was written on a node', run: 'node config restore node1' }],
    configGenerate: [
      { say: 'for a playbook', run: 'node config generate --out mirrors.yaml' },
      { say: 'for new machines', run: 'node config generate --format cloud-init --runtime k3s' },
    ],
    bundleDiff: [
      { say: 'two bundles', run: 'bundle diff usb/shop usb/shop-2' },
      { say: 'against what a place has', run: 'bundle diff usb/shop --have shop.json' },
    ],
  },
  arguments: {
    objects: 'objects to look at, e.g. deployment/web; none: everything',
    plan: 'plan file, or - for standard input',
    run: 'run to take back; none: the newest',
    image: 'image name, as in a manifest',
    operator: 'name of an operator',
    operatorFiles: 'files that describe operators',
    owned: 'an object of any kind, e.g. deployment/web or prometheus/main',
    mirrors: 'names of mirrors; none: all',
    copies:
      'images, then their destination: a name, or a path ending in /; also oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE',
    imageList: 'list of images, or - for standard input',
    bundle: 'bundle: the path and name that --out gave',
    bundles: 'two bundles, or one and --have',
    bundled: 'images to carry',
    removed: 'image name that a run gave to nodes',
    pulled: 'image name that the nodes reach',
    aliased: 'name of the copy, which nodes have or can pull',
    alias: 'name that it gets beside its own',
    loaded: 'image name, or oci-archive:FILE:NAME, docker-archive:FILE:NAME, oci:DIR:NAME',
    preset: 'name of a preset; none: list them',
    images: 'names of images, of originals or of copies',
    manifests: 'files, or folders with all their .yaml, .yml and .json files',
    nodes: 'names of nodes; none: all',
    preflight: 'files or folders of manifests and installer configurations, or images with their tags',
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
        { say: 'at which step it breaks, as the nodes see it', run: 'diagnose -n shop --probe' },
        { say: 'what will fail when its pods move', run: 'diagnose -A --predict' },
      ],
    },
    watch: {
      summary: 'keep the diagnosis up to date on the screen',
      about:
        'Looks at the cluster again and again, and marks what is new, has changed or no longer fails. Without a terminal it writes one line for each change; with -o json one document a line. Changes nothing.',
      examples: [
        { say: 'the whole cluster', run: 'watch -A' },
        { say: 'changes of one namespace, for a program', run: 'watch -n shop -o json' },
      ],
    },
    snapshot: {
      summary: 'write what diagnosis needs to one file, without secrets',
      about:
        'Reads what diagnose reads and keeps only what tells why an image does not arrive: no Secrets, no values of environment variables, no annotations of tools. The file is diagnosed again anywhere, without the cluster. Changes nothing.',
      examples: [
        { say: 'the whole cluster', run: 'snapshot -A --out snapshot.json.gz' },
        { say: 'to give away', run: 'snapshot -A --hash-names --out snapshot.json' },
        { say: 'read it on another machine', run: 'diagnose --snapshot snapshot.json.gz' },
      ],
    },
    explain: {
      summary: 'say what a message or a log means',
      about:
        'Finds the messages about images in a text: one message, or the output of kubectl describe, get events (JSON and YAML too), get pod, helm, crictl, docker, podman, nerdctl, kubeadm and kk, rows of a console, and the logs of kubelet, containerd, CRI-O and docker. Says for each image what is wrong and what works; what succeeded in the end is left out. The name of a class or an error code explains it. Needs no cluster.',
      examples: [
        { say: 'one message', run: "explain 'dial tcp: lookup registry.example.com: no such host'" },
        { say: 'everything that a pod says', run: 'explain < described-pod.txt' },
        { say: 'a class, or an error code', run: 'explain rate-limited' },
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
    knowledge: {
      summary: 'show where operators take their images',
      about:
        'Lists the operators of which it is known where each of their images is decided. Files of your own in ~/.config/pullmend/operators count before those that come along.',
      list: 'list the operators that are known',
      show: 'show where an operator takes each image; -o yaml is a file to begin from',
      check: 'check files that describe operators',
      examples: [
        { say: 'all of them', run: 'knowledge list' },
        { say: 'one to begin from', run: 'knowledge show prometheus-operator -o yaml' },
        { say: 'a file of your own', run: 'knowledge check my-operator.yaml' },
      ],
    },
    owner: {
      summary: 'say who owns an object, and whether an edit of it stays',
      about:
        'Goes from a pod or any other object up to what a person edits: owners, custom resources with the program that carries them out, Helm releases, Argo CD, Flux, OLM, static pods, webhooks. Says whether an edit is kept or put back, what that is known from, and the object and field that decide each image. Changes nothing.',
      examples: [
        { say: 'who would put a change back', run: 'owner deployment/web -n shop' },
        { say: 'where the image of a pod is decided', run: 'owner pod/prometheus-k8s-0 -n monitoring' },
      ],
    },
    images: {
      summary: 'list every image of files, a chart, a cluster or a node',
      about:
        'Reads manifests, what Helm or kustomize make of their sources, an installed release, a cluster or a node, and lists each image with its place: what the kubelet pulls, and what controllers take from variables, arguments, custom resources and ConfigMaps. Asks no registry. The list can be given to sync.',
      examples: [
        { say: 'everything below a folder', run: 'images deploy/' },
        { say: 'a chart with your values', run: 'images --chart ./chart -f values.yaml' },
        { say: 'everything that runs in the cluster', run: 'images --from-cluster -A' },
        { say: 'one name a line, for sync or a script', run: 'images operator.yaml -o list' },
        { say: 'is it an image?', run: 'images operator.yaml --explain cache-server:8080' },
      ],
    },
    preflight: {
      summary: 'say which images can be had before anything is installed',
      about:
        'Lists what manifests, charts, KubeSphere and KubeKey configurations will pull, asks each origin and mirror, and prints the commands that fill the gaps. Exit code 3 when something is missing.',
      examples: [
        { say: 'before kubectl apply', run: 'preflight cluster-configuration.yaml installer.yaml' },
        { say: 'what KubeKey will pull', run: 'preflight config-sample.yaml --no-probe' },
        { say: 'images by name, for arm nodes', run: 'preflight nginx:1.27 redis:7 --platform linux/arm64' },
      ],
    },
    rewrite: {
      summary: 'give the images of install files the names of your mirrors',
      about:
        'Replaces the image names in manifests and nothing else: every other byte stays. Asks the mirrors first whether they have the image. Prints a patch unless --in-place or --out is given.',
      examples: [
        { say: 'look at the patch', run: 'rewrite deploy/' },
        { say: 'in place, without asking any registry', run: 'rewrite installer.yaml --in-place --no-probe' },
        { say: 'in a pipeline: does anything still come from outside?', run: 'rewrite deploy/ --check' },
        {
          say: 'a chart: the smallest values that move every image',
          run: 'rewrite --chart ./chart -f values.yaml -o override.yaml',
        },
        { say: 'a kustomization: entries of images, and patches', run: 'rewrite --kustomize overlays/prod' },
      ],
    },
    postRender: {
      summary: 'give the images of rendered manifests the names of your mirrors',
      about:
        'Reads manifests from standard input and writes them to standard output with the names that your mirrors give by their schemes. For charts with images that no value moves. Helm 3 takes the program itself: --post-renderer pullmend --post-renderer-args post-render. Helm 4 takes a plug-in: --post-renderer pullmend.',
      examples: [
        { say: 'look at what Helm would install', run: 'post-render < rendered.yaml' },
        {
          say: 'for Helm 4, followed by: helm plugin install ./plugin',
          run: 'post-render --helm-plugin ./plugin',
        },
      ],
    },
    init: {
      summary: 'ask where copies come from, and write the config file',
      about:
        'Asks where copies may come from (what the cluster uses, public mirrors, a registry of your own, a service), tries it, and writes it into the config file after a yes. fix, plan and preflight ask the same where no mirror is configured.',
      examples: [
        { say: 'the first start', run: 'init' },
        { say: 'into another file', run: 'init --config ./mirrors.yaml' },
      ],
    },
    node: {
      summary: 'give nodes images, and tell them of mirrors',
      about:
        'Works on the nodes themselves: from this machine if it is the node, else through a debug pod that pulls nothing.',
      examples: [
        { say: 'what runtimes are set to', run: 'node config show' },
        { say: 'tell all nodes of the mirrors', run: 'node config apply' },
      ],
      images: 'list what nodes have, and which images of their pods they lack',
      imagesAbout:
        'Asks the runtime of each node, whichever it is: sizes, pins, all names of one content. Below stand the images that pods on the node name and that it has not. Exit code 4 when a node cannot be entered; with --missing 3 when something is missing.',
      ps: 'list the containers of nodes, those that ended too',
      psAbout:
        'Asks the runtime of each node, whichever it is: of containerd all namespaces, so that containers of docker and nerdctl stand there too; with the pod that each belongs to. The sandboxes of pods are left out.',
      load: 'give nodes an image that this machine can read',
      loadAbout:
        'Reads an image from where this machine can (its proxy, its logins, an archive) and gives it to nodes under its own name: no mirror is needed, and nodes need to reach nothing. Only layers that a node lacks are sent, each read once for all nodes; the digest stays. It does not hold for pods that pull always. undo takes the name away again.',
      pull: 'let nodes pull an image',
      pullAbout:
        'Through the runtime interface of the node where crictl is there, so that its mirrors and logins count, else by ctr; the kubelet gets to know it. Nodes that have it are left as they are. undo takes the name away again.',
      alias: 'give an image of nodes a second name',
      aliasAbout:
        'What nerdctl tag does, on all nodes at once: pods that name the second one start with the first. Nodes that lack the copy pull it. A name that leads to something else is never overwritten; nobody compares the two, so be sure that they are the same image. It does not hold for pods that pull always. undo takes the names away that the run gave.',
      rm: 'take a name off nodes that a run gave',
      rmAbout:
        'Only names that pullmend gave, by the mark that they carry on the node, and none that a running container has; for what undo cannot take back, since its record is gone. Layers stay until the runtime collects them. Exit code 3 when a name is left.',
      config: 'what the runtimes of nodes are told of mirrors',
      configAbout:
        'Images keep their names and come from your mirrors, for every pod and every program of a node. The settings follow from the mirrors of the config file; what stands in the files stays, former files are kept beside, and restore puts them back byte for byte.',
      show: 'show what nodes are set to, and what of it is not used',
      plan: 'show what would be written on nodes, change nothing',
      apply: 'tell nodes of the mirrors, and check that they ask them',
      applyAbout:
        'Writes hosts.toml of containerd (or its older mirrors), drop-in files of CRI-O, daemon.json of docker or registries.yaml of k3s and RKE2. Each file is replaced at once or not at all; a runtime is started anew only where it must be, after a yes of its own, and gets its former files back when it does not come up. Then each node looks up an image, and it is said which server it asked.',
      check: 'look up images from nodes, and say which servers they ask',
      restore: 'put back what was written on nodes',
      generate: 'write the same settings for Ansible or cloud-init',
    },
    mirrors: {
      summary: 'list, check, add and set up mirrors',
      about:
        'Shows the mirrors of the config file, asks each one for a real manifest, adds well-known ones, says how they name an image, or makes what they need on a Harbor.',
      list: 'list the configured mirrors',
      check: 'ask each mirror for a real manifest, and a Harbor what is wrong with it',
      discover: 'learn the mirrors that a cluster uses already',
      discoverAbout:
        'Reads pods, what the nodes have, settings of kubeadm and KubeSphere and the hosts of pull secrets, tries every naming scheme on the names, tests each with images that nothing showed to be there, and proposes mirrors with the evidence and how sure it is. With -f it reads configurations of KubeKey and KubeSphere instead. Nothing is used before it is added.',
      add: 'add well-known mirrors to the config file',
      addAbout:
        'Lists presets of well-known mirrors with the terms of their owners, or writes one into the config file. What stands in the file stays as it is.',
      setup: 'make the projects and proxies of your mirrors on a Harbor',
      setupAbout:
        'Makes the proxy projects, their endpoints and the projects for copies that the config file speaks of, on the Harbors where they are missing. Shows first what it would make, and asks. Deletes nothing, changes nothing that is there, and refuses what is there and differs.',
      explain: 'say how each mirror names an image',
      explainAbout:
        'Shows the name of an image on each mirror, or why a mirror does not serve it, and the original of a copy. Asks nobody.',
      examples: [
        { say: 'what is configured', run: 'mirrors list' },
        { say: 'does it work from here', run: 'mirrors check' },
        { say: 'only one', run: 'mirrors check company-proxy' },
        { say: 'start with what the cluster uses', run: 'mirrors discover --add' },
        { say: 'start with your Harbor', run: 'mirrors add harbor --at harbor.corp' },
        { say: 'what is it called there', run: 'mirrors explain nginx:1.27' },
        { say: 'make its projects and proxies', run: 'mirrors setup --dry-run' },
      ],
    },
    copy: {
      summary: 'copy images to another registry',
      about:
        'Copies images byte for byte, with all platforms. What the destination has already is not sent again; a copy that was cut goes on where it stood. Below a path (with / at its end) an image gets the name that a mirror of the configuration at that place looks for, else its own.',
      examples: [
        { say: 'one image', run: 'copy nginx:1.27 harbor.corp/library/nginx:1.27' },
        { say: 'several below one path', run: 'copy redis:7 quay.io/acme/app:v1 harbor.corp/library/' },
        {
          say: 'to a file for docker load',
          run: 'copy redis:7 docker-archive:redis.tar --platform linux/amd64',
        },
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
    request: {
      summary: 'ask a service for a copy of an image',
      about:
        'Prints the issue that asks a mirror service for an image, as a prefilled link, or opens it. With --wait it then looks on your mirrors, and believes nothing but a manifest with the right digest.',
      examples: [
        { say: 'a link to open in the browser', run: 'request nginx:1.27 --via linuxba' },
        { say: 'open the issue and wait', run: 'request nginx:1.27 --via linuxba --create --wait' },
        { say: 'which services there are', run: 'requests list' },
      ],
    },
    requests: {
      summary: 'list the request services, or be one',
      about:
        'Lists the services that copy images on request. answer and refresh are for a workflow in a repository of yours that offers the same service, see examples/mirror-service.',
      list: 'list the services with their terms',
      answer: 'carry out the request of an issue, and answer it',
      answerAbout:
        'Reads the issue from the event of the workflow, checks it against the list of allowed images and the quota, copies the image to a writable mirror and answers with its true name and digest.',
      refresh: 'copy again what was asked for, where the tag has moved',
      refreshAbout:
        'Copies every image of the newest 100 requests again; what has not changed costs one request.',
      examples: [
        { say: 'the services', run: 'requests list' },
        { say: 'in the workflow', run: 'requests answer --to copies --allow allow.txt --quota 10' },
        { say: 'once a day', run: 'requests refresh --to copies' },
      ],
    },
    bundle: {
      summary: 'carry images to where no registry can be reached',
      about:
        'Puts images into files for a stick or a disk, and from there into a registry. Both ways go on where they were cut.',
      create: 'put images into a bundle',
      load: 'bring a bundle to a registry',
      verify: 'read a bundle whole, and say what is damaged',
      diff: 'say what a bundle brings beyond another, or beyond what a place has',
      examples: [
        { say: 'all images of an installation', run: 'bundle create -f deploy/ --out usb/shop' },
        {
          say: 'only what is new since the last one',
          run: 'bundle create -f deploy/ --have shop.json --out shop-2',
        },
        { say: 'on the far side', run: 'bundle load usb/shop --to harbor.corp/library' },
      ],
    },
    prevent: {
      summary: 'give new pods the mirrors’ names, whoever makes them',
      about:
        'Puts a MutatingAdmissionPolicy into the cluster that says what the configuration says: images of new pods get the names of their copies, on every place of a pod. Mirrors are asked first; a name is changed only where the mirror has it, or gives whatever its registry has (harbor-proxy, --whole). Static pods stay as they are. The policy never keeps a pod from starting.',
      examples: [
        { say: 'what it would do to the pods that exist', run: 'prevent --dry-run' },
        { say: 'put it in place', run: 'prevent --exclude-namespace kube-system' },
        { say: 'as manifests for Git', run: 'prevent --out policy.yaml' },
        { say: 'take it away', run: 'prevent --remove' },
      ],
    },
    rbac: {
      summary: 'write the role that a command or a plan needs',
      about:
        'Writes roles and bindings as manifests, with the rights that a command or the steps of a plan take and no others. Asks no cluster and changes nothing. fix without pull-secrets reads no secret; nodes lets in privileged pods, which is as much as the node itself.',
      examples: [
        { say: 'who mends one namespace', run: 'rbac --for fix -n shop' },
        { say: 'who only looks, everywhere', run: 'rbac --for diagnose -A --subject ann' },
        { say: 'for one plan and no more', run: 'rbac --plan plan.yaml --subject ann --out role.yaml' },
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
