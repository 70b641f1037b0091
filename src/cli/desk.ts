import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { createMails } from '../desk/notify/mails.ts'
import { deskAlone, deskHere } from '../open/desk-ports.ts'
import { pinnedTrust } from '../open.ts'
import { readMailReport } from '../outside/mail-report.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { bounceWords, keyStanding } from './desk-words.ts'
import { readObject } from './input.ts'
import { withDatabase, withPlatform } from './opened.ts'

/** `akashi desk …`: what a guarantee company's desk needs from its operator. */
export function deskCommands(program: Command, shell: Shell): void {
  const desk = group(program, 'desk', shell)
  const example = 'desk key-import sample issuer.jwk'
  leaf(desk, 'key-import <issuer> <file>', 'keyImport', [example], shell).action(
    answering((issuer: string, file: string) => keyImport(issuer, file, shell)),
  )
  leaf(desk, 'bounce', 'bounce', ['desk bounce < message.eml'], shell).action(
    answering(() => bounce(shell)),
  )
}

async function keyImport(issuer: string, file: string, { lang }: Shell): Promise<Answer> {
  const jwk = await readObject(file)
  return withPlatform(async ({ config, platform, ...started }) => {
    const { platformElsewhere: url } = config
    const { signingKeys } =
      url === undefined ? deskHere(started, platform) : deskAlone(started, url, pinnedTrust(config))
    const { kid, alg, standing } = await signingKeys.importKey(issuer, jwk)
    return {
      json: { issuer, kid, alg, standing },
      lines: [kid],
      notes: [keyStanding[lang][standing]],
    }
  })
}

/** Notes that a mail came back, by the report on standard input, as a mail server pipes it. */
async function bounce({ lang }: Shell): Promise<Answer> {
  const report = await readMailReport(await buffer(process.stdin))
  const words = bounceWords[lang]
  if (!report) return { json: { marked: false }, lines: [], notes: [words.noReport], exit: 1 }
  const { messageId } = report
  const marked = await withDatabase(({ ports }) =>
    createMails(ports).noteReport(messageId, report.said),
  )
  if (!marked) return { json: { marked }, lines: [], notes: [words.unknown(messageId)], exit: 1 }
  return { json: { marked, messageId }, lines: [messageId] }
}
