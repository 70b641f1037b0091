import type { Clock } from '../../ports.ts'

/** Answers that wait for one source, and for all of them: a waiting request holds memory. */
const PLACES = 64
const ALL_PLACES = 512

interface Place {
  source: string
  /** On the monotonic clock. */
  until: number
}

/**
 * The places of the process, whichever platform in it: on Workers there are many in one isolate, each
 * for one call at a time, and a call that is broken off there never gives its place back. So a place
 * that is over is free, whoever had it.
 */
const places = new Set<Place>()

/** Where answers are held back. */
export interface WaitingRoom {
  /** Whether this source has taken all its places. */
  isFull(source: string): boolean
  /** Whether others have taken all there are, which concerns those alone who have to wait. */
  isCrowded(): boolean
  /**
   * Resolves after `milliseconds`, sooner when its client is gone or the room is closed.
   * @returns false at once, where there was no place
   */
  wait(source: string, milliseconds: number, gone?: AbortSignal): Promise<boolean>
  /** Lets all go; nobody waits from then on. */
  close(): void
}

export function createWaitingRoom({ sleep, monotonic }: Clock): WaitingRoom {
  const waiting = new Set<() => void>()
  let closed = false

  function taken(): Place[] {
    const now = monotonic()
    for (const place of places) if (place.until < now) places.delete(place)
    return [...places]
  }

  const isFull = (source: string): boolean =>
    taken().filter((place) => place.source === source).length >= PLACES
  const isCrowded = (): boolean => taken().length >= ALL_PLACES

  return {
    isFull,
    isCrowded,

    async wait(source, milliseconds, gone) {
      if (closed || gone?.aborted) return true
      if (isFull(source) || isCrowded()) return false
      const place = { source, until: monotonic() + milliseconds }
      places.add(place)
      await new Promise<void>((resolve) => {
        const leave = () => {
          if (!waiting.delete(leave)) return
          gone?.removeEventListener('abort', leave)
          resolve()
        }
        waiting.add(leave)
        gone?.addEventListener('abort', leave)
        void sleep(milliseconds).then(leave)
      })
      places.delete(place)
      return true
    },

    close() {
      closed = true
      for (const leave of waiting) leave()
    },
  }
}
