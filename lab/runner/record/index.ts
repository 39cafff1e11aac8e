export { asScenario, type Case } from './case.ts';
export { cases } from './cases.data.ts';
export { recordCase, type MessageRecord } from './record.ts';
export { writeRecords } from './write.ts';
