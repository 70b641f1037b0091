import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { instant } from '../base/time.ts'
import { parseTrust, type TrustDocument } from '../log/bundle.ts'
import { systemClock } from '../outside/clock.ts'
import { verifyEd25519Node, verifyJwsNode } from '../outside/crypto-node.ts'
import { checkEvidence, checkReceipt, checkVerificationReceipt } from '../verifier/check.ts'
import { recognise } from '../verifier/recognise.ts'
import { exitCode, finding, type Report, reportOf, type Tools } from '../verifier/report.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { readObject, readText } from './input.ts'
import { withExisting } from './opened.ts'
import { recordIn } from './record-file.ts'

interface VerifyOptions {
  record?: string
  trust?: string
}

/** `akashi verify`: the whole check without the platform, on what it once handed out. */
export function verifyCommand(program: Command, shell: Shell): void {
  const { options } = shell.words
  const examples = [
    'verify receipt.json --record body.json',
    'verify answer.json --trust trust.json --json',
  ]
  leaf(program, 'verify <file>', 'verify', examples, shell)
    .option('--record <file>', options.record)
    .option('--trust <file>', options.trust)
    .action(answering((file: string, given: VerifyOptions) => verify(file, given, shell)))
}

async function verify(file: string, given: VerifyOptions, { words }: Shell): Promise<Answer> {
  const text = await readText(file)
  const record = given.record === undefined ? undefined : await recordIn(given.record)
  const trust = given.trust === undefined ? await trustHere() : await trustIn(given.trust)
  const { kind, report } = await check(text, record, trust)
  return {
    json: { kind, ...report },
    lines: [
      `${words.kinds[kind]}: ${words.outcomes[report.outcome]}`,
      ...report.findings.map(({ code, severity, detail, seq }) => {
        const version = seq === undefined ? '' : ` (seq ${seq})`
        return `  ${severity} ${code}${version}: ${detail}`
      }),
    ],
    exit: exitCode(report.outcome),
  }
}

type Kind = 'evidence' | 'receipt' | 'verification-receipt' | 'unknown'

async function check(
  text: string,
  record: string | undefined,
  trust: TrustDocument | undefined,
): Promise<{ kind: Kind; report: Report<unknown> }> {
  const found = recognise(text)
  const tools: Tools = {
    verifyJws: verifyJwsNode,
    verifyEd25519: verifyEd25519Node,
    now: instant(systemClock.now()),
  }
  switch (found?.kind) {
    case 'evidence':
      return { kind: found.kind, report: await checkEvidence(found.value, trust, tools) }
    case 'receipt':
      return { kind: found.kind, report: await checkReceipt(found.value, record, trust, tools) }
    case 'verification-receipt': {
      const report = await checkVerificationReceipt(found.jws, trust, undefined, tools)
      return { kind: found.kind, report }
    }
    default: {
      const detail = 'this is neither evidence, nor a receipt, nor a verification receipt'
      return { kind: 'unknown', report: reportOf([finding('BUNDLE_FORMAT', detail)]) }
    }
  }
}

/** The trust document of DATA_DIR, which its own operator has no reason to doubt. */
function trustHere(): Promise<TrustDocument | undefined> {
  return withExisting(({ platform }) => platform.trust())
}

async function trustIn(file: string): Promise<TrustDocument> {
  const trust = parseTrust(await readObject(file))
  if (trust) return trust
  throw new Fault('body_invalid', `${file} is no trust document: give what GET /v1/trust answers.`)
}
