export { bundleCheckDocument, bundleDiffDocument, bundleReport } from './bundle.ts';
export { copyReport } from './copy.ts';
export { diagnosisReport } from './diagnosis.ts';
export { classDocument, explanationItem, explanationList, recordList } from './explain.ts';
export { imageList } from './images.ts';
export { mirrorReport, mirrorsNamed } from './mirrors.ts';
export { preflightReport } from './preflight.ts';
export { fixReport, runList, supplyReport, undoReport } from './repair.ts';
export { chartRewriteReport, rewriteReport } from './rewrite.ts';
