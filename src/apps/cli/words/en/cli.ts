export function orMeant(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** Command line: wrong usage, questions, what stands in the way before anything starts. */
export const cli = {
  usage: {
    unknownFlag: (flag: string, nearest?: string) => `unknown flag ${flag}${orMeant(nearest)}`,
    unknownCommand: (name: string, nearest?: string) => `unknown command "${name}"${orMeant(nearest)}`,
    missingValue: (flag: string) => `${flag} needs a value`,
    missingArgument: (name: string) => `${name} is missing`,
    tooManyArguments: (text: string) => `too many arguments: ${text}`,
    badDuration: (flag: string, text: string) =>
      `${flag}: "${text}" is not a duration such as 90s, 5m or 1h30m`,
    badChoice: (flag: string, text: string, allowed: string) => `${flag}: "${text}" is not one of ${allowed}`,
    badName: (text: string) => `"${text}" does not name an object; write KIND/NAME, e.g. deployment/web`,
    badLoss: (text: string) =>
      `--accept-loss: "${text}" does not name an object; write KIND/NAMESPACE/NAME, e.g. Job/shop/import`,
    badSelection: (text: string) =>
      `--only: "${text}" is not image=NAME, namespace=NAME or kind=KIND[/NAME], e.g. image=nginx, namespace=shop, kind=Deployment/web`,
    badMaxChanges: (text: string) => `--max-changes: "${text}" is not a whole number`,
    badPlatform: (text: string) =>
      `--platform: "${text}" is not a platform; write os/arch[/variant], e.g. linux/arm64`,
    badRepo: (text: string) => `--repo must be OWNER/NAME, not "${text}"`,
    badPattern: (text: string) =>
      `--replicate takes a pattern of names without a registry, such as library/*, not "${text}"`,
    badKeepLast: (text: string) => `--keep-last takes a whole number from 1 on, not "${text}"`,
    badQuota: (text: string) => `--quota must be a number from 1, not "${text}"`,
    badSize: (text: string) => `--volume-size: "${text}" is no size of at least 2MiB; write 700MB or 4GiB`,
    badSetting: (text: string) => `--set: "${text}" has no =; write path=value`,
    badUse: (text: string, uses: string) => `--for: "${text}" is none of ${uses}`,
    badNamespace: (text: string) => `--exclude-namespace: "${text}" is not the name of a namespace`,
    badImage: (text: string) => `--image: "${text}" is no image name`,
    badHost: (flag: string, text: string) => `${flag}: "${text}" is not a host; write host[:port]`,
    patchAlone: '--patch is the file for what --source finds: name a checkout with --source',
    namesEverywhere: 'an object cannot be taken by name from all namespaces; use -n NAMESPACE',
    probeSnapshot: '--probe and --predict ask registries and nodes: they do not go with --snapshot',
    predictFiles: '--predict looks at a cluster: leave out -f',
    filesAndCluster: '-f reads files only: leave out KIND/NAME, -n, -A and -l',
    snapshotAndMore: '--snapshot is read instead of a cluster: leave out -f and -l',
    noMessage: 'there is no message: give one, or pipe a text in',
    inputAndMessage: 'a message and --input cannot both be read; leave one out',
    reportFormat: '--out: the name must end in .html, .md, .json or .yaml, or -o must say the format',
    noImageSource: (sources: string) => `nothing to read: give one of ${sources}`,
    twoImageSources: (sources: string) => `only one source at a time: ${sources}`,
    onlyWith: (flag: string, sources: string) => `${flag} goes with ${sources} only`,
    help: (command: string) => `${command} --help`,
  },
  error: { where: 'where', likely: 'likely', do: 'do' },
  noMirrors: {
    paste: (path: string) => `put this into ${path} and fill in your registry:`,
    then: 'then',
  },
  ask: {
    apply: 'apply? [y]es [n]o [d]iff [p]lan file',
    undo: 'take it back? [y]es [n]o',
    loss: '[y]es [n]o',
    again: 'please answer with one of the letters or numbers',
    planWritten: (path: string) => `plan written to ${path}`,
    nothingChanged: 'nothing was changed',
  },
  interrupted: {
    stopping: 'stopping; Ctrl-C again ends at once',
    unchanged: 'nothing was changed',
    changed: (changes: string) => `${changes} of the plan made and left in place, not verified`,
  },
} as const;
