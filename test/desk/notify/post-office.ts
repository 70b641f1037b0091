import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** What arrived: the envelope as it was said, and the message as a mail program reads it. */
export interface Delivered {
  from: string
  to: string[]
  mail: ParsedMail
  raw: string
}

export interface PostOffice {
  url: string
  delivered: Delivered[]
  /** Commands that came, for what was never delivered. */
  tries: number
}

type Manners = Pick<
  SMTPServerOptions,
  'onRcptTo' | 'onAuth' | 'authOptional' | 'disabledCommands'
> & {
  /** Called when a message is whole; throws, or returns what the server says instead of 250. */
  onMessage?(one: Delivered): Error | undefined
}

/** A real SMTP server on loopback that keeps what it takes. */
export async function openPostOffice(manners: Manners = {}): Promise<PostOffice> {
  const { onMessage, ...options } = manners
  const office: PostOffice = { url: '', delivered: [], tries: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', ...(options.onAuth ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    ...options,
    onMailFrom(_address, _session, done) {
      office.tries += 1
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        const one: Delivered = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          mail: await simpleParser(raw),
          raw: raw.toString('utf8'),
        }
        const said = onMessage?.(one)
        if (!said) office.delivered.push(one)
        done(said)
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)))
  office.url = `smtp://127.0.0.1:${portOf(server.server as Server)}`
  return office
}

/** A server that takes connections and never says a word. */
export async function openSilence(): Promise<{ url: string; connections: number }> {
  const silence = { url: '', connections: 0 }
  const server = createServer((socket) => {
    silence.connections += 1
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  silence.url = `smtp://127.0.0.1:${portOf(server)}`
  return silence
}

/** A server that greets, and from then on sends a line every tenth of a second that answers nothing. */
export async function openDrip(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 drip ESMTP\r\n')
    const timer = setInterval(() => socket.write('250-more to come\r\n'), 100)
    socket.on('close', () => clearInterval(timer))
    onTestFinished(() => void socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `smtp://127.0.0.1:${portOf(server)}`
}

function portOf(server: Server): number {
  return (server.address() as { port: number }).port
}

/** What a server says: `451 4.3.2 …`. */
export function saying(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
