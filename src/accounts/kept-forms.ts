import {
  constantTimeEqual,
  makeSignature,
  symmetricDecrypt,
  symmetricEncrypt,
} from 'better-auth/crypto'
import { base64url, sha256, utf8 } from '../base/bytes.ts'
import { instant } from '../base/time.ts'
import type { Clock, Random } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import { SESSION_COOKIE } from './members.ts'
import { derived } from './secrets.ts'
import { userIn } from './session-token.ts'

/** A form that was posted when its session had ended. */
export interface KeptForm {
  /** Where it was posted to, with its query. */
  action: string
  fields: readonly (readonly [name: string, value: string])[]
  /** Whether it was multipart/form-data, in which a form of many characters takes less room. */
  isMultipart: boolean
  /** Whether files were in it, which are not kept. */
  hadFiles: boolean
}

interface Sealed {
  form: KeptForm
  /** Whose it is: nobody else opens it. */
  user: string
}

interface KeptParts {
  store: AccountStore
  clock: Clock
  random: Random
}

const LIFE = 3600_000

/**
 * Keeps what somebody typed while their session ended, so that they sign in and go on where they
 * were. Only for a cookie that this site once gave, one form for each: nobody else can fill the table.
 */
export function createKeptForms(
  { store: { db }, clock, random }: KeptParts,
  secret: Uint8Array,
  [cookieSecret]: readonly { value: string }[],
) {
  const key = base64url(derived(secret, 'kept-form'))

  const isOurs = async (token: string, signature: string) =>
    constantTimeEqual(await makeSignature(token, cookieSecret?.value ?? ''), signature)

  return {
    /**
     * An id for {@link open}, for whoever the cookie was given to; undefined where nothing is kept.
     * @param read reads the form; not called for a cookie that is none of ours
     */
    async keep(
      cookie: string,
      read: () => Promise<KeptForm | undefined>,
    ): Promise<string | undefined> {
      const { token, signature } = sessionCookie(cookie)
      const user = userIn(token)
      if (user === undefined || !(await isOurs(token, signature))) return undefined
      const form = await read()
      if (!form) return undefined
      const id = base64url(random(16))
      const now = clock.now()
      await db.deleteFrom('keptForm').where('endsAt', '<', instant(now)).execute()
      const row = {
        id,
        session: base64url(sha256(utf8(token))),
        sealed: await symmetricEncrypt({
          key,
          data: JSON.stringify({ form, user } satisfies Sealed),
        }),
        endsAt: instant(now + LIFE),
      }
      const { session, ...values } = row
      await db
        .insertInto('keptForm')
        .values(row)
        .onConflict((conflict) => conflict.column('session').doUpdateSet(values))
        .execute()
      return id
    },

    /** Undefined for one that is over, or never was, or is somebody else's. */
    async open(id: string, opener: string): Promise<KeptForm | undefined> {
      const row = await db
        .selectFrom('keptForm')
        .select('sealed')
        .where('id', '=', id)
        .where('endsAt', '>', instant(clock.now()))
        .executeTakeFirst()
      if (!row) return undefined
      const { form, user }: Sealed = JSON.parse(await symmetricDecrypt({ key, data: row.sealed }))
      return user === opener ? form : undefined
    },
  }
}

/** The token in a session's cookie and what it is signed with. */
function sessionCookie(header: string): { token: string; signature: string } {
  const pairs = header.split(/; */).map((pair) => pair.split('=', 2) as [string, string?])
  const value = pairs.find(([name]) => name.endsWith(SESSION_COOKIE))?.[1] ?? ''
  const [token = '', signature = ''] = decoded(value).split('.', 2)
  return { token, signature }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
