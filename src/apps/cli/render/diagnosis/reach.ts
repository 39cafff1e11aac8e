import type {
  EndpointReach,
  ImageReach,
  Prediction,
  ReachReport,
  Vantage,
} from '../../../../core/model/index.ts';
import { title } from '../names.ts';
import type { Page } from '../page.ts';
import { unusedText } from '../nodes/unused-text.ts';
import { bothEnds, indented, row } from '../rows.ts';

/** Rows of images that nothing can be said about. */
const mostUnknown = 10;

/** What was seen of one image: the verdict, then each place. */
export function reachTexts({ verdict, vantages }: ImageReach, page: Page): readonly string[] {
  const { reach } = page.m;
  const step = vantages.find(({ breaksAt }) => breaksAt !== undefined)?.breaksAt;
  const head =
    verdict === 'everywhere'
      ? reach.verdict.everywhere(step === undefined ? '' : reach.steps[step])
      : reach.verdict[verdict];
  return [head, ...vantages.map((one) => page.m.words.labelled(placeOf(one, page), vantageText(one, page)))];
}

/** The `seen` rows of a problem. */
export function reachRows(seen: ImageReach, page: Page): readonly string[] {
  const [head = '', ...places] = reachTexts(seen, page);
  return [...row(page.m.reach.label, head, page), ...places.flatMap((text) => row('', text, page))];
}

/** What could not be asked, after all images. */
export function reachNotes({ missing, leftOut }: ReachReport, page: Page): readonly string[] {
  const { reach, words } = page.m;
  return [
    ...(missing.length === 0 ? [] : [reach.missing(page.m.words.list(missing))]),
    ...(leftOut.images + leftOut.nodes === 0
      ? []
      : [reach.leftOut(words.images(leftOut.images), words.nodes(leftOut.nodes))]),
  ];
}

/** Running images that will fail, one block each. */
export function predictionBlocks(prediction: Prediction, page: Page): readonly string[] {
  const { reach, words } = page.m;
  const { foreseen, unknown, images } = prediction;
  return [
    '',
    ...predictionTitle(prediction, page).map((line) =>
      foreseen.length === 0 ? line : page.paint.strong(line),
    ),
    ...foreseen.flatMap((one) => [
      ...bothEnds(`   ${one.image}`, words.pods(one.pods), page.width),
      ...row(
        reach.asked,
        `${one.confidence === 'likely' ? page.m.words.withAside(one.class, page.m.problems.likely) : one.class} · ${one.detail}`,
        page,
      ),
      ...row(reach.runs, [...one.owners.map(title), ...one.nodes].join(' · '), page),
    ]),
    ...(unknown.length === 0 || images === 0 ? [] : ['', reach.notKnown(words.images(unknown.length))]),
    ...unknown
      .slice(0, mostUnknown)
      .flatMap(({ image, detail }) => [`   ${image}`, ...row(reach.unknownLabel, detail, page)]),
    ...(unknown.length > mostUnknown ? indented([words.more(unknown.length - mostUnknown)]) : []),
  ];
}

/** `2 images will fail when their pods move to another node`. */
export function predictionTitle({ foreseen, images, unknown }: Prediction, { m }: Page): readonly string[] {
  return [
    foreseen.length > 0
      ? m.reach.willFail(m.words.images(foreseen.length))
      : m.reach.noneWillFail(m.words.images(images - unknown.length)),
  ];
}

function placeOf({ node, healthy }: Vantage, { m }: Page): string {
  if (node === undefined) return m.reach.here;
  return healthy === true ? m.reach.healthy(node) : node;
}

function vantageText({ endpoints, files = [], unused = [], unprobed }: Vantage, page: Page): string {
  const { reach } = page.m;
  if (unprobed !== undefined) return page.m.words.withAside(reach.unprobed[unprobed.reason], unprobed.detail);
  const asked = endpoints.map((one) => endpointText(one, endpoints.length > 1, page));
  const decides = endpoints.some(({ mirror }) => mirror) ? [reach.files(page.m.words.list(files))] : [];
  const idle = unused.map((one) => unusedText(one, page.m));
  return [...asked, ...decides, ...idle].join(' · ');
}

function endpointText(one: EndpointReach, named: boolean, { m }: Page): string {
  const { endpoint, mirror, breaksAt, steps, proxy, certificate } = one;
  const detail = steps.find(({ result }) => result === 'broken')?.detail;
  const parts = [
    breaksAt === undefined ? m.reach.ok : m.reach.breaksAt(m.reach.steps[breaksAt]),
    breaksAt === undefined ? undefined : detail,
    certificate === undefined ? undefined : m.reach.certificate(certificate.subject, certificate.issuer),
    proxy === undefined ? undefined : m.reach.proxy(proxy),
  ];
  const text = m.words.clauses(parts.filter((part) => part !== undefined));
  if (!named) return text;
  return `${mirror ? m.reach.mirror(endpoint) : endpoint} ${text}`;
}
