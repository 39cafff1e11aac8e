import type { Rule } from './rule.ts';

/** The node is full, or its runtime cannot be talked to. */
export const nodeRules: readonly Rule[] = [
  {
    name: 'no-space',
    class: 'disk-full',
    pattern:
      /\bno space left on device\b|\bdisk quota exceeded\b|\bnot enough (?:free )?(?:disk )?space\b|\binsufficient (?:free )?(?:disk )?space\b|\bENOSPC\b|\bdisk (?:is )?full\b|\bnot enough storage is available\b|\bout of (?:disk )?space\b/i,
    seen: 'errno text of Linux and Windows in every runtime: containerd core/unpack, moby layer store, containers/storage, /var/tmp of CRI-O',
  },
  {
    name: 'image-gc',
    class: 'disk-full',
    pattern:
      /\bImageGCFailed\b|\bFreeDiskSpaceFailed\b|\bInvalidDiskCapacity\b|\binvalid capacity 0 on image filesystem\b|\b[Ff]ailed to garbage collect required amount of images\b|\bDiskPressure\b|\bnode\.kubernetes\.io\/disk-pressure\b|\blow on resource: (?:ephemeral-storage|imagefs|nodefs)\b/,
    seen: 'kubelet: pkg/kubelet/images/image_gc_manager.go, eviction',
  },
  {
    name: 'image-gc-reason',
    class: 'disk-full',
    reason: /^(?:ImageGCFailed|FreeDiskSpaceFailed|InvalidDiskCapacity|NodeHasDiskPressure)$/,
    seen: 'kubelet: pkg/kubelet/events/event.go',
  },
  {
    name: 'runtime-socket',
    class: 'node-runtime',
    pattern:
      /\bdial unix\b|\bfor API route and version\b|\berror during connect: |\b(?:read|write) unix\b|\bopen \/\/\.\/pipe\/|\bpipe\/(?:docker|containerd)[\w.-]*: |\bCannot connect to the Docker daemon\b|\bIs the docker daemon running\b|\bcontainer runtime is (?:down|not running)\b|\btransport is closing\b|\bcode = Unavailable desc = (?:connection error|error reading from server|transport|closing transport)|\bunknown service runtime\.v1|\bcode = Unimplemented\b|\bgrpc: received message larger than max\b|\b(?:runtime|image) service is not (?:yet )?(?:initiali[sz]ed|ready)\b|\bserver is not initialized yet\b/i,
    seen: 'kubelet CRI client, crictl, docker CLI: gRPC and socket errors',
  },
  {
    name: 'manifest-list-in-store',
    class: 'node-runtime',
    pattern:
      /\b(?:ListImages|list(?:ing)? images|ImageStatus|image status|GetImageFsInfo)\b.{0,300}\bno image found in (?:manifest list|image index)\b/i,
    seen: 'kubelet log with CRI-O: a broken record in containers/storage',
  },
  {
    name: 'store-broken',
    class: 'node-runtime',
    pattern:
      /\bfailed to stat parent\b|\bparent snapshot \S{1,200} does not exist\b|\bsnapshot \S{1,200} (?:does not exist|not found)|\bunknown snapshotter\b|\bsnapshotter (?:\S{1,80} )?(?:was )?not (?:loaded|found)\b|\bno unpack platforms defined\b|\blocked for \S{1,40} since\b|\blocked: unavailable\b|\bimage from containerd "[^"]{0,200}": not found\b|\bfailed to get image from containerd\b|\bread-only file system\b|\binput\/output error\b|\bstructure needs cleaning\b|\btoo many open files\b|\bcannot allocate memory\b|\bmetadata\.db\b|\bbolt(?:db)?: |\b(?:layer|image) (?:is )?not known\b|\blayers?\.json\b|\bopening storage\b.{0,100}\berror|\bno policy\.json file found\b|\bpolicy\.json: no such file\b|\bFailed to record image pull intent\b|\bfailed to (?:create|mkdir) temp(?:orary)? dir\b|\bdatabase (?:not open|is closed)\b|\bcontent (?:digest )?sha256:\w{1,64}: not found|\bhosts\.toml\b|\binvalid `host` tree\b|\bloading registries configuration\b|\bcorrupted\b|\bchecksum error\b|\bcrc32 mismatch\b|\breadlink \/var\/lib\/|\bdriver "?overlay\w*"? (?:is )?not supported\b|\bimage not known\b/i,
    seen: 'containerd core/snapshots, core/content, plugins/snapshots; containers/storage; kubelet ≥ 1.33 image pull records',
  },
  {
    name: 'ownership',
    class: 'node-runtime',
    pattern:
      /\b[Ll]chown\b|\binsufficient UIDs or GIDs\b|\bpotentially insufficient UIDs\b|\bsubordinate [IU]IDs\b/,
    seen: 'unpacking on rootless, user-namespaced or network file systems: containerd pkg/archive, containers/storage pkg/archive',
  },
];

/** An error while a downloaded layer is unpacked, when its tail named no other cause. */
export const unpackRules: readonly Rule[] = [
  {
    name: 'unpack',
    class: 'node-runtime',
    pattern:
      /\bfailed to (?:extract|unpack|register|apply) (?:the )?(?:layer|image on snapshotter|diff)|\bfailed to prepare (?:extraction )?snapshot\b|\bfailed to create snapshot\b|\bfailed to mount\b|\berror adding layer\b|\bError committing the finished image\b|\bcommitting the finished image\b|\bcopying (?:layers and metadata|image to storage)|\bApplyLayer\b|\bProcessBaseLayer\b|\bhcsshim::|\breexec\b|\bfork\/exec\b|\bapplying layer\b|\bunpacking failed\b|\bputting (?:layer|image)\b|\bmissing blob\b|\bfailed commit on ref\b|\bmount callback failed\b|\bcreating read-write layer\b|\bprocessing tar file\b|\blayer does not exist\b|\bfailed to open writer\b|\bfailed to (?:create|get) (?:content )?(?:lease|ingest)\b|\bmkdir \/var\/lib\/|\/(?:var\/lib\/(?:containerd|docker|containers|rancher)|io\.containerd\.[\w.]+|overlay2?|snapshots)\b.{0,300}\b(?:permission denied|no such file or directory|file exists|not a directory|operation not permitted|operation not supported)/i,
    seen: 'containerd core/unpack/unpacker.go (1.x and 2.x wording), moby layer/ and xfer/download.go, containers/image storage, hcsshim',
  },
];

/** The runtime could not even look for the image, and the text says no more. */
export const inspectRules: readonly Rule[] = [
  {
    name: 'inspect-failed',
    class: 'node-runtime',
    reason: /^(?:ImageInspectError|InspectFailed)$/,
    confidence: 'likely',
    seen: 'kubelet: CRI ImageStatus failed before any pull',
  },
  {
    name: 'inspect-text',
    class: 'node-runtime',
    pattern: /\bFailed to inspect image\b|\bImageInspectError\b/,
    confidence: 'likely',
    seen: 'kubelet: pkg/kubelet/images/image_manager.go',
  },
];
