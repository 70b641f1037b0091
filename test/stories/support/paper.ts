import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { toolPath } from '../../support/tools.ts'

/** A4 at 100 dpi, the resolution of a plain office scanner, in dots. */
export const A4_AT_100_DPI = { width: 827, height: 1170 }

export interface Paper {
  pages: number
  /** All text without any space or break, since lines break where the paper ends. */
  text: string
  /** The first page at 100 dpi, as PNG. */
  picture: Buffer
  size: { width: number; height: number }
}

/** What comes out of the printer when a page is printed. */
export async function print(page: Page): Promise<Paper> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const text = run('pdftotext', ['-raw', '-', '-'], pdf).toString('utf8')
  const picture = run('pdftoppm', ['-r', '100', '-png', '-singlefile', '-'], pdf)
  return {
    pages: text.split('\f').length - 1,
    text: text.replace(/\s+/g, ''),
    picture,
    size: { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) },
  }
}

/**
 * What the QR codes in a PNG say, read by a decoder that knows nothing of us.
 * @throws Error when there is none
 */
export function readQr(png: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-qr-'))
  try {
    const file = join(folder, 'picture.png')
    writeFileSync(file, png)
    return run('zbarimg', ['--quiet', '--raw', file]).toString('utf8').trim().split('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(tool: Parameters<typeof toolPath>[0], args: string[], input?: Buffer): Buffer {
  return execFileSync(toolPath(tool), args, { input, stdio: ['pipe', 'pipe', 'ignore'] })
}
