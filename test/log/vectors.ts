import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of third-party vectors, or undefined (and one line saying so) where there is none. */
export function vectorsFolder(name: string): string | undefined {
  const root = process.env['VECTORS_DIR']
  if (root === undefined) {
    process.stderr.write(`skipped: the vectors of ${name} (VECTORS_DIR is not set)\n`)
    return undefined
  }
  const folder = join(root, name)
  if (!existsSync(folder)) throw new Error(`VECTORS_DIR has no ${name}`)
  return folder
}

/** Every JSON file below a folder, as [path below it, content]. */
export function jsonFiles(folder: string): [string, unknown][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => [path, JSON.parse(readFileSync(join(folder, path), 'utf8'))])
}
