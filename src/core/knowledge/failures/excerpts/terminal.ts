/** What the lines of a terminal say about the text that follows them. */
export type Setting = {
  /** The image that a command pulls. */
  readonly pulling?: string;
  /** One of several names that are tried in turn. */
  readonly isTried?: true;
  /** Of `kubectl -n shop …`. */
  readonly namespace?: string;
  /** Of `kubectl describe pod web-1`. */
  readonly pod?: string;
  /** The machine that an installer talks about. */
  readonly node?: string;
};

/** A command after a prompt, and the head of a table: what was printed before is at its end. */
export const terminal =
  /^(?:.{0,80}[$#%>❯➜] |\+ )?(?:sudo )?(?:kubectl|oc|k|crictl|ctr|nerdctl|docker|podman|journalctl|helm) [a-z-]|^(?:NAME|NAMESPACE|LAST SEEN|REPOSITORY)\s|^```/;
/** The command before it still speaks. */
const tableHead = /^(?:NAME|NAMESPACE|LAST SEEN|REPOSITORY|```)/;
const pullCommand =
  /\b(?:docker|podman|nerdctl|crictl|ctr|isula|buildah)(?:\.exe)?(?=\s)[^|;&"]{0,200}?\spull ([^|;&"'`]{1,700})/;
/** docker-compose, podman, kk and kaniko, before they pull. */
const begins =
  /^(?:Pulling [\w.-]{1,100} \(([^)\s]{1,512})\)|Trying to pull (?:docker:\/\/)?(\S{1,500}?)|downloading image: (\S{1,512}?)|INFO\[\d{1,8}\] Retrieving image(?: manifest)? (\S{1,512})(?: from registry \S{1,255})?|(?:docker ?: )?Unable to find image '([^'\s]{1,512})' locally)(?:\.\.\.)?(?:Failed)?\s*$/;
const imageWord =
  /^[A-Za-z0-9][\w.-]{0,252}(?::\d{1,5}(?=\/))?(?:\/[\w.-]{1,252}){0,10}(?::[\w.-]{1,128})?(?:@sha256:[0-9a-f]{64})?$/;
const namespaceFlag =
  /\b(?:kubectl|oc|k)\s.{0,200}?(?:-n|--namespace)[ =]([a-z0-9][a-z0-9-]{0,62})(?=[\s|]|$)/;
const describedPod =
  /\b(?:kubectl|oc|k)\s(?:.{0,120}\s)?describe\s(?:.{0,80}\s)?(?:pods?|po)(?:\s-{1,2}[\w-]{1,30}(?:[= ][\w./-]{1,253})?){0,4}[\s/]([a-z0-9][a-z0-9.-]{1,252})(?=[\s|]|$)/;
/** Jenkins before what it tells of the containers of an agent. */
const podInfo = /^\[PodInfo\] ([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9.-]{1,252})$/;
const machine = /^message: \[([\w.-]{1,253})\]/;

/** What this line sets for those after it; `undefined` when it sets nothing. */
export function settingOf(text: string): Setting | undefined {
  const node = machine.exec(text)?.[1];
  if (node !== undefined) return { node };
  const [, place, agent] = podInfo.exec(text.trim()) ?? [];
  if (place !== undefined && agent !== undefined) return { namespace: place, pod: agent };
  const [, service, tried, loaded, retrieved, absent] = begins.exec(text.trim()) ?? [];
  const named = service ?? tried ?? loaded ?? retrieved ?? absent;
  if (named !== undefined) return { pulling: named, ...(tried !== undefined && { isTried: true }) };
  const command = pullCommand.exec(ansibleCommand(text) ?? text)?.[1];
  const words = command
    ?.trim()
    .split(/\s+/)
    .map((word) => word.replace(/[:,;.]$/, ''))
    .filter((word) => imageWord.test(word));
  // The value of a flag may stand last: `--platform amd64`.
  const pulling = words?.findLast((word) => /[/:.]/.test(word)) ?? words?.at(-1);
  const namespace = namespaceFlag.exec(text)?.[1];
  const pod = describedPod.exec(text)?.[1];
  if (pod !== undefined) return { pod, ...(namespace !== undefined && { namespace }) };
  if (pulling === undefined && namespace === undefined)
    return terminal.test(text) && !tableHead.test(text) ? {} : undefined;
  return { ...(pulling !== undefined && { pulling }), ...(namespace !== undefined && { namespace }) };
}

/** `"cmd": ["/usr/bin/docker", "pull", "…"]` of Ansible as a shell has it. */
function ansibleCommand(text: string): string | undefined {
  return /"cmd": \[([^\]]{1,2000})\]/.exec(text)?.[1]?.replaceAll(/[",]/g, '');
}
