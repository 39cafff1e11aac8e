/** From nothing to a first mirror: what is asked, and what is said of it. */
export const wayIn = {
  title: (images: string) => `no mirror is configured. Where may copies of ${images} come from?`,
  titleInit: 'where may copies of images come from?',
  ways: {
    inUse: 'what this cluster uses',
    noneInUse: 'its pods show no mirror',
    unread: 'no cluster can be read from here',
    public: 'public mirrors',
    publicAbout: 'terms are shown, and you are asked, before one is tried',
    own: 'a registry of your own',
    ownAbout: 'a Harbor, by its address',
    request: 'a service that copies',
    requestAbout: 'by an issue on GitHub, for single images',
  },
  which: (count: number) => `which? 1-${count}, [n]one`,
  later: (command: string) => `nothing was written; when you know where copies come from: ${command}`,
  nothingInUse: (command: string) => `no pod shows a mirror; settings of the nodes may: ${command}`,
  noCluster:
    'no cluster can be read from here; name one with --kubeconfig FILE or the variable KUBECONFIG, or choose another way',
  noneFits: 'no public mirror that pullmend knows has names for these images',
  mayTry: (count: number) =>
    `ask ${count === 1 ? 'it' : `these ${count}`} for the images, from this machine? their owners see the names. [y]es [n]o`,
  mayTryNodes: (nodes: string) =>
    `also from ${nodes} where they fail? starts debug pods in kube-system and removes them. [y]es [n]o`,
  noneAnswers: 'none of them has a copy that can be read from here',
  has: (images: string) => `has ${images} of those asked for`,
  fromNodes: (works: number, asked: number) =>
    works === asked ? 'works from the nodes, too' : `works from ${works} of ${asked} nodes`,
  whichPreset: (count: number) => (count === 1 ? 'use it? 1, [n]one' : `which? 1-${count}, [n]one`),
  whereIsIt: 'its address, host[:port] (empty: back):',
  noPlace: (place: string) => `"${place}" is not an address; write host[:port], such as harbor.example.com`,
  mayWrite: (names: string, file: string) => `write ${names} to ${file}? [y]es [n]o`,
  mayTrust:
    'strangers fill it, and nothing proves that its copies are the same images. use them this once (--allow-unverified)? [y]es [n]o',
  notWritten: 'nothing was written',
  howBack: (file: string, program: string) =>
    `to take it back, delete its lines in ${file}; what it holds: ${program} mirrors list`,
  askService: 'a copy takes minutes to days; the services with their terms, and the requests:',
  haveAlready: (file: string) => `${file} has these already; they stay:`,
  next: (check: string, fix: string) => `next: ${check}, then ${fix}`,
  goesOn: 'now with it:',
} as const;
