export { imagesOfRuntime, type NodeImage } from './inventory.ts';
export { nameOnNode, unnameOnNode, type AliasProblem } from './alias.ts';
export { contentOf, dropOnNode, importOnNode, markOnNode, type NodeContent } from './load.ts';
