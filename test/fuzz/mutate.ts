import fc from 'fast-check'
import type { Below } from '../support/seeded.ts'
import { isDeep, jsonOf } from './target.ts'

/**
 * A text a few steps away from `text`.
 * @param pool texts of the same kind, parts of which may be put in
 */
export type Mutate = (text: string, below: Below, pool: readonly string[]) => string

/** What parsers stumble over, of every language that is spoken here. */
const TOKENS = [
  ...['', ' ', '\t', '\n', '\n\n', '\r\n', '\0', '\x7f', '\u0085', '\u00ad', '\u200b', '\u2028'],
  ...[
    '\ufeff',
    '\ud800',
    '\udfff',
    '\ufffd',
    '𠮷',
    '㈱',
    'ﬀ',
    'ß',
    'İ',
    '　',
    '０',
    '９',
    'Ａ',
    'ｚ',
  ],
  ...[
    '-',
    '－',
    'ー',
    '‐',
    '—',
    '— ',
    '一',
    '元',
    '令和',
    '円',
    '￥',
    '、',
    '．',
    '：',
    '；',
    '＃',
  ],
  ...['=', '==', '+', '/', '_', '.', '..', '.p/', 'x000/', '//', '\\', '\\u0000', '\\ud800'],
  ...['"', "'", '{', '}', '[', ']', ',', ':', '{"', '":', '"}', '[[[[', '"a":1,', 'null', 'true'],
  ...['0', '-0', '00', '1', '-1', '1.0', '1e2', '1e999', '9007199254740993', '4294967296', '256'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'undefined',
    'NaN',
    'Infinity',
    'A',
    'a',
    'e',
    'AAAA',
  ],
  ...[
    '%',
    '%00',
    '%2e',
    '%2f',
    '%ff',
    '%u0000',
    '?',
    '&',
    '#',
    '#n=',
    '/v#',
    ';',
    '<',
    '>',
    '&#0;',
  ],
  ...["' OR 1=1 --", '<script>', '{{7}}', '../../etc/passwd', 'Z', '+09:00', 'T24:00:00'],
]

/** Random edits of characters, tokens and stretches, one to four of them. */
export const mutateText: Mutate = (text, below, pool) => {
  let edited = text
  for (let edits = 1 + below(4); edits > 0; edits--) edited = edit(edited, below, pool)
  return edited
}

function edit(text: string, below: Below, pool: readonly string[]): string {
  const [a, b] = [below(text.length + 1), below(text.length + 1)]
  const [from, to] = [Math.min(a, b), Math.max(a, b)]
  const near = Math.min(text.length, a + 1 + below(4))
  const ways = [
    () => text.slice(0, a) + TOKENS[below(TOKENS.length)] + text.slice(a),
    () => text.slice(0, a) + TOKENS[below(TOKENS.length)] + text.slice(near),
    () => text.slice(0, a) + text.slice(near),
    () => text.slice(0, a) + String.fromCharCode(below(128)) + text.slice(a + 1),
    () => text.slice(0, a) + String.fromCharCode(below(65_536)) + text.slice(a + 1),
    () => text.slice(0, a) + flipped(text.charCodeAt(a), below) + text.slice(a + 1),
    () => text.slice(0, from) + text.slice(to),
    () => text.slice(0, to) + text.slice(from, to) + text.slice(to),
    () => text.slice(0, a) + text.slice(a, near).repeat(1 + below(20)) + text.slice(near),
    () => text.slice(0, a) + text.slice(b, b + 1) + text.slice(a + 1),
    () => text.slice(0, a) + stretch(pool[below(pool.length)] ?? '', below) + text.slice(a),
    () => text.slice(0, a) + stretch(pool[below(pool.length)] ?? '', below),
  ]
  return (ways[below(ways.length)] as () => string)()
}

function flipped(code: number, below: Below): string {
  return Number.isNaN(code) ? '' : String.fromCharCode(code ^ (1 << below(8)))
}

function stretch(text: string, below: Below): string {
  const from = below(text.length + 1)
  return text.slice(from, from + below(text.length - from + 1))
}

/** Values that stand in for any other. */
const VALUES: readonly unknown[] = [
  ...fc.sample(fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }), { numRuns: 60, seed: 1 }),
  ...[null, true, 0, -0, 1, 1.5, 2 ** 53, '', ' ', 'a', '0', [], {}, [[]], 'A'.repeat(22)],
  ...['あ'.repeat(201), '2026-02-30', '9999-12-31', '\ud800'],
]

/** JSON whose members are taken away, doubled, renamed, moved and changed; at times broken text. */
export const mutateJson: Mutate = (text, below, pool) => {
  const value = jsonOf(text)
  if (value === undefined || isDeep(text) || below(8) === 0) return mutateText(text, below, pool)
  let changed: unknown = value
  for (let edits = 1 + below(3); edits > 0; edits--) {
    const other = pool[below(pool.length)] ?? ''
    changed = changedJson(changed, below, isDeep(other) ? [] : jsonOf(other))
  }
  return JSON.stringify(changed) ?? 'null'
}

function changedJson(value: unknown, below: Below, other: unknown): unknown {
  if (Array.isArray(value)) return changedList(value, below, other)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(changedMembers(Object.entries(value), below, other))
  }
  if (typeof value === 'string' && below(3) > 0) return mutateText(value, below, [value])
  if (typeof value === 'number' && below(2) === 0) return value + below(3) - 1
  return VALUES[below(VALUES.length)]
}

function changedList(list: unknown[], below: Below, other: unknown): unknown[] {
  const at = below(list.length + 1)
  if (at === list.length || below(4) === 0) {
    const ways = [list.toReversed(), [...list, ...list], list.slice(0, at), [...list, other]]
    return ways[below(ways.length)] as unknown[]
  }
  return list.with(at, changedJson(list[at], below, other))
}

type Member = [name: string, value: unknown]

function changedMembers(members: Member[], below: Below, other: unknown): Member[] {
  const at = below(members.length + 1)
  const [name, value] = members[at] ?? ['', undefined]
  const theirs = typeof other === 'object' && other !== null ? Object.entries(other) : []
  const lent = theirs[below(theirs.length + 1)] ?? [mutateText(name, below, []), value]
  if (at === members.length) return [...members, lent]
  const ways: (() => Member[])[] = [
    () => members.toSpliced(at, 1),
    () => members.with(at, [name, lent[1]]),
    () => members.with(at, lent),
    () => members.toReversed(),
  ]
  if (below(4) === 0) return (ways[below(ways.length)] as () => Member[])()
  return members.with(at, [name, changedJson(value, below, other)])
}

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const decoded = (part: string) => Buffer.from(part, 'base64url').toString()

/** A compact JWS of which one part is decoded, changed as JSON, and encoded again; or its text. */
export const mutateJws: Mutate = (text, below, pool) => {
  const parts = text.split('.')
  if (parts.length !== 3 || below(4) === 0) return mutateText(text, below, pool)
  const at = below(2)
  const others = pool.map((other) => decoded(other.split('.')[at] ?? ''))
  const part = encoded(mutateJson(decoded(parts[at] as string), below, others))
  return parts.with(at, part).join('.')
}

/** Texts that grow without end: a part of a sample, or a token, again and again in its place. */
export function pumped(seeds: readonly string[], below: Below): (size: number) => string {
  const seed = seeds[below(seeds.length)] ?? ''
  const at = below(seed.length + 1)
  const width = 1 + below(6)
  const unit =
    (below(2) === 0 && seed.slice(at, at + width)) || TOKENS[1 + below(TOKENS.length - 1)]
  const end = below(2) === 0 ? seed.slice(at) : (TOKENS[below(TOKENS.length)] as string)
  const start = seed.slice(0, at)
  return (size) => {
    const times = Math.max(
      1,
      Math.floor((size - start.length - end.length) / (unit as string).length),
    )
    return start + (unit as string).repeat(times) + end
  }
}
