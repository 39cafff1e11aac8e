/** `mirrors setup`, and what `mirrors check` says of a Harbor. */
export const harbor = {
  looking: 'asking Harbors what is there',
  is: (version: string | undefined) => (version === undefined ? 'Harbor' : `Harbor ${version}`),
  steps: {
    endpoint: (name: string, url: string) => `endpoint ${name}  ${url}`,
    proxy: (name: string, upstream: string) => `proxy project ${name} of ${upstream}`,
    project: (name: string) => `project ${name}`,
    retention: (name: string, keepLast: number) =>
      `retention of ${name}: the newest ${keepLast} tags of each repository; older ones are deleted each night`,
    replication: (from: string, to: string) => `replication of ${from} into ${to}, to be started by hand`,
    robot: (name: string, projects: string) => `robot ${name}, may pull from ${projects}`,
    moreForRobot: (name: string, projects: string) => `robot ${name} may pull from ${projects}, too`,
  },
  isPublic: 'public',
  isPrivate: 'private',
  kept: {
    endpoint: (name: string) => `endpoint ${name} is there`,
    project: (name: string) => `project ${name} is there`,
    retention: (name: string) => `retention of ${name} is there`,
    replication: (name: string) => `replication rule ${name} is there`,
    robot: (name: string) =>
      `robot ${name} is there; its secret was told when it was made; its secret is not told again: if it is lost, refresh it under Robot Accounts`,
  },
  skipped: (mirror: string, why: string) => `${mirror}: ${why}`,
  count: (steps: number) => (steps === 1 ? '1 thing to make' : `${steps} things to make`),
  neverDeletes: 'nothing is deleted',
  retentionDeletes: 'nothing is deleted but what the retention says',
  ask: 'make it? [y]es [n]o',
  declined: 'nothing was changed',
  nothing: 'nothing to do: everything is there',
  none: 'nothing to do: no mirror of the config file needs anything on a Harbor',
  dryRun: 'dry run: nothing was changed',
  done: (made: number) => (made === 1 ? '1 thing made' : `${made} things made`),
  robotFile: (file: string) =>
    `the robot's login is in ${file}, readable by you alone; Harbor does not tell it again`,
  asSecret: (run: string) => `as a pull secret: ${run}`,
  findings: {
    'read-only': () =>
      'the Harbor is read-only: nothing can be pushed, and proxies cache nothing; an administrator ends it in its system settings',
    'components-unhealthy': (what: string) =>
      `not healthy: ${what}; whoever runs the Harbor finds more in their logs`,
    'login-refused': (user: string) =>
      `user name or password of ${user} refused (a robot may be disabled or expired); looked at without a login: docker login again`,
    'not-seen': (where: string) => `could not be looked at: ${where}; the mirror may work all the same`,
    'project-missing': (project: string) =>
      `project ${project} does not exist: pullmend mirrors setup makes it`,
    'project-hidden': (project: string) =>
      `project ${project} is missing or private: docker login as somebody who may see it, to know more`,
    'project-private': (project: string) =>
      `project ${project} is private, and the mirror has no credentials: make it public, or set credentials`,
    'no-proxy': (project: string) =>
      `project ${project} is no proxy: images come only when somebody pushes them (scheme harbor-library)`,
    'push-to-proxy': (project: string) =>
      `project ${project} is a proxy, nothing can be pushed: set writable: false, or take another project`,
    'library-dropped': (project: string) =>
      `project ${project} is a proxy of Docker Hub, and the scheme drops "library/": official images are not found before Harbor 2.7; take scheme harbor-proxy`,
    'signature-policy': (project: string) =>
      `project ${project} gives signed images only: sign the copies, or change it in the project's configuration`,
    'other-upstream': (project: string, have: string, want: string) =>
      `project ${project} is a proxy of ${have}, and the mirror is for ${want}: correct match, or take another project`,
    'endpoint-unhealthy': (project: string, endpoint: string, url: string) =>
      `project ${project}: Harbor says its endpoint ${endpoint} (${url}) is unhealthy, only what is cached can be pulled: test the connection under Registries; harbor-core may need HTTPS_PROXY`,
    quota: (project: string, used: string, limit: string) =>
      `project ${project} uses ${used} of its ${limit}: raise its quota, or delete what nobody needs`,
    'immutable-tags': (project: string, tags: string) =>
      `project ${project} has immutable tags (${tags}): a tag that is there is never pushed again; copies of moving tags need an exception in the project's policy`,
    'vulnerability-policy': (project: string, severity: string) =>
      `project ${project} refuses images with vulnerabilities from "${severity}" on, with HTTP 412: put their CVEs on its allowlist, or raise the severity`,
    'proxy-filter': (project: string, pattern: string) =>
      `project ${project} only serves names like ${pattern}: narrow match to them, or widen the filter`,
  },
} as const;
