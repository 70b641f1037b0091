import type { Command } from 'commander'
import { emptyJournal } from '../store/sqlite-file.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { withDatabase } from './opened.ts'

/** `akashi erase`: the one way in which a record's body ever goes. */
export function eraseCommand(program: Command, shell: Shell): void {
  const example = 'erase sample 12345-678901 --reason retention_ended'
  leaf(program, 'erase <issuer> <number>', 'erase', [example], shell)
    .requiredOption('--reason <code>', shell.words.options.eraseReason)
    .action(
      answering((issuer: string, number: string, { reason }: { reason: string }) =>
        erase({ issuer, contractNumber: number, reason }, shell),
      ),
    )
}

async function erase(
  wish: { issuer: string; contractNumber: string; reason: string },
  { words }: Shell,
): Promise<Answer> {
  const { erased, config } = await withDatabase(async ({ platform, config }) => ({
    erased: await platform.erase(wish),
    config,
  }))
  const empty = config.d1Config !== undefined || emptyJournal(config.databasePath)
  const { contractNumber, seqs } = erased
  return {
    json: erased,
    lines: [words.erased(contractNumber, seqs.length)],
    notes: [empty ? words.backupsKept : words.journalKept],
  }
}
