import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { ISSUER_REQUEST_TYP } from '../guarantee/issuer-request.ts'
import { readRecord, signCompact } from '../guarantee/record.ts'
import type { Finding } from '../guarantee/sufficiency.ts'
import type { Receipt } from '../log/bundle.ts'
import { systemClock } from '../outside/clock.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { findingLine } from './finding-line.ts'
import { readText } from './input.ts'
import { recordOf } from './record-file.ts'
import { post, problemLines } from './remote.ts'
import { signingKey } from './signing-key.ts'

/** `akashi submit`: sends what `sign` wrote and prints the platform's answer with the receipt. */
export function submitCommand(program: Command, shell: Shell): void {
  const examples = [
    'submit body.json > receipt.json',
    'sign issue.json --key issuer.jwk | akashi submit -',
  ]
  leaf(program, 'submit <file>', 'submit', examples, shell)
    .option('--key <file>', shell.words.options.bearerKey)
    .action(answering((file: string, { key }: { key?: string }) => submit(file, key, shell)))
}

async function submit(
  file: string,
  key: string | undefined,
  { lang, words }: Shell,
): Promise<Answer> {
  const text = await readText(file)
  const bearer = key === undefined ? undefined : await bearerFor(recordOf(text, file), key)
  const { ok, status, body } = await post('/v1/records', text, bearer)
  // Past 500 it is the platform's own trouble: the same body may be sent again.
  if (!ok) return { json: body, lines: [], notes: problemLines(body), exit: status < 500 ? 1 : 3 }
  const { contractNumber, seq, arrivedAt, index } = body.receipt as Receipt
  const warnings = body.warnings as Finding[]
  return {
    json: body,
    // The receipt is to be kept: stdout is the file that `akashi verify` reads.
    lines: [JSON.stringify(body, null, 2)],
    notes: [
      words.submitted(contractNumber, seq, arrivedAt, index),
      ...warnings.map((finding) => findingLine(lang, finding)),
    ],
  }
}

/** What a log that was reopened after a loss asks for with a first record: its issuer's own call. */
async function bearerFor(record: string, key: string): Promise<string> {
  const { iss, aud } = readRecord(record).payload
  const claims = { iss, aud, iat: Math.floor(systemClock.now() / 1000), jti: randomUUID() }
  const { privateJwk } = await signingKey(key)
  return signCompact({ typ: ISSUER_REQUEST_TYP }, claims, privateJwk)
}
