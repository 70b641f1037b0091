import { Worker } from 'node:worker_threads'

const MOST = 1 << 20

/**
 * Looks from another thread at what is being read, and ends the process with the text where a
 * parser does not come back: nothing in its own thread could.
 */
export function startWatch(): { reading(text: string): void; idle(): void; stop(): void } {
  const shared = new SharedArrayBuffer(8 + MOST)
  const [turn, length] = [0, 1]
  const state = new Int32Array(shared, 0, 2)
  const bytes = new Uint8Array(shared, 8)
  const encoder = new TextEncoder()
  let turns = 0
  const worker = new Worker(new URL('./watch-worker.ts', import.meta.url), {
    workerData: { shared, pid: process.pid },
  })
  worker.unref()
  return {
    reading(text) {
      Atomics.store(state, length, encoder.encodeInto(text, bytes).written)
      turns += 1
      Atomics.store(state, turn, turns)
    },
    idle: () => void Atomics.store(state, turn, 0),
    stop: () => void worker.terminate(),
  }
}
