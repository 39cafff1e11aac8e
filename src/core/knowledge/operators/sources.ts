/** Files of a project on GitHub as they were at a tag: `github('owner/name@v1.2.3', 'cmd/main.go')`. */
export function github(
  project: `${string}/${string}@${string}`,
  ...files: readonly string[]
): readonly string[] {
  const [name, tag] = project.split('@', 2);
  return files.map((file) => `https://github.com/${name ?? ''}/blob/${tag ?? ''}/${file}`);
}
