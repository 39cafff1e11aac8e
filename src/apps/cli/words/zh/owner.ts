import type { Screens } from '../catalog.ts';

export const owner = {
  labels: { chain: '所有者', seen: '依据', edit: '修改' },
  verdict: {
    kept: (object, until) =>
      until === '' ? `对 ${object} 的修改会保留。` : `对 ${object} 的修改会保留到 ${until} 下次应用为止。`,
    reverted: (object) => `对 ${object} 的修改会被改回。`,
    unknown: (object) => `无法判断对 ${object} 的修改能否保留。`,
  },
  link: {
    there: (object) => object,
    gone: (object) => `${object}（已不存在）`,
    unreadable: (object, right) => `${object}（无法读取，缺少 ${right}）`,
  },
  evidence: {
    putBack: (object, by, at, run) => `${by} 在 ${run} 之后于 ${at} 把 ${object} 改了回去`,
    deleted: '它或它的命名空间正在被删除',
    mirrorPod: (node) => `静态 Pod：API 中的对象只反映 ${node} 上的一个文件`,
    writer: (manager, object, at) =>
      `${object} 的镜像由字段管理者 ${manager} 写入${at === '' ? '' : `（${at}）`}`,
    operator: (object, how, wanted, ready) =>
      wanted === 0
        ? `${object} ${how}，副本数为 0：在此期间不会改回`
        : `${object} ${how}，${wanted} 个 Pod 中 ${ready} 个就绪`,
    admission: (object) => `${object} 在创建 Pod 时放入镜像`,
  },
  operatorBy: {
    known: (operator) => `是 operator ${operator}`,
    'field-manager': () => '与写入它的字段管理者同名',
    name: () => '从名字看是它的 operator',
  },
  delivery: {
    reverts: (by, object, source) =>
      `${object} 由 ${by} 部署${source === '' ? '' : `（来自 ${source}）`}，会自动改回修改`,
    overwrites: (by, object, source) =>
      `${object} 由 ${by} 部署${source === '' ? '' : `（来自 ${source}）`}，下次发布会覆盖修改`,
    held: (by, object, source) =>
      `${object} 由 ${by} 部署${source === '' ? '' : `（来自 ${source}）`}，但目前已设为不处理它`,
    gone: (by, object) => `${object} 上有 ${by} 的标记，但它已不存在`,
    unreadable: (by, object, right) => `${object} 由 ${by} 部署，无法得知它是否会改回：缺少 ${right}`,
  },
  image: (container, image) => `${container}: ${image}`,
  or: (place) => `或 ${place}`,
  place: (object, field, part, isUnset) =>
    `${object}${field === '' ? '' : ` ${field}`}${part === '' ? '' : `（${part}）`}${isUnset ? '，尚未设置' : ''}`,
  part: (part) => `其中的 ${part}`,
  staticFile: (node) => `${node} 上 kubelet 的 staticPodPath 中的清单文件`,
  through: (manager, place) => `${manager}，由它写入 ${place}`,
  nowhere: '它没有写任何镜像',
} as const satisfies Screens['owner'];
