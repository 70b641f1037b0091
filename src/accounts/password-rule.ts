import { codePoints } from '../base/text.ts'
import { SHORTEST_PASSWORD } from './auth.ts'

/** What is wrong with a password, or nothing. */
export type PasswordFault = 'short' | 'long' | 'simple'

const LONGEST = 128
const FEWEST_KINDS = 5

/**
 * Length is what counts (OWASP ASVS 5.0, 6.2); beside it only what a guesser tries first is refused:
 * a few characters over and over, and the person's own address or name.
 */
export function passwordFault(
  password: string,
  { email, name }: { email: string; name: string },
): PasswordFault | undefined {
  if (codePoints(password) < SHORTEST_PASSWORD) return 'short'
  if (password.length > LONGEST) return 'long'
  const folded = password.normalize('NFKC').toLowerCase()
  const own = [email.split('@')[0] ?? '', name.normalize('NFKC').toLowerCase()]
  const contained = own.some((text) => text.length >= 4 && folded.includes(text))
  return contained || new Set(folded).size < FEWEST_KINDS ? 'simple' : undefined
}
