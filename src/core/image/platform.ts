/** What a container image is built for (OCI image-spec, image-index.md). */
export type Platform = {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
};

/** Other names of architectures, as `uname` and distributions write them (containerd/platforms, database.go). */
const architectureAliases: Readonly<Record<string, readonly [architecture: string, variant?: string]>> = {
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  i386: ['386'],
  i686: ['386'],
  aarch64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
};

/** What a platform means when it names no variant. */
const defaultVariants: Readonly<Record<string, string>> = { arm: 'v7', arm64: 'v8', amd64: 'v1' };

/** Reads `os/arch[/variant]`; `undefined` for anything else. */
export function parsePlatform(text: string): Platform | undefined {
  const [os, architecture, variant, ...more] = text.toLowerCase().split('/');
  if (!os || !architecture || variant === '' || more.length > 0) return undefined;
  return normalizePlatform({ os, architecture, ...(variant !== undefined && { variant }) });
}

/** `os/arch[/variant]` in normal form: `linux/arm64`, `linux/arm/v7`. */
export function formatPlatform(platform: Platform): string {
  const { os, architecture, variant } = normalizePlatform(platform);
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/**
 * Can a node of the first platform run an image of the second: same system and architecture, and a variant
 * that is not newer (an arm/v7 node runs arm/v6; arm64 is arm64/v8). After containerd's `platforms.Only`, without
 * its leap to a 32-bit architecture, which not every 64-bit machine can run.
 */
export function platformMatches(node: Platform | string, image: Platform | string): boolean {
  const needed = read(node);
  const offered = read(image);
  if (needed === undefined || offered === undefined) return false;
  if (needed.os !== offered.os || needed.architecture !== offered.architecture) return false;
  return variantRank(offered) <= variantRank(needed);
}

/** The platforms that none of the offered ones can serve. */
export function missingPlatforms(needed: readonly string[], offered: readonly string[]): readonly string[] {
  return needed.filter((node) => !offered.some((image) => platformMatches(node, image)));
}

function read(platform: Platform | string): Platform | undefined {
  return typeof platform === 'string' ? parsePlatform(platform) : normalizePlatform(platform);
}

function normalizePlatform(platform: Platform): Platform {
  const alias = architectureAliases[platform.architecture];
  const architecture = alias?.[0] ?? platform.architecture;
  const variant = withV(platform.variant || alias?.[1] || (architecture === 'arm' ? 'v7' : undefined));
  const silent = architecture !== 'arm' && variant === defaultVariants[architecture];
  return { os: platform.os, architecture, ...(variant !== undefined && !silent && { variant }) };
}

/** `7` is written for `v7` in some image configs. */
function withV(variant: string | undefined): string | undefined {
  return variant !== undefined && /^\d/.test(variant) ? `v${variant}` : variant;
}

function variantRank(platform: Platform): number {
  const variant = platform.variant ?? defaultVariants[platform.architecture];
  const rank = Number.parseFloat((variant ?? 'v0').slice(1));
  return Number.isNaN(rank) ? 0 : rank;
}
