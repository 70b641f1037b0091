import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PARSER_TARGETS } from './targets.ts'

const SRC = join(import.meta.dirname, '..', '..', 'src')
const PARSER =
  /^export (?:async )?function ((?:parse|read|open|fold|from|fits|split|recognise)\w*)/gm

/** Elsewhere what is opened is a file, a folder or a database. */
const TEXTS = /^(?:base|guarantee|log|verifier)\//

/** Named as parsers are, and why no text of others reaches them, or through whom it does. */
const NONE: Record<string, string> = {
  fitsAll: 'compares numbers of a profile with a pattern',
  readApplication: 'fields of a form, with properties of their own in test/desk/application',
  readDemoCompanies: 'reads files of this repository',
  readFormWithFiles: 'parts that the runtime has split; test/desk/application/papers',
  readInformation: 'as readApplication',
  readLifeForm: 'fields of a form; test/desk/issue',
  readLine: 'as readApplication',
  readPaperForm: 'as readLifeForm',
  readProfile: 'a file of the company, of which the target rate-table is the deepest part',
  readWorks: 'as readApplication',
  readerOf: 'hands out the fields of a form',
  readingOf: 'hands a posted form to readApplication',
  readDemoData: 'reads files of this repository',
  readDetail: 'reads a row of our own database',
  readForm: 'the target form, over HTTP',
  parseJson: 'as readJson',
  readJson: 'the target json-call, over HTTP',
  readLines: 'the target batch, over HTTP',
  readNewSecret: 'one line, which seals a file',
  readObject: 'readStrictJson on a file',
  readSecret: 'one line, which goes into foldAuthKey',
  readSecrets: 'readSecretLists on a file',
  readStored: 'readRecord on a row',
  readText: 'fromUtf8 on a file',
  readingRow: 'shows a key',
}

function parsers(): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  const found = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8')
      const names = [...text.matchAll(PARSER)].map(([, name]) => name as string)
      return names.filter((name) => TEXTS.test(file) || !name.startsWith('open'))
    })
  return [...new Set(found)].sort()
}

test('every parser of the product is fuzzed, or it is said why not', () => {
  const covered = Object.values(PARSER_TARGETS).flatMap(({ covers }) => covers)
  const known = new Set([...covered, ...Object.keys(NONE)])
  expect(parsers().filter((name) => !known.has(name))).toEqual([])
})

test('what is said not to be one is there, and nothing is said of what is fuzzed', () => {
  const there = parsers()
  const covered = Object.values(PARSER_TARGETS).flatMap(({ covers }) => covers)
  expect(Object.keys(NONE).filter((name) => !there.includes(name))).toEqual([])
  expect(Object.keys(NONE).filter((name) => covered.includes(name))).toEqual([])
})
