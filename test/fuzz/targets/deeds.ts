import { equalBytes, fromBase64url } from '../../../src/base/bytes.ts'
import { parseCheckpoint } from '../../../src/log/checkpoint.ts'
import { createForkGuard } from '../../../src/platform/log/fork-guard.ts'
import { logReader } from '../../../src/platform/log/log-reader.ts'
import { mutateJws, mutateText } from '../mutate.ts'
import { must, readingAsync, type Target } from '../target.ts'
import type { Doors } from './doors.ts'

const FORM_FIELD = 4000

function tickets({ world, ticket }: Doors): Target {
  return {
    covers: [],
    seeds: [ticket],
    most: FORM_FIELD,
    async read(text) {
      const opened = await readingAsync(() => world.platform.tickets.open(text))
      if ('refused' in opened) return opened.refused
      must(text === ticket, 'a ticket that was never issued')
      return 'opened'
    },
  }
}

function shareTokens({ world, token }: Doors): Target {
  const bytes = fromBase64url(token) as Uint8Array
  return {
    covers: [],
    seeds: [token, ` ${token}\n`],
    most: 200,
    async read(text) {
      const opened = await readingAsync(() => world.platform.shares.open(text))
      if ('refused' in opened) return opened.refused
      must(equalBytes(fromBase64url(text.trim()) ?? new Uint8Array(), bytes), 'a link never made')
      return 'opened'
    },
  }
}

/** What an issuer's program sends with a call; it serves once, and so is taken once. */
function bearers({ world, signed }: Doors, bearer: string): Target {
  return {
    covers: [],
    seeds: [bearer],
    mutate: mutateJws,
    most: 16_384,
    async read(text) {
      const issuer = await readingAsync(() => world.platform.issuerRequest(text))
      if ('refused' in issuer) return issuer.refused
      must(signed.has(text.slice(0, text.lastIndexOf('.'))), 'a bearer that nobody signed')
      return issuer.value.id
    },
  }
}

/** The guard's file as a crash, a disk or an operator may leave it. */
function guards({ world }: Doors): Target {
  let note = ''
  const guard = { ...world.ports.guard, read: async () => ({ state: 'kept' as const, note }) }
  const forkGuard = createForkGuard({ ...world.ports, guard })
  const { head } = logReader(world.ports.store)
  return {
    covers: [],
    seeds: [],
    mutate: mutateText,
    most: 65_536,
    async read(text) {
      note = text
      const newest = await head()
      const checked = await readingAsync(() => forkGuard.check(async () => newest!))
      if ('refused' in checked) return checked.refused
      const claimed = parseCheckpoint(text)
      must(text === newest!.note || claimed !== undefined, 'a guard that says nothing')
      must(claimed === undefined || claimed.size <= newest!.size, 'a log behind its guard')
      return `stands at ${claimed?.size}`
    },
  }
}

export const DEED_TARGETS: Record<string, (doors: Doors) => Target | Promise<Target>> = {
  ticket: tickets,
  'share-token': shareTokens,
  bearer: (doors) => bearers(doors, doors.bearer),
  async guard(doors) {
    const newest = await logReader(doors.world.ports.store).head()
    return { ...guards(doors), seeds: [newest?.note ?? ''] }
  },
}
