import { testTarget } from './budget.ts'
import { PARSER_TARGETS } from './targets.ts'

/** Each takes a millisecond or two a text. */
const SLOW = ['evidence', 'receipt', 'verification-receipt', 'file', 'bundle', 'owner']

for (const [name, target] of Object.entries(PARSER_TARGETS)) {
  testTarget(name, SLOW.includes(name) ? 100 : 400, () => target)
}
