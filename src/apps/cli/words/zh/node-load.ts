import type { Catalog } from '../catalog.ts';

export const nodeLoad = {
  has: '已有该镜像',
  lacks: (bytes, size, layers, way) => `将收到 ${size} 中的 ${bytes}：缺少 ${layers} 层，${way}`,
  throughApi: '这些数据经由 API 服务器传输',
  nothing: '所有节点都已有该名称的镜像',
} as const satisfies Catalog['nodeLoad'];
