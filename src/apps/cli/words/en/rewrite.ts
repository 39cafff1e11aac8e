import { counted } from '../../../../core/i18n/index.ts';

/** `rewrite`: what got another name, and what did not. */
export const rewrite = {
  places: counted('place', 'places'),
  files: counted('file', 'files'),
  written: (places: string, files: string) => `${places} in ${files} rewritten`,
  wouldChange: (places: string, files: string) => `${places} in ${files} to rewrite`,
  writtenTo: (folder: string) => `all manifests written below ${folder}`,
  nothing: 'nothing to rewrite: no image that a mirror serves stands under another name',
  undo: (command: string) => `undo: ${command}`,
  gaps: (command: string) => `what fills the gaps: ${command}`,
  left: (places: string) => `${places} left as they are`,
  unverified: counted('copy that nothing was compared with', 'copies that nothing was compared with'),
  skipped: {
    chart: (path: string) => `${path} is a Helm chart, left out: rewrite --chart ${path}`,
    kustomization: (path: string) =>
      `${path} is a kustomization: its images entries find images by name and may need the new names; rewrite --kustomize ${path} leaves the manifests and writes entries`,
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
    lockUnasked: '--lock needs the registries: leave out --no-probe',
    noPath: 'name files or folders',
  },
} as const;
