import type { Command } from 'commander'
import type { Finding } from '../guarantee/sufficiency.ts'
import type { Receipt } from '../log/bundle.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { findingLine } from './finding-line.ts'
import { readText } from './input.ts'
import { post, problemLines } from './remote.ts'

/** `akashi submit`: sends what `sign` wrote and prints the platform's answer with the receipt. */
export function submitCommand(program: Command, shell: Shell): void {
  const examples = [
    'submit body.json > receipt.json',
    'sign issue.json --key issuer.jwk | akashi submit -',
  ]
  leaf(program, 'submit <file>', 'submit', examples, shell).action(
    answering((file: string) => submit(file, shell)),
  )
}

async function submit(file: string, { lang, words }: Shell): Promise<Answer> {
  const { ok, status, body } = await post('/v1/records', await readText(file))
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
