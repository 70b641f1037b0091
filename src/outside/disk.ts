import { existsSync, statSync } from 'node:fs'
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

/** Whether two files lie, or will lie, on one volume: what puts the one back puts back the other. */
export function onOneVolume(one: string, other: string): boolean {
  return statSync(folderOf(one)).dev === statSync(folderOf(other)).dev
}

async function diskOf(file: string): Promise<Disk> {
  const folder = folderOf(file)
  const { bavail, blocks } = await statfs(folder)
  return { folder, free: bavail / blocks }
}

/** The folder of a file, or the nearest above it that is there. */
function folderOf(file: string): string {
  let folder = dirname(file)
  while (!existsSync(folder)) folder = dirname(folder)
  return folder
}
