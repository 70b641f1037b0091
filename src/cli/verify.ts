import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { instant } from '../base/time.ts'
import { isJsonObject, readStrictJson } from '../guarantee/strict-json.ts'
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
    case 'trust':
      throw notVerifiable('a trust document is what others are verified with: give it as --trust')
    default:
      return { kind: 'unknown', report: ofUnknown(text) }
  }
}

/** A member by which a file claims to be one of ours. */
const CLAIM = /"(?:format|proof|evidence|receipt|verificationReceipt)"\s*:/

/**
 * A file that claims to be ours and is not in its format was changed; of any other nobody said that
 * it is valid, and to call it invalid would say something of a guarantee.
 * @throws Fault body_invalid
 */
function ofUnknown(text: string): Report<unknown> {
  if (isLines(text)) {
    throw notVerifiable('several answers, one a line. Put one line into a file of its own')
  }
  const detail = 'it is neither evidence, nor a receipt, nor a verification receipt'
  if (!CLAIM.test(text)) throw notVerifiable(detail)
  return reportOf([finding('BUNDLE_FORMAT', detail)])
}

/** Lines of JSON, as batches and pulls are answered; a document over several lines is none. */
function isLines(text: string): boolean {
  const lines = text.trim().split(/\r?\n/)
  return lines.length > 1 && lines.every((line) => isObject(line))
}

function isObject(line: string): boolean {
  return isJsonObject(readStrictJson(line)?.value)
}

function notVerifiable(why: string): Fault {
  return new Fault('body_invalid', `This is no file that can be verified: ${why}.`)
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
