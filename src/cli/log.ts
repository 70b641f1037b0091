import type { Command } from 'commander'
import { createFsck } from '../platform/fsck/fsck.ts'
import type { FsckFault } from '../platform/fsck/fsck-fault.ts'
import { type Answer, answering, CouldNotCheck, group, leaf, type Shell } from './command.ts'
import { withExisting } from './opened.ts'

/** `akashi log …`: the log as a whole. */
export function logCommands(program: Command, shell: Shell): void {
  leaf(group(program, 'log', shell), 'fsck', 'logFsck', ['log fsck'], shell).action(
    answering(() => fsck(shell)),
  )
}

async function fsck({ words }: Shell): Promise<Answer> {
  const faults: FsckFault[] = []
  const report = await withExisting(({ ports, settings }) =>
    createFsck(ports, settings)((fault) => faults.push(fault)),
  )
  if (!report) throw new CouldNotCheck('There is no database in DATA_DIR. Set DATA_DIR to it.')
  const { size, root } = report
  return {
    json: { size, root, faults },
    lines: [...faults.map(faultLine), words.fsck(size, root, faults.length)],
    exit: faults.length > 0 ? 1 : 0,
  }
}

function faultLine({ table, at, detail }: FsckFault): string {
  return `${at === undefined ? table : `${table} ${at}`}: ${detail}`
}
