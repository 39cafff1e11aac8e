import type { Lang } from '../../../../core/base/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Bundle, BundleDiff, BundleFault, CopyReport, Document } from '../../../../flows/index.ts';
import { copyReport } from './copy.ts';

/** `bundle create -o json`. */
export function bundleReport(report: CopyReport, bundle: Bundle | undefined, lang: Lang): Document {
  return { ...copyReport(report, false, lang), kind: 'BundleReport', bundle: bundle && summary(bundle) };
}

/** `bundle verify -o json`. */
export function bundleCheckDocument({
  bundle,
  faults,
}: {
  readonly bundle: Bundle;
  readonly faults: readonly BundleFault[];
}): Document {
  return { apiVersion, kind: 'BundleCheck', bundle: summary(bundle), faults };
}

/** `bundle diff -o json`. */
export function bundleDiffDocument(diff: BundleDiff): Document {
  return { apiVersion, kind: 'BundleDiff', ...diff };
}

/** The bundle without its blobs, of which there are many. */
function summary({ id, images, volumes, needs, blobs }: Bundle): Document {
  return { id, images, volumes, blobs: blobs.length, needs: needs.length };
}
