import { newRunName, type World } from '../../access/index.ts';
import { formatReference, parseReference, runtimeName } from '../../core/image/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import { apiVersion, type RepairPlan } from '../../core/model/index.ts';

/**
 * A plan by which nodes pull an image and give it another name beside its own, or none; no node named: all that run
 * Linux. Nothing is asked of the nodes yet. Errors: PM_BAD_IMAGE_NAME.
 *
 * @param name absent: it is only pulled.
 */
export async function planNodeNames(
  { source, name = source }: { readonly source: string; readonly name?: string },
  nodes: readonly string[],
  world: World,
): Promise<RepairPlan> {
  const [from, to] = [runtimeName(parseReference(source)), runtimeName(parseReference(name))];
  const kube = await world.outside.kube();
  const all = nodes.length > 0 ? [...new Set(nodes)] : await linuxNodes(world);
  const now = (world.options.now ?? (() => new Date()))();
  const [first = ''] = all;
  return {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: newRunName(), createdAt: now.toISOString() },
    spec: {
      cluster: kube.identity,
      // Who names an image says what it is: nobody compares it.
      replacements: [
        {
          image: formatReference(parseReference(name)),
          with: from,
          mirror: '',
          platforms: [],
          identity: from === to ? 'same' : 'unverified',
        },
      ],
      steps:
        all.length === 0
          ? []
          : [
              {
                id: 's1',
                kind: 'node-alias',
                object: { apiVersion: 'v1', kind: 'Node', name: first },
                needs: [],
                expect: [],
                nodes: all,
                aliases: [{ source: from, names: [to] }],
              },
            ],
      unmended: [],
    },
  };
}

async function linuxNodes({ outside }: World): Promise<readonly string[]> {
  const nodes = await (await outside.kube()).list('Node');
  return nodes.flatMap((node) => {
    const isLinux = digText(node, 'status', 'nodeInfo', 'operatingSystem') !== 'windows';
    return isLinux ? (digText(node, 'metadata', 'name') ?? []) : [];
  });
}
