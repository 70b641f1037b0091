/** Hashes in a full tile, and entries in a full bundle (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256

/** A tile or bundle by its coordinates; `width` is below 256 at the right edge only. */
export interface TileRef {
  /** Level of the tile: its hashes stand at level 8 × `level` of the tree. */
  level: number
  /** May pass 2^53: paths have up to six groups of digits. */
  index: bigint
  /** 1 to 256. */
  width: number
}

const MAX_LEVEL = 63
const INDEX = /^(?:x[0-9]{3}\/){0,5}[0-9]{3}$/
const PARTIAL = /^([1-9][0-9]{0,2})$/

/** The index as path groups of three digits, all but the last with an x: `x001/x234/067`. */
function indexPath(index: bigint): string {
  const digits = index.toString()
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  return padded.replaceAll(/...(?!$)/g, 'x$&/')
}

function withWidth(path: string, width: number): string {
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

/** `tile/<L>/<N>[.p/<W>]` */
export function tilePath({ level, index, width }: TileRef): string {
  return withWidth(`tile/${level}/${indexPath(index)}`, width)
}

/** `tile/entries/<N>[.p/<W>]` */
export function bundlePath({ index, width }: Omit<TileRef, 'level'>): string {
  return withWidth(`tile/entries/${indexPath(index)}`, width)
}

/** Coordinates of a bundle from `<N>[.p/<W>]`, undefined unless in the one canonical spelling. */
export function parseBundlePath(path: string): Omit<TileRef, 'level'> | undefined {
  const [groups = '', partial, ...rest] = path.split('.p/')
  if (!INDEX.test(groups) || rest.length > 0) return undefined
  const width =
    partial === undefined ? TILE_WIDTH : Number(PARTIAL.exec(partial)?.[1] ?? TILE_WIDTH)
  if (partial !== undefined && width >= TILE_WIDTH) return undefined
  const index = BigInt(groups.replaceAll(/[x/]/g, ''))
  return indexPath(index) === groups ? { index, width } : undefined
}

/** Coordinates of a tile from `<L>` and `<N>[.p/<W>]`. */
export function parseTilePath(level: string, path: string): TileRef | undefined {
  const place = parseBundlePath(path)
  if (!place || !/^(?:0|[1-9][0-9]?)$/.test(level) || Number(level) > MAX_LEVEL) return undefined
  return { level: Number(level), ...place }
}
