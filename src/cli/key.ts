import { generateKeyPairSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { type Algorithm, type PublicJwk, thumbprint } from '../guarantee/issuer-key.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'

/** `akashi key …`: a company's signing keys. */
export function keyCommands(program: Command, shell: Shell): void {
  const { options } = shell.words
  leaf(group(program, 'key', shell), 'new', 'keyNew', ['key new --out issuer.jwk'], shell)
    .addOption(
      new Option('--alg <alg>', options.alg).choices(['Ed25519', 'ES256']).default('Ed25519'),
    )
    .requiredOption('--out <file>', options.keyOut)
    .action(answering(create))
}

async function create({ alg, out }: { alg: Algorithm; out: string }): Promise<Answer> {
  const publicOut = `${out.replace(/\.jwk$/, '')}.pub.jwk`
  const taken = [out, publicOut].find((path) => existsSync(path))
  if (taken !== undefined) {
    throw new Fault('body_invalid', `${taken} is there already. Choose another --out.`)
  }
  const { publicKey, privateKey } =
    alg === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = thumbprint(publicKey.export({ format: 'jwk' }) as unknown as PublicJwk)
  write(out, privateKey.export({ format: 'jwk' }), 0o600)
  write(publicOut, publicKey.export({ format: 'jwk' }), 0o644)
  return { json: { kid, alg, privateKey: out, publicKey: publicOut }, lines: [kid] }
}

function write(path: string, jwk: object, mode: number): void {
  try {
    writeFileSync(path, `${JSON.stringify(jwk)}\n`, { mode, flag: 'wx' })
  } catch (error) {
    throw new Fault('body_invalid', `${path} cannot be written: ${(error as Error).message}.`)
  }
}
