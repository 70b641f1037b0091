import { Memo } from '../base/memo.ts'
import { codePoints } from '../base/text.ts'

const LONGEST_PATTERN = 64
const LONGEST_NUMBER = 40

/** Backtracking tries each way once, along at most {@link LONGEST_NUMBER} characters. */
const MOST_WAYS = 1000

const ESCAPE = /\\[dw^$\\.*+?()[\]{}|/]/uy
const CLASS = /\[(?:[^\]\\]|\\.)*\]/uy
const OPEN = /\((?:\?:)?/y
const PLAIN = /[^*+?{}()[\]|\\]/uy
const QUANTIFIER = /\?|\{(\d{1,2})(?:,(\d{1,2}))?\}/y

/** An issuer's pattern comes back with each of its records. */
const compiled = new Memo<RegExp | undefined>(1000)

/**
 * Whether an issuer may number its contracts by this pattern: a regular expression of at most 64
 * characters out of literals, classes, groups, `|`, `?`, `{m}` and `{m,n}` (n ≤ 40) that leaves at
 * most 1,000 ways to read a number. Records are matched before their signature is checked, and
 * other patterns let anybody keep the platform busy.
 */
export function isNumberPattern(pattern: string): boolean {
  return wholeOf(pattern) !== undefined
}

/** Whether the whole of a contract number matches an issuer's pattern; it has 40 characters at most. */
export function fitsPattern(number: string, pattern: string): boolean {
  return codePoints(number) <= LONGEST_NUMBER && (wholeOf(pattern)?.test(number) ?? false)
}

function wholeOf(pattern: string): RegExp | undefined {
  return compiled.get(pattern, () => {
    const taken = pattern.length <= LONGEST_PATTERN && waysOf(pattern) <= MOST_WAYS
    return taken && isRegExp(pattern) ? new RegExp(`^(?:${pattern})$`, 'u') : undefined
  })
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

/**
 * In how many ways a pattern can be walked through: branches add up, what stands in a row is
 * multiplied, a repetition counts for each number of times. Infinity outside the subset.
 */
function waysOf(pattern: string): number {
  let at = 0

  function take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = at
    const found = token.exec(pattern)
    if (found) at = token.lastIndex
    return found
  }

  function branches(): number {
    let ways = row()
    while (pattern[at] === '|') {
      at += 1
      ways += row()
    }
    return ways
  }

  function row(): number {
    let ways = 1
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      ways *= repeated(atom())
      if (ways > MOST_WAYS) return Number.POSITIVE_INFINITY
    }
    return ways
  }

  function atom(): number {
    if (take(ESCAPE) ?? take(CLASS) ?? take(PLAIN)) return 1
    if (!take(OPEN)) return Number.POSITIVE_INFINITY
    const ways = branches()
    at += 1
    return ways
  }

  function repeated(ways: number): number {
    const found = take(QUANTIFIER)
    if (!found) return ways
    const [least, most] = [Number(found[1] ?? 0), Number(found[2] ?? found[1] ?? 1)]
    // A factor of 0, of {3,1} or of what is refused inside {0}, would hide that all is refused.
    const taken = Number.isFinite(ways) && least <= most && most <= LONGEST_NUMBER
    let all = taken ? 0 : Number.POSITIVE_INFINITY
    for (let times = least; times <= most; times++) all += ways ** times
    return all
  }

  return branches()
}
