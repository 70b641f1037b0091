import type { Command } from 'commander'
import { deskAlone, deskHere } from '../open/desk-ports.ts'
import { pinnedTrust } from '../open.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { keyStanding } from './desk-words.ts'
import { readObject } from './input.ts'
import { withPlatform } from './opened.ts'

/** `akashi desk …`: what a guarantee company's desk needs from its operator. */
export function deskCommands(program: Command, shell: Shell): void {
  const desk = group(program, 'desk', shell)
  const example = 'desk key-import sample issuer.jwk'
  leaf(desk, 'key-import <issuer> <file>', 'keyImport', [example], shell).action(
    answering((issuer: string, file: string) => keyImport(issuer, file, shell)),
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
