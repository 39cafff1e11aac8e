import type { Rule } from './rule.ts';

/** What the registry sent is not what was promised, or not for this node. */
export const contentRules: readonly Rule[] = [
  {
    name: 'platform',
    class: 'platform-mismatch',
    pattern:
      /\bno match for platform\b|\bno matching manifest for\b|\bno (?:matching )?image found in (?:manifest list|image index)\b|\bdoes not (?:provide|match) the specified platform\b|\b[Ii]mage (?:architecture|operating system|OS) mismatch\b|\bimage operating system "[^"]{1,40}" cannot be used on this platform\b|\bcannot be used on this platform\b|\b-based image is incompatible with a\b|\bimage is incompatible with\b|\boperating system does not match the host\b|\boperating system is not supported\b|\bno (?:suitable|supported|matching) (?:platform|entries|manifest)\b|\bno (?:child|image) (?:with|for) platform\b|\bexpected platform\b|\bdoes not match the (?:host|node)(?:'s)? (?:platform|architecture)\b|\bplatform \S{1,60} (?:is )?not (?:found|supported|available)\b/i,
    seen: 'containerd core/images (all versions), moby pull_v2.go and daemon/containerd, containers/image manifest lists, hcsshim',
  },
  {
    name: 'digest',
    class: 'digest-mismatch',
    pattern:
      /\bunexpected commit digest\b|\bfailed size validation\b|\bunexpected commit size\b|\b(?:filesystem layer|manifest|image config|content) verification failed\b|\bverification failed for digest\b|\b[Dd]igest did not match\b|\bwrong diff id\b|\bdigest mismatch\b|\bmismatched digest\b|\bdoes ?n[o']t match (?:the )?(?:provided|expected|computed|manifest) (?:manifest )?(?:digest|checksum)\b|\b[Mm]anifest does not match provided manifest digest\b|\bblob sha mismatch\b|\bcontent digest \S{1,100} does not match\b|\bdiffID\b.{0,80}\b(?:mismatch|does not match)|\bdoes not match config's DiffID\b|\bunexpected size\b|\bsize mismatch\b|\bcontent length .{0,60} does not match\b|\binvalid digest\b.{0,60}\bexpected\b/i,
    seen: 'containerd core/content (all versions), moby distribution/pull_v2.go, containers/image copy and docker',
  },
  {
    name: 'html-media-type',
    class: 'bad-response',
    pattern:
      /\b(?:unexpected|unsupported|unknown|invalid) (?:manifest )?(?:media|content|MIME)[- ]?type:? "?(?:text\/|application\/(?:json\b|octet-stream\b|xml\b)|<html)|\bmediaType in manifest should be\b|\bcontent[- ]type:? "?text\/html|"text\/html|\binvalid content digest in response\b/i,
    seen: 'containerd core/images (checks of the manifest), containers/image; an answer that is no manifest',
  },
  {
    name: 'schema1',
    class: 'unsupported-manifest',
    pattern:
      /\b[Ss]chema ?(?:version )?1\b|\bDocker Image Format v1\b|\bmanifest\.v1\+(?:prettyjws|json)\b|\bmissing signature key\b|\bmanifest version 2,? schema 1\b|\bunsupported schema version\b/,
    seen: 'containerd ≥ 2.0 core/remotes/docker/schema1, ≥ 2.1 core/remotes/docker/pull.go; moby ≥ 20.10 pull_v2.go',
  },
  {
    name: 'media-type',
    class: 'unsupported-manifest',
    pattern:
      /\bunexpected media type\b|\bunsupported (?:manifest )?(?:media|MIME) ?type\b|\bunsupported (?:manifest|docker) (?:format|v2s1)\b|\bunknown (?:layer )?media type\b|\bunsupported image-specific operation on artifact\b|\bencountered (?:remote|unknown type) "?application\/|\bunsupported (?:compression|layer|config) |\bno (?:decompressor|(?:stream |diff )?processor)|\bnot (?:a valid|an) (?:OCI|docker) image\b|\bis no longer supported since containerd\b|\bmismatched image rootfs and manifest layers\b|\binvalid rootfs in image configuration\b|\bunsupported MIME type\b|\b[Uu]nimplemented manifest MIME type\b|\bunknown manifest (?:type|MIME)|\bmanifest[_ ]invalid\b|\btarget is plugin\b/i,
    seen: 'containerd core/images and unpack, moby pull_v2.go (plugins, artifacts), containers/image manifest',
  },
  {
    name: 'layer-format',
    class: 'unsupported-manifest',
    pattern:
      /\binvalid tar header\b|\bmagic number mismatch\b|\binvalid magic\b|\bgzip: invalid header\b|\bunrecognized (?:compression|archive)\b|\bno private key\b|\bmissing private key needed for decryption\b|\bfailed to (?:decrypt|unwrap)\b|\bocicrypt\b|\bunable to decrypt\b|\bno suitable key (?:unwrapper|found) for decrypt/i,
    seen: 'unpacking: archive/tar of Go, zstd, ocicrypt (containerd stream processors, CRI-O decryption)',
  },
];
