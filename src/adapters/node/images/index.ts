export { containersOfRuntime, type NodeContainer } from './containers.ts';
export { imagesOfRuntime, type NodeImage } from './inventory.ts';
export { nameOnNode, unnameOnNode, type AliasProblem } from './alias.ts';
export { nameOnNodeNow, removeGivenName, type NameOnNode } from './remove.ts';
export { contentOf, dropOnNode, importOnNode, markOnNode, type NodeContent } from './load.ts';
