import { Fault } from '../base/fault.ts'
import type { Platform } from '../platform/platform.ts'
import type { EventSeen, PlatformPort } from '../ports.ts'

const EVENTS_AT_ONCE = 100

/**
 * The platform of this process, as the desk sees it: the deeds that the API's doors call.
 * @param bearerOf signed by the company for one call; with its first records, for a log that was
 *   reopened after a loss asks for it
 */
export function platformHere(
  platform: Platform,
  bearerOf: (issuer: string) => Promise<string>,
): PlatformPort {
  const { intake, keyChange, ownHead, ownKey, ownEvents, owners, shares } = platform
  const { authenticate, trust } = platform

  return {
    async submit({ issuer, record, authKey }) {
      const bearer = authKey === undefined ? undefined : await bearerOf(issuer)
      const { receipt } = await intake({ record, authKey }, bearer)
      return { receipt }
    },
    async head(issuer, contractNumber) {
      try {
        const { seq, sha256 } = await ownHead(issuer, contractNumber)
        return { seq, sha256 }
      } catch (error) {
        if (error instanceof Fault && error.code === 'not_found') return undefined
        throw error
      }
    },
    async rekey({ request, authKey }) {
      const { changedAt } = await keyChange({ request, authKey })
      return { changedAt }
    },
    opens: async ({ issuer, contractNumber, authKey }) =>
      (await ownKey(issuer, contractNumber, authKey)).opens,
    owners: owners.search,
    shares: {
      create: async (pair, wish) => shares.create(await authenticate(pair), wish),
      list: async (pair) => shares.list(await authenticate(pair)),
      revoke: async (pair, id) => shares.revoke(await authenticate(pair), id),
    },
    async events(issuer, cursor) {
      const { items, next } = await ownEvents(issuer, { cursor, limit: EVENTS_AT_ONCE })
      return { items: items.map(eventSeen), ...(next !== undefined && { next }) }
    },
    trust,
    unanswered: () => undefined,
  }
}

/** Entries tell when they arrived, notes when they were made. */
function eventSeen(event: Awaited<ReturnType<Platform['ownEvents']>>['items'][number]): EventSeen {
  const at = 'arrivedAt' in event ? event.arrivedAt : event.at
  return { ...event, at }
}
