import { counted, formatNumber } from '../../../../core/i18n/index.ts';

/** `rewrite`: what got another name, and what did not. */
export const rewrite = {
  places: counted('place', 'places'),
  files: counted('file', 'files'),
  written: (places: string, files: string) => `${places} in ${files} rewritten`,
  wouldChange: (places: string, files: string) => `${places} in ${files} to rewrite`,
  writtenTo: (folder: string) => `all manifests written below ${folder}`,
  nothing: 'nothing to rewrite: no image that a mirror serves stands under another name',
  writePipe: (command: string) =>
    `standard input cannot be mended where it came from; ${command} writes the new text to standard output`,
  hidden: counted(
    'place is not in the patch: its document holds a Secret; --in-place and --out change it',
    'places are not in the patch: their documents hold Secrets; --in-place and --out change them',
  ),
  nothingDone: 'nothing rewritten: what stays, and why, stands above',
  nothingRead: 'nothing to rewrite in what was read; what was not read stands above',
  policy: (name: string, before: string, after: string) => `${name}: pull policy ${before} → ${after}`,
  policies: counted('pull policy', 'pull policies'),
  unset: '(none)',
  inValues: (n: number) =>
    `${formatNumber(n)} in values of charts that were not rendered, so nothing proves that the chart takes them: pullmend rewrite --chart CHART does`,
  undo: (command: string) => `undo: ${command}`,
  gaps: (command: string) => `what fills the gaps: ${command}`,
  left: (places: string) => `${places} left as they are`,
  unverified: counted('copy that nothing was compared with', 'copies that nothing was compared with'),
  skipped: {
    chart: (path: string) => `${path} is a Helm chart, left out: rewrite --chart ${path}`,
    kustomization: (path: string) =>
      `${path} is a kustomization: read as it is, with its images entries; rewrite --kustomize ${path} leaves the manifests, writes entries and proves the build`,
    kustomizations: (count: number, paths: string) =>
      `${formatNumber(count)} kustomizations read as they are, with their images entries: ${paths}`,
    charts: (count: number, paths: string) =>
      `${formatNumber(count)} Helm charts left out, rewrite --chart CHART reads one: ${paths}`,
    installer: (path: string) =>
      `${path} configures an installer: --set-registry writes its registry setting, pullmend preflight lists its images`,
  },
  why: {
    'no-copy': 'no mirror has it',
    'mirrors-fail': 'the mirrors do not answer',
    'only-different': 'the only copy is another image; --allow-unverified takes it',
    'only-unverified': 'nothing proves that the copy is the same image; --allow-unverified takes it',
    unfit: 'the text in the file cannot say the new name byte for byte (escapes, or a tag in another field)',
    'no-inverse': 'the naming scheme of the mirror does not tell the original',
    'setting-lacks':
      'the setting moves every image of the installer, and the mirror does not have these, or none that is proved the same; pullmend preflight says how to bring them',
    'kustomize-sets':
      'neither an images entry nor a patch moves it: something later in the build sets it, or it stands in a Secret, which no patch may repeat',
    'open-name':
      'a part of the name is filled in elsewhere, so no mirror can be asked for it; --no-probe moves the part that is known',
    'shared-field':
      'one field has a part in the names of several images, and not all of them can move with it; write the field of each, or name a mirror that has all',
    'override-matches':
      'an images entry finds it by this name in one build and not in another, and not all that it finds can get one new name; pullmend rewrite --kustomize DIR moves it there',
    'setting-absent':
      'a program pulls it from a registry that no field names here; with this field it takes another one',
    sealed: 'the file is encrypted with SOPS, which signs it as a whole; change it with sops',
    'no-digest': 'not pinned: no digest, or no field for one',
  },
  short: (names: string) =>
    `without library/, which no value can write: ${names}; Harbor 2.7 and newer find them in a proxy of Docker Hub`,
  unserved: 'no mirror has a copy that may be used (pullmend find IMAGE says why):',
  unmoved: (places: string) => `${places} that no value can move`,
  stays: {
    'hard-coded': (at: string) => `written in the chart: ${at}`,
    shared: (paths: string) =>
      `values have a part in it, but none moves it without spoiling an image: ${paths}`,
    refused: (path: string, said: string) => `the chart refuses the new name in ${path}: ${said}`,
    set: (path: string) =>
      `--set ${path} says it, and wins over every file of values: give it in a file (-f) instead`,
    invalid: 'no valid name, so nobody can pull it: a value that the chart needs is not set',
    composed: (template: string) => `made up by ${template} in a way that no value changes`,
  },
  unmovedHelp:
    'these move with helm --post-renderer (pullmend post-render), or in a patched copy of the chart: --vendor FOLDER',
  beside: (places: string) => `${places} without an image change too:`,
  plugin: (file: string) => `${file} written; Helm 4 runs it after:`,
  leftHelp: 'these move with helm --post-renderer (pullmend post-render)',
  vendored: (folder: string, files: string) =>
    `patched copy of the chart written to ${folder}: ${files} changed`,
  vendorNeedless: 'no copy of the chart written: values move every image, so there is nothing to patch',
  vendorVain: 'no copy of the chart written: nothing in its files could be replaced, for the reasons above',
  movedBy: (places: string) => `${places} moved by these values, proved by rendering`,
  override: (places: string, file: string, command: string) =>
    `${places} moved, proved by rendering; ${file} written: ${command}`,
  usage: {
    chartAlone:
      '--chart goes with -f, --set, -n, --chart-repo, --chart-version, --kube-version, --skip-schema-validation, --no-probe, --allow-unverified, --vendor and -o FILE only',
    ownValues: (file: string) => `${file} is yours and stays as it is: name another file for the override`,
    kustomizeAlone: '--kustomize takes one folder, without other paths, --to-origin and --set-registry',
    onlyChart:
      '--values, --set, -n, --chart-repo, --chart-version, --kube-version, --skip-schema-validation and --vendor go with --chart only',
    ways: '--in-place, --out, --diff and --check exclude one another',
    originAndLock: '--to-origin cannot be combined with --lock or --pull-policy',
    piped:
      '- reads standard input and writes standard output; it goes with --diff and --check, not with other paths, --in-place or --out',
    lockUnasked: '--lock needs the registries: leave out --no-probe',
    noPath: 'name files or folders',
  },
} as const;
