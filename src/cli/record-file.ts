import { Fault } from '../base/fault.ts'
import { isJsonObject } from '../guarantee/strict-json.ts'
import { readText } from './input.ts'

/**
 * The compact JWS in a file: alone, or in the body that `akashi sign` wrote.
 * @throws Fault body_invalid
 */
export async function recordIn(path: string): Promise<string> {
  return recordOf(await readText(path), path)
}

/** The same, of a text that was read from `path`. */
export function recordOf(content: string, path: string): string {
  const text = content.trim()
  if (!text.startsWith('{')) return text
  const body = parsed(text)
  if (isJsonObject(body) && typeof body.record === 'string') return body.record
  throw new Fault('body_invalid', `${path} holds no record: give a compact JWS or {"record": …}.`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
