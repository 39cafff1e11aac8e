export { otherNames } from './names.ts';
export { requestFor, serviceFor, serviceNamed, type ImageRequest, type RequestService } from './services.ts';
export { services } from './services.data.ts';
