import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Milliseconds of one text after which it is taken for a hang. */
const PATIENCE = 20_000
const EVERY = 500

const { shared, pid } = workerData as { shared: SharedArrayBuffer; pid: number }
const [turn, length] = [0, 1]
const state = new Int32Array(shared, 0, 2)
const text = new Uint8Array(shared, 8)

let seen = -1
let since = Date.now()
setInterval(() => {
  const now = Atomics.load(state, turn)
  if (now !== seen || now === 0) {
    seen = now
    since = Date.now()
  } else if (Date.now() - since > PATIENCE) {
    const bytes = Buffer.from(text.slice(0, Atomics.load(state, length)))
    writeSync(2, `\nfuzz: a hang, on the text (base64) ${bytes.toString('base64')}\n`)
    process.kill(pid, 'SIGKILL')
  }
}, EVERY)
parentPort?.on('message', () => process.exit(0))
