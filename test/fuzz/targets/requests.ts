import type { FaultCode } from '../../../src/base/fault.ts'
import { foldAuthKey } from '../../../src/guarantee/auth-key.ts'
import { numberKey } from '../../../src/guarantee/contract-number.ts'
import { isJsonObject } from '../../../src/guarantee/strict-json.ts'
import { statusOf } from '../../../src/web/answer.ts'
import { PAIR, type Reply } from '../../app/served.ts'
import { AUTH_KEY, NUMBER } from '../../platform/world.ts'
import { type Mutate, mutateJson, mutateText } from '../mutate.ts'
import { jsonOf, must, type Target } from '../target.ts'
import type { Doors } from './doors.ts'

const BODY = 64 * 1024
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const LINES = { 'content-type': 'application/x-ndjson' }
const TYPE = { 'content-type': 'application/json' }

/** No page and no problem tells of the inside, and none is more than the question warrants. */
export function checkReply(
  { world }: Doors,
  { status, text, headers }: Reply,
  asked: number,
): void {
  must(status < 500, `status ${status}: ${JSON.stringify(world.reports.at(-1))}`)
  must(!/\n +at |\.ts:\d|node_modules|SQLITE/.test(text), 'the inside of the product')
  must(text.length < 200_000 + 8 * asked, `${text.length} characters for ${asked}`)
  if (headers.get('content-type') !== 'application/problem+json') return
  const { code } = JSON.parse(text) as { code: FaultCode }
  must(statusOf(code) === status, `${code} with ${status}`)
}

/** Whether what was sent gives a right to what was answered: the pair, the link, the signature. */
function checkRight({ token, signed }: Doors, path: string, body: unknown): void {
  must(isJsonObject(body), 'an answer to no object')
  const text = (name: string) => String(body[name])
  if ('authKey' in body && 'contractNumber' in body) {
    must(numberKey(text('contractNumber')) === numberKey(NUMBER), 'a guarantee without its number')
    must(foldAuthKey(text('authKey')) === AUTH_KEY, 'a guarantee without its key')
  } else if ('token' in body) must(text('token').trim() === token, 'a link that nobody made')
  else {
    const jws = text('record' in body ? 'record' : 'request')
    must(signed.has(jws.slice(0, jws.lastIndexOf('.'))), `${path} took what nobody signed`)
  }
}

/** The first line stays as it is, at times; what follows is changed in its own manner. */
const afterFirstLine =
  (mutate: Mutate): Mutate =>
  (text, below, pool) => {
    const [first = '', ...rest] = text.split('\n')
    const others = pool.map((other) => other.slice(other.indexOf('\n') + 1))
    if (below(20) === 0) return `${mutateText(first, below, pool)}\n${rest.join('\n')}`
    return `${first}\n${mutate(rest.join('\n'), below, others)}`
  }

const splitFirstLine = (text: string): [string, string] => {
  const end = text.indexOf('\n')
  return end < 0 ? ['/', text] : [text.slice(0, end), text.slice(end + 1)]
}

/** An address on our own server, whatever the text is. */
const local = (path: string) => `/${path.replace(/^[/\\]+/, '').replaceAll(/\s/g, '')}`

function callsTarget(doors: Doors): Target {
  return {
    covers: [],
    seeds: Object.entries(doors.bodies).map(([path, body]) => `${path}\n${JSON.stringify(body)}`),
    mutate: afterFirstLine(mutateJson),
    most: BODY + 100,
    async read(text) {
      const [path, body] = splitFirstLine(text)
      const reply = await doors.post(local(path), body, TYPE)
      checkReply(doors, reply, text.length)
      if (reply.status < 300) checkRight(doors, path, jsonOf(body))
      return `${path in doors.bodies ? path : ''} ${reply.status} ${codeOf(reply)}`
    },
  }
}

function codeOf({ text }: Reply): string {
  const answer = jsonOf(text)
  return isJsonObject(answer) ? String(answer.code) : ''
}

function linesTarget(doors: Doors): Target {
  const line = JSON.stringify(doors.bodies['/v1/records'])
  return {
    covers: [],
    seeds: [line, `${line}\n${line}\n{}\n\n`, `{"record":1}\nno JSON\n${line}`],
    mutate: (text, below, pool) =>
      text
        .split('\n')
        .map((one) => mutateJson(one, below, [line, ...pool]))
        .join('\n'),
    most: 2 * BODY,
    async read(text) {
      const reply = await doors.post('/v1/records/batch', text, LINES)
      checkReply(doors, reply, text.length)
      const lines = reply.status === 200 ? reply.text.split('\n').filter(Boolean) : []
      const sent = text.toWellFormed().split('\n')
      const answers = lines.map((one) => JSON.parse(one) as { line: number; status: number })
      for (const [i, { line, status }] of answers.entries()) {
        must(line === i + 1 && status < 500, `line ${line} is answered ${status}`)
        if (status < 300) checkRight(doors, 'a line', jsonOf(sent[i] as string))
      }
      return [...new Set(answers.map(({ status }) => status))].sort().join(' ')
    },
  }
}

/** Fields are changed as members of an object, and sent as a form. */
function formsTarget(doors: Doors): Target {
  const { ticket, token } = doors
  const fields = {
    '/verify': [
      { ...PAIR, department: '契約課' },
      { ticket, contractPrice: '50,000,000円' },
    ],
    '/v/open': [{ link: `https://hosho.example.lg.jp/v#${token}`, name: '鈴木' }],
    '/shares': [{ ticket, scope: 'history', days: '30' }],
    '/shares/list': [{ ticket }],
    '/shares/revoke': [{ ticket, id: 'abcdefghijkl' }],
  }
  return {
    covers: [],
    seeds: Object.entries(fields).flatMap(([path, forms]) =>
      forms.map((form) => `${path}\n${JSON.stringify(form)}`),
    ),
    mutate: afterFirstLine(mutateJson),
    most: BODY,
    async read(text) {
      const [path, body] = splitFirstLine(text)
      const sent = jsonOf(body)
      const form = isJsonObject(sent)
        ? String(new URLSearchParams(Object.entries(sent).map(([k, v]) => [k, String(v)])))
        : body
      const reply = await doors.post(local(path), form, { ...FORM, origin: doors.origin })
      checkReply(doors, reply, text.length)
      const shown = reply.text.includes('市道本町線')
      must(!shown || body.includes(ticket) || isRight(sent, token), 'a guarantee without a right')
      return `${path in fields ? path : ''} ${reply.status} ${shown}`
    },
  }
}

/** Whether a form has the pair or the link somewhere in it, however it is written. */
function isRight(sent: unknown, token: string): boolean {
  const all = foldAuthKey(Object.values(Object(sent)).join(' '))
  return all.includes(foldAuthKey(token)) || (all.includes(AUTH_KEY) && all.includes('12345678901'))
}

export const REQUEST_TARGETS: Record<string, (doors: Doors) => Target> = {
  'json-call': callsTarget,
  batch: linesTarget,
  form: formsTarget,
}
