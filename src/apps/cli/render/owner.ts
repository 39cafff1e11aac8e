import type {
  Delivery,
  EditPlace,
  OperatorFact,
  OwnerLink,
  OwnershipReport,
} from '../../../core/model/index.ts';
import { fieldPath } from './documents/field-path.ts';
import { title } from './names.ts';
import type { Page } from './page.ts';
import { row } from './rows.ts';

/** The verdict, the way up, what it is known from, and where a person edits each image. */
export function ownerScreen(report: OwnershipReport, brief: boolean, page: Page): readonly string[] {
  const { labels } = page.m.owner;
  const rows = (label: string, texts: readonly string[]): readonly string[] =>
    texts.flatMap((text, index) => row(index === 0 ? label : '', text, page));
  return [
    ...verdictLines(report, page),
    ...(brief ? [] : rows(labels.chain, [report.chain.map((link) => linkText(link, page)).join(' ← ')])),
    ...(brief ? [] : rows(labels.seen, evidenceTexts(report, page))),
    ...rows(labels.edit, placeTexts(report.places, page)),
  ];
}

function verdictLines({ verdict, subject, until }: OwnershipReport, page: Page): readonly string[] {
  const { m, paint } = page;
  const paints = { kept: paint.good, reverted: paint.bad, unknown: paint.doubtful };
  const by = until === undefined ? '' : m.managers.title(until);
  return [paints[verdict](m.owner.verdict[verdict](title(subject), by))];
}

function linkText({ ref, state, right = '' }: OwnerLink, { m }: Page): string {
  return m.owner.link[state](title(ref), right);
}

/** What the verdict rests on, the strongest first. */
function evidenceTexts(report: OwnershipReport, page: Page): readonly string[] {
  const { m } = page;
  const { evidence } = m.owner;
  return [
    ...report.putBack.map(({ object, by, at, run }) => evidence.putBack(title(object), by, at, run)),
    ...(report.isDeleted ? [evidence.deleted] : []),
    ...report.chain.flatMap(({ by, ref }) => (by === 'mirror-pod' ? [evidence.mirrorPod(title(ref))] : [])),
    ...report.deliveries.map((delivery) => deliveryText(delivery, page)),
    ...report.operators.map((one) => operatorText(one, page)),
    ...report.writers.map(({ manager, object, at }) => evidence.writer(manager, title(object), at ?? '')),
    ...report.admission.map((object) => evidence.admission(title(object))),
  ];
}

function deliveryText({ manager, object, does, source = '', right = '' }: Delivery, { m }: Page): string {
  return m.owner.delivery[does](
    m.managers.title(manager),
    title(object),
    does === 'unreadable' ? right : source,
  );
}

function operatorText({ object, by, operator = '', wanted, ready }: OperatorFact, { m }: Page): string {
  const { evidence, operatorBy } = m.owner;
  return evidence.operator(title(object), operatorBy[by](operator), wanted, ready);
}

/** Images with the same places stand in one line each; the first place of an image wins. */
function placeTexts(places: readonly EditPlace[], page: Page): readonly string[] {
  const { owner } = page.m;
  const byImage = Map.groupBy(places, ({ container, image }) => owner.image(container, image));
  if (places.length === 0) return [owner.nowhere];
  return [...byImage].flatMap(([image, all]) => [
    image,
    ...all.map((place, index) =>
      index === 0 ? `→ ${placeText(place, page)}` : `  ${owner.or(placeText(place, page))}`,
    ),
  ]);
}

function placeText({ object, path, setting, part, isUnset, by, through }: EditPlace, { m }: Page): string {
  const { owner, managers } = m;
  const where = object === undefined ? '' : title(object);
  const field = setting ?? (path === undefined ? '' : fieldPath(path));
  const own =
    by === 'mirror-pod'
      ? owner.staticFile(where)
      : owner.place(where, field, part === undefined ? '' : owner.part(part), isUnset === true);
  return through === undefined ? own : owner.through(managers.title(through), own);
}
