import type { Lang } from '../../../base/index.ts';
import type { Move } from './class-info.ts';

/** Whose move it is, in words. */
export const moveNames: Readonly<Record<Lang, Readonly<Record<Move, string>>>> = {
  en: {
    node: 'the node',
    network: 'the network',
    registry: 'the registry',
    'image-owner': "the image's owner",
    you: 'you',
  },
  zh: {
    node: '节点',
    network: '网络',
    registry: '镜像仓库',
    'image-owner': '镜像所有者',
    you: '你',
  },
};
