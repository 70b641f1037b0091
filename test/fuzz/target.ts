import { Fault } from '../../src/base/fault.ts'
import { statusOf } from '../../src/web/answer.ts'
import type { Mutate } from './mutate.ts'

/** Something that reads what others wrote, with what must hold of it whatever was written. */
export interface Target {
  /** The exported parsers that it drives; parsers.test.ts looks for those that nobody drives. */
  covers: readonly string[]
  /** Texts that are taken, or nearly so, from which others are made. */
  seeds: readonly string[]
  mutate?: Mutate
  /** The longest text that the door lets in, in characters; growth is looked at up to here. */
  most: number
  /**
   * Reads a text; throws where what must hold does not.
   * @returns what became of it, in few words: a text with a new outcome is kept as a further seed
   */
  read(text: string): string | Promise<string>
}

/** A breach of what must hold; the text that shows it is printed beside. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

/**
 * The result of a parser, or the code of the Fault by which it refused; anything else that is
 * thrown is a crash.
 */
export function reading<T>(read: () => T): { value: T } | { refused: string } {
  try {
    return { value: read() }
  } catch (error) {
    return { refused: codeOf(error) }
  }
}

/** As {@link reading}, of a promise. */
export async function readingAsync<T>(
  read: () => Promise<T>,
): Promise<{ value: T } | { refused: string }> {
  try {
    return { value: await read() }
  } catch (error) {
    return { refused: codeOf(error) }
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Fault)) throw error
  must(Number.isInteger(statusOf(error.code)), `the fault ${error.code} is not of the list`)
  return error.code
}

/** What `JSON.parse` makes of a text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether JSON may have more levels than the stack has: what compares and writes it goes down. */
export function isDeep(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) > 500
}
