import type { Reference } from '../image/index.ts';
import { asList, asText, dig } from '../knowledge/pods/index.ts';
import {
  containerdRoute,
  crioRoute,
  dockerRoute,
  hostFolders,
  readContainerdConfig,
  registryEndpoint,
  type RuntimeRoute,
} from '../knowledge/runtimes/index.ts';
import type { Json } from '../model/index.ts';
import { parse } from 'yaml';
import type { NodeState } from './types.ts';

/** Which servers the node's runtime asks for an image, by what it is set to. */
export function routeIn(state: NodeState, reference: Reference): RuntimeRoute {
  const main = state.files.find(({ path }) => path === state.main);
  switch (state.runtime) {
    case 'containerd': {
      const config = readContainerdConfig({ path: state.main, text: state.effective ?? main?.text ?? '' });
      const folder =
        config === undefined
          ? undefined
          : hostFolders(config, reference.registry).find((one) => state.folders.includes(one));
      const hosts = state.files.find(({ path }) => path === `${folder ?? ''}/hosts.toml`);
      return containerdRoute(config, hosts, reference);
    }
    case 'crio':
      return crioRoute(
        state.files.filter(({ path }) => path.includes('/registries.conf')),
        reference,
      );
    case 'dockerd':
      return dockerRoute(main, [], reference);
    case 'k3s':
      return k3sRoute(state, reference);
  }
}

/** `registries.yaml`: endpoints in their order, then the registry itself. */
function k3sRoute({ files, main: path }: NodeState, reference: Reference): RuntimeRoute {
  const text = files.find((file) => file.path === path)?.text ?? '';
  const mirrors = dig(parse(text) as Json, 'mirrors');
  const entry = dig(mirrors, reference.registry) ?? dig(mirrors, '*');
  const rewrite = asText(dig(entry, 'rewrite', '^(.*)$'));
  const repository =
    rewrite === undefined ? reference.repository : rewrite.replace('$1', reference.repository);
  const endpoints = asList(dig(entry, 'endpoint')).flatMap((one) => {
    const address = asText(one);
    return address === undefined || !URL.canParse(address)
      ? []
      : [
          {
            repository: `${new URL(address).origin}/v2/${repository}`,
            mirror: true,
            namespace: reference.registry,
          },
        ];
  });
  return { endpoints: [...endpoints, registryEndpoint(reference)], files: text === '' ? [] : [path] };
}
