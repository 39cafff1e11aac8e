import { counted } from '../../../../core/i18n/index.ts';

/** What files and clusters name, and why a text is an image or not. */
export const images = {
  images: counted('image', 'images'),
  places: counted('place', 'places'),
  direct: 'pulled by the kubelet',
  indirect: 'put into pods by a controller',
  present: 'in the runtime of the node',
  none: 'no image found',
  withoutDigest: (names: string) => `left out, their registries give no digest: ${names}`,
  isImage: (text: string) => `${text} is an image`,
  isNone: (text: string) => `${text} is not an image`,
  notHere: 'it stands nowhere in what was read, or only in a comment; judged by itself',
  unfit: 'written with escapes: it cannot be edited byte for byte',
  notRendered: counted(
    'more image is named by the chart but not rendered',
    'more images are named by the chart but not rendered',
  ),
  more: (n: number) => `${n} more`,
  listed: 'in a list for copying',
  open: {
    tag: 'the tag is filled in elsewhere',
    registry: 'a registry, below which a program knows its images',
  },
  leftOut: {
    template: counted('template', 'templates'),
    broken: counted('file that is no YAML', 'files that are no YAML'),
    unreadable: counted('file that cannot be read', 'files that cannot be read'),
    'too-large': counted('file that is too large', 'files that are too large'),
    'repeated-key': counted('file in which a key stands twice', 'files in which a key stands twice'),
    compose: counted('compose file (name it to read it)', 'compose files (name them to read them)'),
    dockerfile: counted('Dockerfile (name it to read it)', 'Dockerfiles (name them to read them)'),
  },
  notes: {
    'ks-core': (chart: string) =>
      `${chart}: extensions of KubeSphere are installed later, and their images are in no rendered object; they take the registry of the value extension.imageRegistry, as far as each extension reads it`,
    installer: (files: string) =>
      `an installer reads ${files} and pulls images that are not named there: pullmend preflight lists them`,
    chart: (folders: string) => `left out, Helm charts must be rendered: ${folders}; see --chart`,
    kustomization: (folders: string) =>
      `read as they are, not as kustomize builds them: ${folders}; see --kustomize`,
    skipped: (files: string) => `left out: ${files}`,
    'left-out': (files: string) => `not read: ${files}`,
    'copy-list': (files: string) =>
      `lists of images to copy, from which nothing is pulled: ${files}; pullmend sync FILE reads them`,
    'not-read': (resources: string) => `not read, this user may not list: ${resources}`,
    'node-images-cut': (counts: string) =>
      `the kubelet reports no more than ${counts} images; the runtime may have others`,
  },
  skipped: {
    'link-out': 'a link that leads out of the folder; see --follow-links',
    'link-broken': 'a broken link',
    'not-regular': 'no regular file',
    name: 'its name is no UTF-8',
    'too-deep': 'too deep',
  },
  why: {
    'pod-field': 'a field of a pod spec: the kubelet pulls exactly this',
    named: 'the name of its field, variable or flag says image',
    digest: 'it has a digest',
    'registry-and-tag': 'it has a registry and a tag',
    'version-tag': 'it has a path, and a tag that is a version',
    annotation: 'an admission webhook reads this annotation',
    'registry-setting': 'a setting says the registry, and a program makes up the names',
    'oci-source': 'a controller pulls a chart or manifests from there',
    template: 'it holds a placeholder that is still to be filled in',
    url: 'it is a URL',
    path: 'it is a path',
    'not-a-name': 'it does not parse as an image name',
    'bare-word': 'it is a single word, and nothing around it says image',
    'host-port': 'it is a host with a port',
    'service-host': 'it is the address of a Service',
    'no-tag': 'it has neither tag nor digest, and nothing around it says image',
    'no-registry': 'it has no registry and no version, and nothing around it says image',
    note: 'it stands in an annotation that nobody pulls from',
    destination: 'it is brought there, not pulled: the end of a build or a copy',
    query: 'a query compares it',
    'not-rendered': 'the chart names it, but does not render it with these values',
  },
} as const;
