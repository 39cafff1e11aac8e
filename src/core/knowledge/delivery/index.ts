export { deliveryOfArgo } from './argo.ts';
export { deliveryOfHelmRelease, deliveryOfKustomization, sourceOfFlux, sourceRefOf } from './flux.ts';
export type { Delivery } from './sync.ts';
