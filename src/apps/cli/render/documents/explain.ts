import type { Lang } from '../../../../core/base/index.ts';
import { actionOf, classCommands, type Explanation } from '../../../../core/knowledge/failures/index.ts';
import { apiVersion, type Diagnosis } from '../../../../core/model/index.ts';
import type { Document } from '../../../../flows/index.ts';
import { verdict } from '../../explain-record.ts';
import { contextOf } from '../diagnosis/explain.ts';

/** `explain -o json`. */
export function explanationList(explanations: readonly Explanation[]): Document {
  return recordList(explanations.map(explanationItem));
}

/** `explain --input FILE -o json`. */
export function recordList(items: readonly Document[]): Document {
  return { apiVersion, kind: 'ExplanationList', items };
}

/** One cause; also a line of `explain -o jsonl`. */
export function explanationItem(explanation: Explanation): Document {
  const { diagnosis, image, original, count, objects, container, node, secret, others } = explanation;
  return {
    ...verdict(diagnosis),
    image,
    original,
    count,
    objects,
    container,
    node,
    secret,
    others: others.map((other) => verdict(other)),
    do: classCommands(diagnosis, contextOf(explanation, { program: 'pullmend' })),
    evidence: diagnosis.evidence,
  };
}

/** `explain dns -o json`: what is known of a class, or of a cause within it. */
export function classDocument(subject: Pick<Diagnosis, 'class' | 'variant'>, lang: Lang): Document {
  const { move, text, remedies, do: commands } = actionOf(subject);
  return { apiVersion, kind: 'FailureClass', ...subject, move, ...text[lang], remedies, do: commands };
}
