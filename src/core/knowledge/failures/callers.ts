/**
 * How clients of the Docker Engine API introduce its text: dockerode, go-dockerclient, docker-py, docker-java,
 * bollard, Docker.DotNet. The status is that of the engine's own API, never of a registry.
 */
const engineAnswers: readonly RegExp[] = [
  /\(HTTP code [45]\d\d\) [\w ]{1,40} - /g,
  /\bAPI error \([45]\d\d\): /g,
  /\b[45]\d\d (?:Server|Client) Error(?: for http\+docker:\S{1,400})?: [\w ]{1,40} \(/g,
  /\bDocker (?:API )?responded with status code ?=? ?\w{1,40}(?:: |, response=)/g,
  /\bStatus [45]\d\d: (?=\{"message")/g,
];

/** What callers append: docker, kubeadm, KubeKey, GitLab runner, installers that retry, fields of a log's line. */
const trailers: readonly RegExp[] = [
  /[\s"'`)\]}.,;\\]{1,40}$/,
  /\bSee 'docker [^']{1,40}--help'$/,
  /[,;]? error: exit status \d{1,3}$/,
  /:? Process exited with status \d{1,3}$/,
  /\(manager\.go:\d{1,5}:\d{1,5}s$/,
  /\[attempt #\d{1,3}\].{0,300}$/,
  /\bError syncing pod(?:, skipping)?$/,
  /\s(?:image|pod|podUID|containerID|podSandboxID|key|digest|file|id|name|host|url)=(?:"[^"]{0,300}|[^\s"]{1,300})$/,
  /, ?"(?:image|pod|podUID|containerID|podSandboxID|key|digest|file|id|name|host|url)": ?"[^"]{0,300}$/,
];
/** Layers of what callers append that are taken off. */
const maxLayers = 6;

/** The folded text without what a program that called the runtime put around it. */
export function withoutCallers(text: string): string {
  let rest = engineAnswers.reduce((bare, answer) => bare.replaceAll(answer, ''), text);
  for (let layer = 0; layer < maxLayers; layer += 1) {
    const bare = trailers.reduce((left, trailer) => left.replace(trailer, ''), rest);
    if (bare === rest) break;
    rest = bare;
  }
  return rest;
}
