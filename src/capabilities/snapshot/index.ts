export { inventoryOfSnapshot, takeSnapshot, type SnapshotOptions } from './snapshot.ts';
