import { createHash } from 'node:crypto';
import type { Lang } from '../../../../core/base/index.ts';
import { escapeHtml } from './escape.ts';
import { style } from './style.ts';

/** A page; texts are plain, the body is HTML already. */
export type HtmlPage = {
  readonly lang: Lang;
  readonly title: string;
  readonly headline: string;
  readonly about: string;
  readonly body: readonly string[];
  readonly made: string;
  /** The only script that runs. */
  readonly script?: string;
};

/** A page as one file that needs no network: nothing may be loaded and nothing else may run, whatever a name holds. */
export function htmlFile({ lang, title, headline, about, body, made, script }: HtmlPage): string {
  const scripts = script === undefined ? '' : ` script-src 'sha256-${sum(script)}';`;
  const policy = `default-src 'none'; style-src 'unsafe-inline';${scripts} base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    `<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(headline)}</title>`,
    `<style>\n${style}\n</style>`,
    '</head>',
    '<body>',
    `<header><h1>${escapeHtml(title)}</h1>`,
    `<p class="headline">${escapeHtml(headline)}</p>`,
    `<p class="about">${escapeHtml(about)}</p></header>`,
    ...body,
    `<footer>${escapeHtml(made)}</footer>`,
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function sum(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
