import type { NodeSettings } from '../model/index.ts';
import { containerdDraft } from './containerd.ts';
import { dockerDraft } from './daemon-json.ts';
import { manifestDraft } from './manifest.ts';
import { crioDraft } from './registries-conf.ts';
import { k3sDraft } from './registries-yaml.ts';
import type { ConfigDraft, NodeState, RuntimeKind } from './types.ts';

const drafts: Readonly<Record<RuntimeKind, (state: NodeState, settings: NodeSettings) => ConfigDraft>> = {
  containerd: containerdDraft,
  crio: crioDraft,
  dockerd: dockerDraft,
  k3s: k3sDraft,
};

/**
 * What a node's files become by these settings; no file where it is told all of it already. Pure: the same state and
 * settings give the same bytes, so that a plan can be checked when it is carried out.
 */
export function configDraft(state: NodeState, settings: NodeSettings): ConfigDraft {
  const draft = drafts[state.runtime](state, settings);
  const manifest = settings.manifest === undefined ? [] : manifestDraft(state, settings.manifest);
  return { ...draft, files: [...draft.files, ...manifest].filter(({ before, after }) => before !== after) };
}
