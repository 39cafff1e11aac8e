/** The only style of the report: light, dark and paper; no font, image or address from elsewhere. */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --back: #fff; --card: #f6f8fa; --line: #d0d7de;
  --image: #ddf4ff; --cause: #ffebe9; --owner: #eaeef2; --link: #8c959f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9198a1; --back: #0d1117; --card: #161b22;
  --line: #30363d; --image: #0c2d4a; --cause: #4a1512; --owner: #21262d; --link: #6e7681; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1140px; padding: 24px 20px 48px; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 15px; font-weight: 600; color: var(--soft); }
.headline { margin: 4px 0; font-size: 30px; font-weight: 700; line-height: 1.25; }
.about { margin: 0 0 20px; color: var(--soft); }
h2 { margin: 32px 0 12px; font-size: 19px; }
code, pre, td.name, svg text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
.overview th { cursor: pointer; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.name { overflow-wrap: anywhere; font-size: 13px; }
td.number, th.number { padding-right: 28px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.class { white-space: nowrap; color: var(--bad); font-weight: 600; }
a { color: inherit; }
.picture { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 760px; height: auto; }
svg text { font-size: 12px; fill: var(--text); }
svg .head { font-size: 12px; font-weight: 600; fill: var(--soft); }
svg .note { fill: var(--soft); }
svg rect { stroke: var(--line); }
svg .image rect { fill: var(--image); } svg .cause rect { fill: var(--cause); } svg .owner rect { fill: var(--owner); }
svg .link { fill: none; stroke: var(--link); stroke-opacity: .45; }
section { margin: 0 0 18px; padding: 14px 18px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
section h3 { margin: 0 0 8px; font-size: 16px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 3px 16px; margin: 0 0 12px; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 6px 0 12px; padding: 10px 12px; overflow-x: auto; background: var(--back); border: 1px solid var(--line);
  border-radius: 6px; font-size: 12.5px; white-space: pre-wrap; overflow-wrap: anywhere; }
.label { margin: 0; color: var(--soft); font-size: 13px; }
summary { cursor: pointer; color: var(--soft); }
footer { margin-top: 32px; color: var(--soft); font-size: 13px; }
@media (max-width: 600px) { .headline { font-size: 23px; } .overview tr > :nth-child(n+4) { display: none; }
  td.number, th.number { padding-right: 0; } dl { grid-template-columns: 1fr; } dt { margin-top: 6px; } }
@media print { :root { color-scheme: light; --text: #000; --soft: #444; --back: #fff; --card: #fff; --line: #bbb;
  --image: #e8f4fb; --cause: #fdeceb; --owner: #f0f0f0; --link: #888; --bad: #8c1d18; }
  body { max-width: none; padding: 0; font-size: 11pt; } section, svg g { break-inside: avoid; }
  * { print-color-adjust: exact; } svg { min-width: 0; } details::details-content { content-visibility: visible; block-size: auto; } }
`.trim();
