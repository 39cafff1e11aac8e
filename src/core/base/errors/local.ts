import { exitCode } from '../exit.ts';
import { spec } from './define.ts';

/** Errors of image layouts, archives and bundles. */
export const localErrors = {
  PM_IMAGES_BROKEN: spec<{ place: string; reason: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.place} cannot be read as images: ${p.reason}`,
      likely: 'the file is damaged, cut short, or of another kind',
      do: 'make it again; nothing of it was used',
    }),
    zh: (p) => ({
      what: `无法把 ${p.place} 作为镜像读取：${p.reason}`,
      likely: '文件已损坏，不完整，或是其他类型',
      do: '请重新生成；其中的内容没有被使用',
    }),
  }),
  PM_IMAGE_UNNAMED: spec<{ place: string; known: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.place} holds several images, and none was named`,
      do: `name one behind a colon: ${p.known.join(', ')}`,
    }),
    zh: (p) => ({
      what: `${p.place} 中有多个镜像，没有指定是哪一个`,
      do: `在冒号后写出名字：${p.known.join(', ')}`,
    }),
  }),
  PM_ARCHIVE_ONE_PLATFORM: spec<{ place: string; platforms: readonly string[] }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.place} can hold one platform of an image, and this one has several`,
      do: `choose one with --platform: ${p.platforms.join(', ')}`,
    }),
    zh: (p) => ({
      what: `${p.place} 只能存放镜像的一个平台，而该镜像有多个`,
      do: `用 --platform 选择一个：${p.platforms.join(', ')}`,
    }),
  }),
  PM_PLACE_IN_USE: spec<{ place: string; holder: string }>(exitCode.noAccess, 'you', {
    en: (p) => ({
      what: `${p.place} is written by another process: ${p.holder}`,
      do: `wait for it; when it runs no more, delete ${p.place}`,
    }),
    zh: (p) => ({
      what: `${p.place} 正被另一个进程写入：${p.holder}`,
      do: `请等待它结束；若它已不在运行，请删除 ${p.place}`,
    }),
  }),
  PM_BUNDLE_BROKEN: spec<{ file: string; reason: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.file} of the bundle cannot be used: ${p.reason}`,
      likely: 'it was damaged, renamed or left behind on the way',
      do: 'carry this file over again; pullmend bundle verify checks all of them',
    }),
    zh: (p) => ({
      what: `离线包的文件 ${p.file} 无法使用：${p.reason}`,
      likely: '搬运途中损坏，改名或遗漏',
      do: '请重新搬运该文件；pullmend bundle verify 可检查全部文件',
    }),
  }),
  PM_BUNDLE_NEWER: spec<{ file: string; version: string }>(exitCode.usage, 'you', {
    en: (p) => ({
      what: `${p.file} is a bundle of format ${p.version}, which this version does not know`,
      do: 'use the version of pullmend that made it, or a newer one',
    }),
    zh: (p) => ({
      what: `${p.file} 的离线包格式是 ${p.version}，当前版本不支持`,
      do: '请使用生成它的 pullmend 版本，或更新的版本',
    }),
  }),
  PM_BUNDLE_NEEDS: spec<{ bundle: string; digest: string }>(exitCode.nothingDone, 'you', {
    en: (p) => ({
      what: `${p.bundle} leaves out ${p.digest}, and the destination does not have it`,
      likely: 'the bundle was made with --have, for a place that holds more than this one',
      do: 'load the bundle that it builds on first, or make it without --have',
    }),
    zh: (p) => ({
      what: `${p.bundle} 不含 ${p.digest}，而目标处也没有`,
      likely: '该离线包用 --have 生成，面向的目标比这里内容更多',
      do: '请先载入它所依赖的离线包，或不带 --have 重新生成',
    }),
  }),
  PM_BUNDLE_EXISTS: spec<{ file: string }>(exitCode.usage, 'you', {
    en: (p) => ({ what: `${p.file} exists already`, do: 'choose another name with --out, or delete it' }),
    zh: (p) => ({ what: `${p.file} 已存在`, do: '用 --out 指定其他名字，或先删除它' }),
  }),
};
