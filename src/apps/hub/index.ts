export { basicAccess, parseBasic, type AccessRequest, type Authorize } from './access.ts';
export { createHub, type Hub, type HubOptions } from './hub.ts';
export { listenHub, type ListeningHub, type ListenOptions } from './listen.ts';
export { MemoryStore } from './memory-store.ts';
export {
  ProtocolError,
  sendProtocolError,
  type ProtocolErrorCode,
  type ProtocolErrorOptions,
} from './protocol-error.ts';
export { parseRoute, type Route } from './route.ts';
export type { BlobUpload, ByteRange, RegistryStore, StoredBlob, StoredManifest } from './store.ts';
