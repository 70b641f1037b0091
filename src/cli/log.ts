import type { Command } from 'commander'
import { createFsck } from '../platform/fsck/fsck.ts'
import type { FsckFault } from '../platform/fsck/fsck-fault.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { withDatabase } from './opened.ts'

/** `akashi log …`: the log as a whole. */
export function logCommands(program: Command, shell: Shell): void {
  leaf(group(program, 'log', shell), 'fsck', 'logFsck', ['log fsck'], shell).action(
    answering(() => fsck(shell)),
  )
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

function faultLine({ table, at, detail }: FsckFault): string {
  return `${at === undefined ? table : `${table} ${at}`}: ${detail}`
}
