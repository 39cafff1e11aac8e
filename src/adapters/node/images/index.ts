export { nameOnNode, unnameOnNode, type AliasProblem } from './alias.ts';
