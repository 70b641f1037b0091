import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface Disk {
  /** A folder on it. */
  folder: string
  /** The share that may still be written, 0 to 1. */
  free: number
}

/** Of the disks on which these files lie, or will lie, the one with the least room. */
export async function fullestDisk(files: readonly string[]): Promise<Disk> {
  const disks = await Promise.all(files.map(diskOf))
  return disks.reduce((fullest, disk) => (disk.free < fullest.free ? disk : fullest))
}

async function diskOf(file: string): Promise<Disk> {
  let folder = dirname(file)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, blocks } = await statfs(folder)
  return { folder, free: bavail / blocks }
}
