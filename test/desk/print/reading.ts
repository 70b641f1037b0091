import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPress } from '../../../src/desk/print/press.ts'
import { fontFiles } from '../../../src/outside/font-files.ts'
import { toolPath } from '../../support/tools.ts'

/** One press for all tests, as for a process. */
export const press = createPress(fontFiles)

/** FAX, Group 3 superfine: 204 × 196 dots an inch, one bit each. */
const DPI = { x: 204, y: 196 }

/** A sheet in one bit. */
export interface Bitmap {
  width: number
  height: number
  /** In dots from the top left corner. */
  isDark(x: number, y: number): boolean
}

/** A word as it stands on its sheet, in points from the top left corner. */
export interface Word {
  text: string
  left: number
  top: number
  right: number
  bottom: number
}

function within<Result>(pdf: Uint8Array, deed: (folder: string, file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-paper-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    return deed(folder, file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What pdftotext says, in the order of the file. */
export function textOf(pdf: Uint8Array): string {
  return within(pdf, (_, file) =>
    execFileSync(toolPath('pdftotext'), ['-raw', file, '-'], { encoding: 'utf8' }),
  )
}

/** The same without any space or break, since lines break where the paper ends. */
export function flatTextOf(pdf: Uint8Array): string {
  return textOf(pdf).replace(/\s+/g, '')
}

/** Words with their places. */
export function wordsOf(pdf: Uint8Array): Word[] {
  const html = within(pdf, (_, file) =>
    execFileSync(toolPath('pdftotext'), ['-bbox', file, '-'], { encoding: 'utf8' }),
  )
  const word = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g
  return [...html.matchAll(word)].map(([, left, top, right, bottom, text]) => ({
    text: text as string,
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }))
}

/** What pdfinfo says; `-struct` names the structure elements. */
export function infoOf(pdf: Uint8Array, ...options: string[]): string {
  return within(pdf, (_, file) =>
    execFileSync(toolPath('pdfinfo'), [...options, file], { encoding: 'utf8' }),
  )
}

/** The sheets as a FAX carries them. */
export function faxOf(pdf: Uint8Array): Bitmap[] {
  return within(pdf, (folder, file) => {
    const args = ['-rx', String(DPI.x), '-ry', String(DPI.y), '-mono', file, join(folder, 'sheet')]
    execFileSync(toolPath('pdftoppm'), args)
    return sheetsIn(folder).map((sheet) => readBitmap(readFileSync(sheet)))
  })
}

/** What the QR codes on the FAX say, by zbar. */
export function codesOnFax(pdf: Uint8Array): string[] {
  return within(pdf, (folder, file) => {
    const args = ['-rx', String(DPI.x), '-ry', String(DPI.y), '-mono', file, join(folder, 'sheet')]
    execFileSync(toolPath('pdftoppm'), args)
    return sheetsIn(folder).flatMap((sheet) =>
      execFileSync(toolPath('zbarimg'), ['--quiet', '--raw', sheet], { encoding: 'utf8' })
        .trim()
        .split('\n'),
    )
  })
}

function sheetsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pbm'))
    .sort()
    .map((name) => join(folder, name))
}

/** PBM in its raw form (P4). */
function readBitmap(file: Buffer): Bitmap {
  const head = /^P4\s(\d+)\s(\d+)\s/.exec(file.subarray(0, 40).toString('latin1'))
  if (!head) throw new Error('not a PBM')
  const [width, height] = [Number(head[1]), Number(head[2])]
  const row = Math.ceil(width / 8)
  const start = head[0].length
  return {
    width,
    height,
    isDark: (x, y) => (((file[start + y * row + (x >> 3)] as number) >> (7 - (x & 7))) & 1) === 1,
  }
}

/** The share of dark dots in a box given in points. */
export function inkIn(bitmap: Bitmap, { left, top, right, bottom }: Cell): number {
  const [x1, x2] = [left, right].map((x) => Math.round((x * DPI.x) / 72)) as [number, number]
  const [y1, y2] = [top, bottom].map((y) => Math.round((y * DPI.y) / 72)) as [number, number]
  let dark = 0
  for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) if (bitmap.isDark(x, y)) dark++
  return dark / ((x2 - x1) * (y2 - y1))
}

/** A part of a sheet in points. */
export type Cell = Omit<Word, 'text'>

/** What is drawn in a cell: the shares of ink of eight by twelve parts. */
export function patternOf(bitmap: Bitmap, { left, right, top, bottom }: Cell): number[] {
  const shares: number[] = []
  for (let row = 0; row < 12; row++) {
    for (let column = 0; column < 8; column++) {
      const part = {
        left: left + ((right - left) * column) / 8,
        right: left + ((right - left) * (column + 1)) / 8,
        top: top + ((bottom - top) * row) / 12,
        bottom: top + ((bottom - top) * (row + 1)) / 12,
      }
      shares.push(inkIn(bitmap, part))
    }
  }
  return shares
}

/** How much ink stands elsewhere, against all the ink of the first: 0 for the same drawing. */
export function difference(one: readonly number[], other: readonly number[]): number {
  const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0)
  return sum(one.map((share, index) => Math.abs(share - (other[index] as number)))) / sum(one)
}
