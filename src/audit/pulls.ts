import { concat, utf8 } from '../base/bytes.ts'
import type { Access, Ports } from '../ports.ts'
import { blocksOf, type Walk } from './blocks.ts'
import { type Cursor, createCursors } from './cursor.ts'
import { type Closing, type Column, type Format, jsonItems, type StreamFormat } from './format.ts'
import type { Auditor } from './tokens.ts'

/** What somebody asks to see: one selection of one table, up to an end that is fixed at first. */
export interface Pull {
  call: 'entries' | 'access'
  /** As it was asked for. */
  selection: Record<string, string | undefined>
  columns: readonly Column[]
  walk(format: Format): Walk
  /** Fixes the end: the first page and the stream begin with it. */
  begin(): Promise<Begun>
}

export interface Begun extends Cursor {
  /** What is known of a whole pull before its first row. */
  headers: Record<string, string>
  closing(rows: number): Closing
}

export interface Page {
  /** Members of a JSON list. */
  items: Uint8Array
  next?: string
}

export interface Stream {
  headers: Record<string, string>
  /**
   * Ends with a line that says so; left in the middle, nothing more is read. Breaks off at most a
   * second after its token was withdrawn or expired.
   */
  bytes: AsyncGenerator<Uint8Array>
}

const COMMA = utf8(',')
/** Milliseconds for which a stream takes it that its token stands. */
const TRUSTED = 1000

/** Pages and streams of pulls; each is noted in the access log. */
export function createPulls(ports: Ports, access: Access) {
  const { clock } = ports
  const cursors = createCursors(ports)
  const stream = createStream(ports, access)

  return {
    stream,

    /** @throws Fault body_invalid for a cursor of another pull */
    async page(
      pull: Pull,
      { token }: Auditor,
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ): Promise<Page> {
      const { call, selection } = pull
      const name = JSON.stringify([token, call, selection])
      const from = cursor === undefined ? await pull.begin() : cursors.parse(name, cursor)
      const texts: Uint8Array[] = []
      let rows = 0
      let { next } = from
      for await (const block of blocksOf(pull.walk(jsonItems), from, limit, () => clock.sleep(0))) {
        if (block.text) texts.push(...(texts.length > 0 ? [COMMA] : []), block.text)
        rows += block.rows
        next = block.next
      }
      await access.note({ kind: 'audited', detail: { token, ...asked(pull), rows: String(rows) } })
      const { end } = from
      const more = next < end && { next: cursors.format(name, { next, end }) }
      return { items: concat(...texts), ...more }
    },
  }
}

function createStream({ clock, report }: Ports, access: Access) {
  return async function stream(
    pull: Pull,
    { token, again }: Auditor,
    format: StreamFormat,
  ): Promise<Stream> {
    const begun = await pull.begin()
    const detail = { token, ...asked(pull) }
    let stood = clock.monotonic()
    async function turn(): Promise<void> {
      await clock.sleep(0)
      if (clock.monotonic() - stood < TRUSTED) return
      await again()
      stood = clock.monotonic()
    }
    // Before the first byte: what was shown must not be missing because a server ended meanwhile.
    await access.note({ kind: 'export_begun', detail })

    async function* bytes(): AsyncGenerator<Uint8Array> {
      let rows = 0
      let complete = false
      try {
        const head = utf8(format.head(pull.columns))
        if (head.length > 0) yield head
        for await (const block of blocksOf(pull.walk(format), begun, undefined, turn)) {
          if (block.text) yield block.text
          rows += block.rows
        }
        yield utf8(format.end(pull.columns, begun.closing(rows)))
        complete = true
      } catch (error) {
        report('pull_failed', { token, rows, error: String(error) })
        throw error
      } finally {
        const ended = { rows: String(rows), complete: String(complete) }
        await access.note({ kind: 'exported', detail: { ...detail, ...ended } })
      }
    }
    return { headers: begun.headers, bytes: bytes() }
  }
}

function asked({ call, selection }: Pull): Record<string, string> {
  return { call, selection: JSON.stringify(selection) }
}
