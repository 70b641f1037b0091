import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'

/** A range of `issuedLetters.letters`; whatever holds a text has some letters in it. */
export interface Letters {
  first: string
  last: string
}

/** Guarantees up to which letters are few: reading so many costs what walking a list for a page does. */
const FEW = 500
/** Letters of a text that are looked at. */
const MOST = 32
const AT_ONCE = 3
/** Letters of which it is known that many hold them. */
const KNOWN = 10_000
/** Above every letter. */
const LAST = '\u{10FFFF}'

/**
 * The letters of texts that few guarantees hold. Of what only many hold a list soon has a page full;
 * of what few hold it would be walked to its end.
 */
export function createFewHold(store: Store) {
  const manyHold = kept(store.db, (db, first: string, last: string) =>
    db
      .selectFrom('issuedLetters')
      .select('letters')
      .where('letters', '>=', first)
      .where('letters', '<=', last)
      .offset(FEW)
      .limit(1),
  )

  // Which way is shorter, and not what is found: letters that many held once need not be counted again.
  const common = new Set<string>()

  return async function fewHold(texts: readonly string[]): Promise<Letters | undefined> {
    const letters = texts.flatMap(lettersOf).filter(({ last }) => !common.has(last))
    if (letters.length === 0) return undefined
    const found = await store.snapshot(letters.map(({ first, last }) => manyHold(first, last)))
    const rare = letters.findIndex((_, at) => found[at]?.length === 0)
    for (const [at, { last }] of letters.entries()) {
      if (found[at]?.length !== 0 && common.size < KNOWN) common.add(last)
    }
    return letters[rare]
  }
}

/** Three letters each that stand one after the other in a text; a shorter one begins its letters. */
function lettersOf(text: string): Letters[] {
  const symbols = [...text]
  if (symbols.length < AT_ONCE) {
    return symbols.length === 0 ? [] : [{ first: text, last: text + LAST.repeat(AT_ONCE) }]
  }
  const count = Math.min(MOST, symbols.length - AT_ONCE + 1)
  return Array.from({ length: count }, (_, at) => {
    const three = symbols.slice(at, at + AT_ONCE).join('')
    return { first: three, last: three }
  })
}
