import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { createFsck } from '../platform/fsck/fsck.ts'
import type { FsckFault } from '../platform/fsck/fsck-fault.ts'
import { createReopen } from '../platform/keeping/reopen.ts'
import { endsWith } from '../store/sqlite-file.ts'
import { StoreFault } from '../store/store.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { withDatabase } from './opened.ts'

/** `akashi log …`: the log as a whole. */
export function logCommands(program: Command, shell: Shell): void {
  const log = group(program, 'log', shell)
  leaf(log, 'fsck', 'logFsck', ['log fsck'], shell).action(answering(() => fsck(shell)))
  leaf(log, 'reopen', 'logReopen', ['log reopen --from akashi-0401.db'], shell)
    .requiredOption('--from <file>', shell.words.options.reopenFrom)
    .action(answering(({ from }: { from: string }) => reopen(from, shell)))
}

async function fsck({ words }: Shell): Promise<Answer> {
  const faults: FsckFault[] = []
  const { size, root } = await withDatabase(({ ports, settings }) =>
    createFsck(ports, settings)((fault) => faults.push(fault)),
  )
  return {
    json: { size, root, faults },
    lines: [...faults.map(faultLine), words.fsck(size, root, faults.length)],
    exit: faults.length > 0 ? 1 : 0,
  }
}

async function reopen(from: string, { words }: Shell): Promise<Answer> {
  const isBackup = (head: { size: number; note: string }) => isBackupOf(from, head)
  const reopening = await withDatabase(({ ports, settings }) =>
    createReopen(ports, settings)(isBackup),
  )
  const { origin, sealedOrigin, sealedVkey, sealedSize, sealedRoot } = reopening
  return {
    json: {
      origin,
      sealed: { origin: sealedOrigin, vkey: sealedVkey, size: sealedSize, root: sealedRoot },
    },
    lines: [words.reopened(sealedOrigin, sealedSize, origin)],
    notes: words.afterReopening,
  }
}

/** @throws Fault body_invalid for a file that is no database of ours, or none at all */
function isBackupOf(file: string, head: { size: number; note: string }): boolean {
  try {
    return endsWith(file, head)
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    throw new Fault(
      'body_invalid',
      `${file} cannot be read as a backup (${error.message}). Give the one that was restored.`,
    )
  }
}

function faultLine({ table, at, detail }: FsckFault): string {
  return `${at === undefined ? table : `${table} ${at}`}: ${detail}`
}
