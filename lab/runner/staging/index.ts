export { startAdmissionServer, type AdmissionServer } from './admission.ts';
export { startApiProxy, type ApiProxy } from './api-proxy.ts';
export { startWebProxy, type WebProxy } from './web-proxy.ts';
export { concerns, type ApiRequest } from './api-request.ts';
