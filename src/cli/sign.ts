import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { base64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { foldAuthKey, isAuthKey, newAuthKey } from '../guarantee/auth-key.ts'
import { type ReadRecord, readRecord, signCompact } from '../guarantee/record.ts'
import { isJsonObject } from '../guarantee/strict-json.ts'
import { systemClock } from '../outside/clock.ts'
import { secureRandom, verifyJwsNode } from '../outside/crypto-node.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { readObject, readSecret } from './input.ts'
import { withExisting } from './opened.ts'
import { recordIn } from './record-file.ts'
import { type SigningKey, signingKey } from './signing-key.ts'

interface SignOptions {
  key: string
  aud?: string
  prev?: string
  authKeyStdin?: true
}

/** `akashi sign`: the body that `submit` and curl send. */
export function signCommand(program: Command, shell: Shell): void {
  const { options } = shell.words
  const examples = [
    'sign issue.json --key issuer.jwk > body.json',
    'sign amend.json --key issuer.jwk --prev body.json > next.json',
  ]
  leaf(program, 'sign <file>', 'sign', examples, shell)
    .requiredOption('--key <file>', options.signKey)
    .option('--aud <platform>', options.aud)
    .option('--prev <file>', options.prev)
    .option('--auth-key-stdin', options.authKeyStdin)
    .action(answering((file: string, given: SignOptions) => sign(file, given, shell)))
}

async function sign(file: string, given: SignOptions, { words }: Shell): Promise<Answer> {
  const key = await signingKey(given.key)
  const record = await signed(await payloadOf(await readObject(file), given), key)
  if (record.payload.seq !== 1) {
    if (given.authKeyStdin) {
      throw new Fault(
        'body_invalid',
        'An auth key goes with seq 1 only: leave out --auth-key-stdin.',
      )
    }
    return bodyAnswer({ record: record.jws }, [])
  }
  const authKey = given.authKeyStdin
    ? checkedAuthKey(await readSecret(words.askAuthKey))
    : newAuthKey(secureRandom)
  const notes = given.authKeyStdin ? [] : [words.madeAuthKey]
  return bodyAnswer({ record: record.jws, authKey }, notes)
}

/** What a person wrote, with what a program fills in better than a person. */
async function payloadOf(
  written: Record<string, unknown>,
  { aud, prev }: SignOptions,
): Promise<Record<string, unknown>> {
  const before = prev === undefined ? undefined : readRecord(await recordIn(prev))
  const { certificate, ...claims } = written
  const payload = {
    ver: 1,
    iat: Math.floor(systemClock.now() / 1000),
    jti: randomUUID(),
    ...(before ? following(before, written) : { seq: 1, prev: null, event: 'issue' }),
    ...claims,
    aud: aud ?? claims.aud ?? (await platformHere()),
  }
  if (!isJsonObject(certificate)) return { ...payload, certificate }
  return { ...payload, certificate: { contractNumber: claims.sub, ...certificate } }
}

/** `seq` and `prev` of the version after another one of the same guarantee. */
function following(
  { payload, sha256 }: ReadRecord,
  { sub }: Record<string, unknown>,
): { seq: number; prev: string } {
  if (sub !== payload.sub) {
    throw new Fault('body_invalid', `--prev is a record of ${payload.sub}, not of ${String(sub)}.`)
  }
  return { seq: payload.seq + 1, prev: base64url(sha256) }
}

async function platformHere(): Promise<string> {
  const platform = await withExisting(async ({ settings }) => settings.platform)
  if (platform !== undefined) return platform
  throw new Fault('body_invalid', 'The platform is not known here. Give it: --aud https://HOST.')
}

/** Signed, and taken through the gate that the platform has. */
async function signed(payload: object, key: SigningKey): Promise<ReadRecord> {
  const jws = await signCompact({ typ: 'guarantee-record+jwt' }, payload, key.privateJwk)
  const record = readRecord(jws)
  if (await verifyJwsNode(jws, key)) return record
  throw new Fault('signature_invalid', 'The private and the public half of --key do not match.')
}

function checkedAuthKey(text: string): string {
  const authKey = foldAuthKey(text)
  if (isAuthKey(authKey)) return authKey
  throw new Fault('auth_key_format', 'An auth key is twelve of 0-9, A-Z and a-z.')
}

/** One line in either spelling: the body is made for programs. */
function bodyAnswer(body: { record: string; authKey?: string }, notes: string[]): Answer {
  return { json: body, lines: [JSON.stringify(body)], notes }
}
