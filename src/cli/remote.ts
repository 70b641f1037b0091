import { readConfig } from '../config.ts'
import { isJsonObject } from '../guarantee/strict-json.ts'
import { CouldNotCheck } from './command.ts'

const PATIENCE = 30_000

/** What the platform answered. */
export interface Reply {
  ok: boolean
  status: number
  body: Record<string, unknown>
}

/**
 * A POST to the platform's API at PLATFORM_URL.
 * @param body JSON text
 * @param bearer of the call, where it has one
 * @throws CouldNotCheck when nobody answers there, or not as this API does
 */
export async function post(path: string, body: string, bearer?: string): Promise<Reply> {
  const { platformUrl } = readConfig(process.env)
  const url = new URL(path, platformUrl)
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch (error) {
    const why = (error as Error).cause ?? error
    throw new CouldNotCheck(
      `${url.origin} does not answer (${(why as Error).message}). Start it, or set PLATFORM_URL.`,
    )
  }
  const answer = await response.json().catch(() => undefined)
  if (!isJsonObject(answer)) {
    throw new CouldNotCheck(`${url.origin} answers otherwise than Akashi. Check PLATFORM_URL.`)
  }
  return { ok: response.ok, status: response.status, body: answer }
}

/** A problem (RFC 9457) in lines: the detail with its code, then each wrong member. */
export function problemLines({ detail, code, errors }: Reply['body']): string[] {
  const members = Array.isArray(errors) ? (errors as { field: string; detail: string }[]) : []
  return [
    `error: ${detail} (${code})`,
    ...members.map((member) => `  ${member.field}: ${member.detail}`),
  ]
}
