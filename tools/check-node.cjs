/**
 * Preloaded (`node --require`) by every npm script: ends with a clear word on a Node.js that cannot run
 * this repository. `npm ci` puts a current one into node_modules/.bin (workspace tools/node), which npm
 * scripts then find first; so this fires where the workspace was left out or has no binary for the machine.
 */
'use strict';

var needed = require('../package.json').engines.node.replace('>=', '').split('.').map(Number);
var current = process.versions.node.split('.').map(Number);

var tooOld = current[0] < needed[0] || (current[0] === needed[0] && current[1] < needed[1]);
if (tooOld) {
  console.error(
    [
      'This repository needs Node.js ' + needed.join('.') + ' or newer; this is ' + process.version + '.',
      '本仓库需要 Node.js ' + needed.join('.') + ' 或更高版本；当前版本是 ' + process.version + '.',
      '',
      'Linux, Windows:  npm ci    (installs Node.js 24 into node_modules; your own stays as it is)',
      'macOS, others:   install Node.js 24 from https://nodejs.org',
    ].join('\n'),
  );
  process.exit(64);
}
