export { otherNames } from './names.ts';
export type { RequestService } from './service.ts';
export { requestFor, serviceFor, serviceNamed, type ImageRequest } from './services.ts';
export { services } from './services.data.ts';
