import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { packObjects } from '../../../src/desk/print/pack.ts'
import { createPress } from '../../../src/desk/print/press.ts'
import { fontFiles } from '../../../src/outside/font-files.ts'
import type { FontFiles } from '../../../src/ports.ts'
import { infoOf, press } from './reading.ts'
import { notice } from './samples.ts'

test('each font is read once, with the first paper, however many are printed at once', async () => {
  const reads: string[] = []
  const counted: FontFiles = {
    read: (face) => {
      reads.push(face)
      return fontFiles.read(face)
    },
  }
  const own = createPress(counted)
  expect(reads).toEqual([])
  await Promise.all([printKeyNotice(own, notice), printKeyNotice(own, notice)])
  await printKeyNotice(own, notice)
  expect(reads.sort()).toEqual(['bold', 'mono', 'regular'])
})

test('a font that could not be read fails the paper, and is read again for the next', async () => {
  let broken = true
  const own = createPress({
    read: (face) => (broken ? Promise.reject(new Error('the disk is gone')) : fontFiles.read(face)),
  })
  await expect(printKeyNotice(own, notice)).rejects.toThrow('the disk is gone')
  broken = false
  expect((await printKeyNotice(own, notice)).pdf.length).toBeGreaterThan(10_000)
})

/** In a process of its own: which packages were asked for, before and after the first paper. */
const SCRIPT = `
  import { registerHooks } from 'node:module'
  const asked = []
  registerHooks({ resolve: (name, context, next) => (asked.push(name), next(name, context)) })
  const [{ createPress }, { printKeyNotice }, { fontFiles }, { notice }] = await Promise.all(
    ['src/desk/print/press.ts', 'src/desk/print/notice.pdf.ts', 'src/outside/font-files.ts', 'test/desk/print/samples.ts']
      .map((file) => import(process.cwd() + '/' + file)),
  )
  const libraries = () => ['pdfkit', 'fontkit'].filter((name) => asked.includes(name))
  const before = libraries()
  await printKeyNotice(createPress(fontFiles), notice)
  console.log(JSON.stringify({ before, after: libraries() }))
`

test('the library is loaded with the first paper, not with the program', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    encoding: 'utf8',
  })
  expect(JSON.parse(output)).toEqual({ before: [], after: ['pdfkit', 'fontkit'] })
})

test('a notice is at most 40 KB', async () => {
  const { pdf } = await printKeyNotice(press, notice)
  expect(pdf.length).toBeLessThanOrEqual(40_000)
  expect(infoOf(pdf)).toMatch(/Tagged: +yes/)
})

test('only what pdfkit writes is packed; a file that was packed already is refused', async () => {
  const { pdf } = await printKeyNotice(press, notice)
  await expect(packObjects(pdf)).rejects.toThrow('another kind')
})
