import type { Lang } from '../../../base/index.ts';
import type { Diagnosis } from '../../../model/index.ts';
import { failureClassInfo } from './class-table.ts';
import type { Action, ClassText } from './class-info.ts';
import { variantInfo } from './variants.data.ts';

/** What ends this cause: the one place where diagnose, fix, explain and the report read it. */
export function actionOf({ class: failure, variant }: Pick<Diagnosis, 'class' | 'variant'>): Action {
  const general: Action = failureClassInfo[failure];
  if (variant === undefined) return general;
  const { move, text, remedies, do: commands } = variantInfo[variant];
  const exact = (lang: Lang): ClassText => ({ ...general.text[lang], ...text[lang] });
  return {
    move: move ?? general.move,
    text: { en: exact('en'), zh: exact('zh') },
    remedies: remedies ?? general.remedies,
    do: commands ?? general.do,
  };
}
