/** What nodes are set to, told and checked. */
export const nodeConfig = {
  access: { local: 'this machine', 'debug-pod': 'through a debug pod', ssh: 'by SSH' },
  labels: { asks: 'asks', pause: 'pause', files: 'files', but: 'but', told: 'told' },
  noMirror: 'no mirror is set: every image comes from its own registry',
  asks: (registry: string, servers: string) => `for ${registry}: ${servers}`,
  already: 'is told all of it already',
  untold: {
    renames: (mirror: string, registry: string) =>
      `${mirror} renames images of ${registry} in a way that no node can: it is left out`,
    'part-only': (mirror: string, registry: string) =>
      `${mirror} has official images of ${registry} under another path than the others: this runtime cannot tell them apart, so that they still come from ${registry}`,
    'hub-only': (mirror: string, registry: string) =>
      `docker has mirrors for Docker Hub alone: ${mirror} is not told for ${registry}`,
    path: (mirror: string, registry: string) =>
      `${mirror} needs a path in front of images of ${registry} that this runtime cannot have there: it is left out`,
    credentials: (mirror: string, registry: string) =>
      `${mirror} wants credentials, which nodes do not send for ${registry}: it is left out (nodesHaveCredentials: true, if they have some)`,
  },
  unused: {
    'broken-file': (path: string, detail: string) =>
      `${path} is broken, and the runtime leaves all of it out: ${detail}`,
    'unknown-capability': (path: string, detail: string) =>
      `${path} names the capability ${detail}, which this version does not know: it leaves the whole file out`,
    'no-capability': (path: string, detail: string) =>
      `${path} gives ${detail} no pull or no resolve, so that it is not asked for images by tag`,
    'no-override': (path: string, detail: string) =>
      `${path} lacks override_path for ${detail}: /v2 is put behind the path, where no registry answers`,
    'folder-unset': (path: string, detail: string) =>
      `${path} sets no config_path: nothing reads what lies in ${detail}`,
    'wrong-name': (path: string, detail: string) =>
      `${path} is for a name that images do not have: the folder must be called ${detail}`,
    'no-hosts': (path: string) =>
      `${path} has no hosts.toml, and other folders are not looked at for its registry`,
    'several-folders': (path: string, detail: string) =>
      `config_path ${detail} is a list, which pulls of this version take for one name (${path})`,
    'both-forms': (path: string) =>
      `${path} has config_path and mirrors together: the CRI plug-in does not load, and the node cannot run pods`,
    'plugin-off': (path: string) => `${path} turns the CRI plug-in off`,
    'not-read': (path: string) =>
      `${path} was written after the runtime began: it is read when that starts anew`,
  },
  canary: {
    used: (mirror: string, url: string) => `asks ${mirror} and gets the image: ${url}`,
    lacks: (mirror: string, url: string) => `asks ${mirror}, which has not this image: ${url}`,
    refuses: (mirror: string, url: string, answer: string) =>
      `asks ${mirror}, which answers ${answer}: ${url}`,
    silent: (mirror: string, url: string, answer: string) =>
      `asks ${mirror}, and nobody answers: ${url}: ${answer}`,
    unused: (mirror: string, url: string) => `does not ask ${mirror}${url === '' ? '' : `, but ${url}`}`,
  },
  httpOnTls: 'it speaks HTTP where HTTPS was asked',
  noChange: 'every node is told all of it already',
  planned: (command: string) => `change them: ${command}`,
  ask: (runs: string) => `Put back what ${runs} wrote on nodes? [y]es [n]o`,
  checkWell: 'every node asks its mirrors',
  checkLeft: (command: string) => `some do not use what they are told; set it: ${command}`,
} as const;
