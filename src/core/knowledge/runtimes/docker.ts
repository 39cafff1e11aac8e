import type { Reference } from '../../image/index.ts';
import type { Json } from '../../model/index.ts';
import { asList, asText, dig } from '../pods/index.ts';
import { registryEndpoint, type NodeFile, type RuntimeRoute } from './endpoint.ts';

/**
 * Which servers dockerd asks: `registry-mirrors` of `daemon.json` and `--registry-mirror`, which serve Docker Hub
 * alone, then the registry (dockerd(8)).
 *
 * @param args the daemon's own arguments.
 */
export function dockerRoute(
  config: NodeFile | undefined,
  args: readonly string[],
  reference: Pick<Reference, 'registry' | 'repository'>,
): RuntimeRoute {
  const settings = config === undefined ? undefined : readJson(config.text);
  const usual = registryEndpoint(reference);
  const insecure = both(settings, args, 'insecure-registries', '--insecure-registry');
  const mirrors =
    reference.registry === 'docker.io' ? both(settings, args, 'registry-mirrors', '--registry-mirror') : [];
  const trusted = insecure.includes(reference.registry) ? { insecure: true } : {};
  return {
    endpoints: [
      ...mirrors
        .filter((address) => URL.canParse(address))
        .map((address) => ({
          repository: `${address.replace(/\/+$/, '')}/v2/${reference.repository}`,
          mirror: true,
          ...(insecure.includes(new URL(address).host) ? { insecure: true } : {}),
        })),
      { ...usual, ...trusted },
    ],
    files: config === undefined ? [] : [config.path],
  };
}

function both(
  settings: Json | undefined,
  args: readonly string[],
  key: string,
  flag: string,
): readonly string[] {
  const inFile = asList(dig(settings, key)).flatMap((each) => asText(each) ?? []);
  const given = args.flatMap((arg, index) => {
    if (arg.startsWith(`${flag}=`)) return [arg.slice(flag.length + 1)];
    return arg === flag ? (args[index + 1] ?? []) : [];
  });
  return [...inFile, ...given];
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
