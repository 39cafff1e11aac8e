export { imagesOfRuntime, type NodeImage } from './inventory.ts';
export { nameOnNode, unnameOnNode, type AliasProblem } from './alias.ts';
