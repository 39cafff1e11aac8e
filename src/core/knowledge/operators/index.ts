export { operators } from './data/index.ts';
export { isCalled, operatorOfController, operatorOfKind, placesOf } from './find.ts';
export { parseOperator } from './parse.ts';
export { operatorSchema, type ImagePlace, type Operator, type OperatorImage } from './schema.ts';
