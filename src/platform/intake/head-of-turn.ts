import type { Ports } from '../../ports.ts'
import { logReader } from '../log/log-reader.ts'

/**
 * The newest note of the log, read once for all that ask in one turn of the event loop; empty while
 * the log is. It may be a commit behind, so it is for what the log's writer judges again at its head.
 */
export function createHeadOfTurn({ store, clock }: Ports): () => Promise<string> {
  const log = logReader(store)
  let reading: Promise<string> | undefined

  return function headOfTurn() {
    if (!reading) {
      const forget = () => {
        reading = undefined
      }
      reading = log.head().then((head) => head?.note ?? '')
      // Who asks again after a failure has the store asked again.
      reading.catch(forget)
      void clock.sleep(0).then(forget)
    }
    return reading
  }
}
