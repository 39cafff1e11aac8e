import { failuresOf, type Report } from './summary.ts';

/** The report in the JUnit XML that CI servers read: one test case a scenario, its checks as output. */
export function junit(report: Report): string {
  const { failed, skipped, seconds, scenarios } = report;
  const counts = `tests="${scenarios.length}" failures="${failed}" skipped="${skipped}" time="${seconds.toFixed(1)}"`;
  const cases = scenarios.map((scenario) => {
    const { name, result, seen, pods = [], events = [], pullmend = [] } = scenario;
    const checks = seen.map(({ check, ok, seen: what }) => `${ok ? 'ok' : 'FAILED'} ${check}: ${what}`);
    const said = pullmend.map(
      ({ command, exit, stdout, stderr }) => `$ ${command} → ${exit}\n${stdout}\n${stderr}`,
    );
    return [
      `    <testcase classname="lab" name="${escape(name)}" time="${scenario.seconds.toFixed(1)}">`,
      ...(result === 'failed'
        ? [`      <failure>${escape(failuresOf(scenario).join('\n'))}</failure>`]
        : result === 'skipped'
          ? ['      <skipped/>']
          : []),
      `      <system-out>${escape([...checks, ...pods, ...events, ...said].join('\n'))}</system-out>`,
      '    </testcase>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="lab scenarios" ${counts}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

/** XML 1.0 knows no control characters besides tab and line ends. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd').replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
