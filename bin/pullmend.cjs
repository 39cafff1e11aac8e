#!/usr/bin/env node
/*
 * Start of the command, in the plainest JavaScript there is: an old Node.js must get as far as the
 * message below. The same file serves `pullmend` and `kubectl pullmend`.
 */
'use strict';

// Keep in step with "engines" in package.json; test/pack.test.ts compares them.
var minimum = [22, 19];
// EX_USAGE of sysexits.h, and nodeTooOld in the list of exit codes.
var exitUsage = 64;

function isTooOld(version) {
  var parts = version.split('.');
  var major = Number(parts[0]);
  return major < minimum[0] || (major === minimum[0] && Number(parts[1]) < minimum[1]);
}

function refuse(version) {
  var needed = minimum.join('.');
  var without = 'npx -p node@24 -p pullmend pullmend --help';
  process.stderr.write(
    [
      'pullmend needs Node.js ' + needed + ' or newer; this is ' + version + '.',
      '  do      install Node.js 24 from https://nodejs.org, or run it without installing:',
      '          ' + without,
      '',
      'pullmend 需要 Node.js ' + needed + ' 或更高版本；当前版本是 ' + version + '.',
      '  处理    从 https://nodejs.org 安装 Node.js 24，或者不安装直接运行：',
      '          ' + without,
      '',
    ].join('\n'),
  );
  process.exitCode = exitUsage;
}

/* Compiled code is kept in the user's own cache folder: the default, a folder in /tmp, is anybody's. */
function enableCompileCache() {
  var path = require('path');
  try {
    var cache = process.env.XDG_CACHE_HOME || path.join(require('os').homedir(), '.cache');
    var folder = path.resolve(process.env.NODE_COMPILE_CACHE || path.join(cache, 'pullmend'));
    // A home that is no absolute path would be a folder of whatever is worked on (XDG base directories).
    if (!path.isAbsolute(process.env.NODE_COMPILE_CACHE || cache)) return;
    makeFolder(folder);
    require('module').enableCompileCache(folder);
  } catch (noHome) {
    // A user without a home folder (a random uid in a container) starts a little slower, no more.
  }
}

/* Node's own way to make folders never ends below /proc; whoever has no home may have that one. */
function makeFolder(folder) {
  var fs = require('fs');
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return;
    var above = require('path').dirname(folder);
    if (error.code !== 'ENOENT' || above === folder) throw error;
    makeFolder(above);
    fs.mkdirSync(folder);
  }
}

/* Only a checkout can lack it: the package holds what was built. */
function sayUnbuilt(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.url).endsWith('dist/cli.js')) throw error;
  process.stderr.write(
    [
      'this checkout of pullmend is not built.',
      '  do      npm run -s pullmend -- --help   (builds when needed), or npm run build',
      '',
      '这份 pullmend 源码尚未构建。',
      '  处理    npm run -s pullmend -- --help（需要时会构建），或 npm run build',
      '',
    ].join('\n'),
  );
  process.exitCode = exitUsage;
}

if (isTooOld(process.versions.node)) {
  refuse(process.versions.node);
} else {
  enableCompileCache();
  import('../dist/cli.js').catch(sayUnbuilt);
}
