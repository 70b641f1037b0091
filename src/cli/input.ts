import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { InvalidArgumentError } from 'commander'
import { fromUtf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { type Instant, readInstant } from '../base/time.ts'
import { isJsonObject, readStrictJson } from '../guarantee/strict-json.ts'

/**
 * The text of a file, `-` for standard input; a byte order mark is kept.
 * @throws Fault body_invalid when it cannot be read or is not UTF-8
 */
export async function readText(path: string): Promise<string> {
  const bytes = path === '-' ? await buffer(process.stdin) : await bytesOf(path)
  try {
    return fromUtf8(bytes)
  } catch {
    throw new Fault('body_invalid', `${path} is not UTF-8. Save it as UTF-8 and try again.`)
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Fault('body_invalid', `${path} cannot be read: ${(error as Error).message}.`)
  }
}

/**
 * A JSON object, as any other reader would read it.
 * @throws Fault body_invalid, also for a member that is given twice
 */
export async function readObject(path: string): Promise<Record<string, unknown>> {
  const json = readStrictJson(await readText(path))
  if (!json || !isJsonObject(json.value)) {
    throw new Fault('body_invalid', `${path} is not a JSON object.`)
  }
  const { duplicate, unsafeNumber } = json
  if (duplicate !== undefined) {
    throw new Fault('body_invalid', `${path} has "${duplicate}" twice. Leave one of them out.`)
  }
  if (unsafeNumber !== undefined) {
    throw new Fault('body_invalid', `${path}: ${unsafeNumber} is a number that cannot be exact.`)
  }
  return json.value
}

/** One secret line of standard input; at a terminal it is asked for and not shown. */
export async function readSecret(question: string): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) return firstLine((await buffer(stdin)).toString('utf8'))
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: unseen, terminal: true })
  process.stderr.write(question)
  try {
    return firstLine(await lines.question(''))
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

/**
 * A secret that is to be kept: at a terminal it is typed twice.
 * @throws Fault body_invalid when the two differ
 */
export async function readNewSecret(question: string): Promise<string> {
  const secret = await readSecret(question)
  if (!process.stdin.isTTY || (await readSecret(question)) === secret) return secret
  throw new Fault('body_invalid', 'The two are not the same. Type them again.')
}

function firstLine(text: string): string {
  return text.trimStart().split(/\r?\n/, 1)[0] as string
}

/** An option's instant: RFC 3339 with any offset, or a day, which begins in Tokyo. */
export function instantOption(text: string): Instant {
  const at = readInstant(text)
  if (at !== undefined) return at
  throw new InvalidArgumentError('Give YYYY-MM-DD or an instant such as 2026-04-01T00:00:00Z.')
}

/** An option that is a list: `a,b`. */
export function listOption(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
