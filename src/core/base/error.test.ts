import { describe, expect, test } from 'vitest';
import { PullmendError, errorCatalogue, exitCode, isError, reasonOf } from './index.ts';

describe('PullmendError', () => {
  test('carries code, exit code, place and both texts', () => {
    const error = new PullmendError(
      'PM_BAD_IMAGE_NAME',
      { image: 'A B', reason: { en: 'a blank', zh: '空白' } },
      { where: 'pod/x' },
    );
    expect(error.exit).toBe(exitCode.usage);
    expect(error.where).toBe('pod/x');
    expect(error.text('en').what).toContain('"A B" is not an image name');
    expect(error.text('zh').what).toContain('镜像名');
    expect(isError(error, 'PM_BAD_IMAGE_NAME')).toBe(true);
    expect(isError(error, 'PM_USAGE')).toBe(false);
  });

  test('a failure of the file system is told in words of both languages', () => {
    const cause = Object.assign(new Error("EISDIR: illegal operation on a directory, open 'x'"), {
      code: 'EISDIR',
    });
    const error = new PullmendError('PM_FILE_UNREADABLE', { file: 'x', reason: reasonOf(cause) });
    expect(error.text('en').what).toBe('x cannot be read: it is a folder');
    expect(error.text('zh').what).toBe('无法读取 x：它是一个目录');
    expect(reasonOf(new Error('it is larger than 1024 KiB'))).toBe('it is larger than 1024 KiB');
  });

  test('every code starts with PM_ and speaks every language', () => {
    for (const [code, spec] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^PM_[A-Z0-9_]+$/);
      expect(Object.keys(spec.text).toSorted()).toEqual(['en', 'zh']);
    }
  });
});
