import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { concat, fromBase64, fromUtf8, utf8 } from '../base/bytes.ts'
import { SecretsError } from './secrets.ts'

/** How a passphrase becomes a key: 128 MiB and most of a second for each guess. */
const KDF = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 } as const
const CIPHER = 'aes-256-gcm'
const FORMAT = 'akashi-secrets/v1'

const LEAST_LENGTH = 16
const LEAST_DIFFERENT = 6
const TAG_LENGTH = 16

/** Everything but the sealed bytes is authenticated with them. */
interface Sealed {
  format: typeof FORMAT
  kdf: typeof KDF & { salt: string }
  cipher: { name: typeof CIPHER; iv: string }
  /** Ciphertext, then the tag of 16 bytes; base64, as salt and iv. */
  sealed: string
}

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

/**
 * A text under a passphrase, as JSON that says how it is to be opened (`akashi-secrets/v1`).
 * @throws SecretsError for a passphrase that could be guessed
 */
export async function sealSecrets(text: string, passphrase: string): Promise<string> {
  if ([...passphrase].length < LEAST_LENGTH || new Set(passphrase).size < LEAST_DIFFERENT) {
    throw new SecretsError(
      `The passphrase is too weak: ${LEAST_LENGTH} characters or more, ${LEAST_DIFFERENT} of them different. Several words will do.`,
    )
  }
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const head = {
    format: FORMAT,
    kdf: { ...KDF, salt: salt.toString('base64') },
    cipher: { name: CIPHER, iv: iv.toString('base64') },
  } as const
  const cipher = createCipheriv(CIPHER, await keyOf(passphrase, salt), iv)
  cipher.setAAD(utf8(JSON.stringify(head)))
  const bytes = concat(cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag())
  const sealed = Buffer.from(bytes).toString('base64')
  return `${JSON.stringify({ ...head, sealed } satisfies Sealed, null, 2)}\n`
}

/**
 * The text that {@link sealSecrets} was given.
 * @param where for messages: the file it was read from
 * @throws SecretsError for another format, another passphrase, or a changed byte
 */
export async function openSecrets(
  sealedText: string,
  passphrase: string,
  where: string,
): Promise<string> {
  const read = readSealed(sealedText)
  if (!read) {
    throw new SecretsError(`${where} does not hold secrets that akashi backup sealed (${FORMAT}).`)
  }
  const { head, salt, iv, bytes } = read
  const decipher = createDecipheriv(CIPHER, await keyOf(passphrase, salt), iv)
  decipher.setAAD(utf8(JSON.stringify(head)))
  decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
  try {
    return fromUtf8(concat(decipher.update(bytes.subarray(0, -TAG_LENGTH)), decipher.final()))
  } catch {
    throw new SecretsError(`${where} is not opened by this passphrase, or was changed.`)
  }
}

function readSealed(text: string) {
  let value: Sealed
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { sealed, ...head } = value ?? {}
  const [salt, iv, bytes] = [head.kdf?.salt, head.cipher?.iv, sealed].map((member) =>
    typeof member === 'string' ? fromBase64(member) : undefined,
  )
  // Of one version, so that a file cannot ask for a weaker key, or for all of the memory.
  const { N, r, p, name } = head.kdf ?? {}
  const known =
    head.format === FORMAT && name === KDF.name && N === KDF.N && r === KDF.r && p === KDF.p
  if (!known || head.cipher?.name !== CIPHER || salt?.length !== 16 || iv?.length !== 12) {
    return undefined
  }
  return bytes && bytes.length > TAG_LENGTH ? { head, salt, iv, bytes } : undefined
}

/** NFKC, because the same key press gives other characters under another input method. */
function keyOf(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const { N, r, p } = KDF
  return derive(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 2 ** 28 })
}
