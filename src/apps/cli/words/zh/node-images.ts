import { domainWords } from '../../../../core/i18n/index.ts';
import type { Catalog } from '../catalog.ts';

export const nodeImages = {
  total: (images, bytes) => `${domainWords('zh').words.images(images)} · ${bytes}`,
  pinned: '已固定',
  missing: (images) => `其 Pod 缺少：${domainWords('zh').words.images(images)}`,
  nothingMissing: '其 Pod 引用的镜像都有',
} as const satisfies Catalog['nodeImages'];
