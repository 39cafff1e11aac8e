import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of `copy` and `sync`. */
export const copyErrors = {
  PM_LIST_BROKEN: spec<{ file: string; line: number; column: number; reason: string }>(
    exitCode.usage,
    'you',
    {
      en: (p) => ({
        what: `${p.file}:${p.line}:${p.column} is no list of images: ${p.reason}`,
        do: 'correct the line; docs/reference/image-lists.md shows every form',
      }),
      zh: (p) => ({
        what: `${p.file}:${p.line}:${p.column} 不是镜像清单：${p.reason}`,
        do: '请修正该行；docs/reference/image-lists.md 列出了所有写法',
      }),
    },
  ),
  PM_COPY_NO_TARGET: spec<{ image: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.image} has no destination`,
      do: 'write it after the image in the list, or name a writable mirror with --to',
    }),
    zh: (p) => ({ what: `${p.image} 没有目标地址`, do: '在清单里写在镜像之后，或用 --to 指定可写的镜像站' }),
  }),
  PM_COPY_SAME_TARGET: spec<{ target: string; images: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `different images would get one name, ${p.target}: ${p.images}`,
      likely: 'the scheme of the mirror drops what tells them apart',
      do: 'give each its own destination in the list, or use a mirror with another scheme',
    }),
    zh: (p) => ({
      what: `不同的镜像会得到同一个名字 ${p.target}：${p.images}`,
      likely: '该镜像站的命名规则去掉了它们的区别',
      do: '在清单里分别写出目标地址，或改用其他命名规则的镜像站',
    }),
  }),
  PM_COPY_REFUSED: spec<{ mirror: string; target: string }>(exitCode.failuresLeft, 'you', {
    en: (p) => ({
      what: `mirror ${p.mirror} does not let ${p.target} be pushed`,
      likely:
        'the account may only read, the mirror is read-only or a proxy cache, or the project is missing',
      do: 'docker login with an account that may push, or set credentials of the mirror to one',
    }),
    zh: (p) => ({
      what: `镜像站 ${p.mirror} 不允许推送 ${p.target}`,
      likely: '账号只有读取权限，镜像站只读或是代理缓存，或项目不存在',
      do: '用有推送权限的账号执行 docker login，或在镜像站的 credentials 里指定这样的账号',
    }),
  }),
  PM_COPY_TAGGED_OTHERWISE: spec<{ target: string; found: string; wanted: string }>(
    exitCode.failuresLeft,
    'registry',
    {
      en: (p) => ({
        what: `${p.target} leads to ${p.found}, not to ${p.wanted}; it was left as it is`,
        likely: 'somebody pushed another image under this name, and it may be in use',
        do: 'make a new plan: pullmend plan',
      }),
      zh: (p) => ({
        what: `${p.target} 指向 ${p.found}，而不是 ${p.wanted}；未作改动`,
        likely: '有人以这个名字推送了另一个镜像，可能正在使用',
        do: '重新生成方案：pullmend plan',
      }),
    },
  ),
  PM_MIRROR_NOT_WRITABLE: spec<{ mirror: string; known: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.mirror} is no mirror that may be written to`,
      likely: p.known === '' ? 'no mirror of the configuration is writable' : `writable are: ${p.known}`,
      do: 'set writable: true for it in the configuration',
    }),
    zh: (p) => ({
      what: `${p.mirror} 不是可写的镜像站`,
      likely: p.known === '' ? '配置里没有可写的镜像站' : `可写的有：${p.known}`,
      do: '在配置里为它设置 writable: true',
    }),
  }),
  PM_PLATFORM_CHANGES_DIGEST: spec<{ image: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.image} is pinned by its digest; with fewer platforms the copy would have another one`,
      do: 'leave out --platform, or name the image by its tag',
    }),
    zh: (p) => ({
      what: `${p.image} 由 digest 固定；只保留部分平台会得到另一个 digest`,
      do: '去掉 --platform，或用标签指定该镜像',
    }),
  }),
};
