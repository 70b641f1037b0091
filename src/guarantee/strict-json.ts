/** JSON as RFC 7493 wants it, or the first place where it is not. */
export interface StrictJson {
  value: unknown
  /** Path, with dots, of the first member that its object carries twice. */
  duplicate?: string
  /** Path of the first number that two readers may take for two numbers. */
  unsafeNumber?: string
}

/** One open object (with the names seen in it) or array; `at` is the member or index being read. */
interface Level {
  names?: Set<string>
  at: string | number | undefined
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * Reads JSON and tells what `JSON.parse` passes over in silence: a member given twice in one object
 * (it keeps the last, other readers the first) and numbers that do not survive IEEE 754 double
 * precision (RFC 7493 §2.2, §2.3). Lone surrogates are left to the claims: there they are a fault
 * of a name. undefined when `text` is no JSON.
 */
export function readStrictJson(text: string): StrictJson | undefined {
  try {
    const value = JSON.parse(text) as unknown
    // What is written as its own value would be has no member twice and no number in two spellings,
    // which spares nearly every record the walk.
    const plain = isPlain(value, DEEPEST) && JSON.stringify(value) === text
    return { value, ...(plain ? {} : scan(text)) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Deeper than anything that we read. */
const DEEPEST = 32

/**
 * No number that may share its double with another, and not deep: `JSON.stringify` goes down the
 * stack with every level and ends it, as `JSON.parse` does not.
 */
function isPlain(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  for (const name in value) {
    if (!isPlain((value as Record<string, unknown>)[name], levels - 1)) return false
  }
  return true
}

/** Whether a value is what JSON calls an object. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Walks the tokens of a text that is known to be JSON, so that the grammar need not be held twice. */
function scan(text: string): Omit<StrictJson, 'value'> {
  const found: Omit<StrictJson, 'value'> = {}
  const open: Level[] = []
  for (const [token] of text.matchAll(TOKEN)) {
    const level = open.at(-1)
    if (token === '{') open.push({ names: new Set(), at: undefined })
    else if (token === '[') open.push({ at: 0 })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && level) level.at = level.names ? undefined : Number(level.at) + 1
    else if (level?.names && level.at === undefined) {
      const name = JSON.parse(token) as string
      level.at = name
      if (level.names.has(name)) found.duplicate ??= pathOf(open)
      level.names.add(name)
    } else if (/^[-0-9]/.test(token) && isUnsafe(token)) found.unsafeNumber ??= pathOf(open)
  }
  return found
}

function pathOf(open: readonly Level[]): string {
  return open.map((level) => String(level.at)).join('.')
}

/**
 * An integer has one spelling here, its digits: `1.0000000000000000001`, `1e2`, `-0` read as integers but
 * are not written as one, and past 2^53 − 1 two texts share one double.
 */
function isUnsafe(token: string): boolean {
  const value = Number(token)
  if (!Number.isFinite(value)) return true
  return Number.isInteger(value) && !(Number.isSafeInteger(value) && String(value) === token)
}
