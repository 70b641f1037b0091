import crypto, { createHmac } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { hex, utf8 } from '../../src/base/bytes.ts'
import { peppersOf } from '../../src/outside/peppers.ts'

describe('peppers', () => {
  const values = [
    { id: '1', value: new Uint8Array(32).fill(1) },
    { id: '2', value: new Uint8Array(32).fill(2) },
  ]
  const salt = new Uint8Array(16)
  const hmac = (fill: number, text: string) =>
    createHmac('sha256', new Uint8Array(32).fill(fill)).update(text).digest('hex')

  test('make a MAC each, the last one for what is new', async () => {
    const peppers = peppersOf(values, 'hmac')
    expect(peppers.current).toBe('2')
    expect(hex(await peppers.mac('1', salt, utf8('a')))).toBe(hmac(1, 'a'))
    expect(hex(await peppers.mac('2', salt, utf8('a')))).toBe(hmac(2, 'a'))
  })

  test('that are gone, or that a damaged row names, are asked for', () => {
    const peppers = peppersOf(values, 'hmac')
    for (const pid of ['3', '2/scrypt/scrypt', 7 as never]) {
      const fault = { code: 'store_unavailable', message: expect.stringContaining('pepper') }
      expect(() => peppers.mac(pid, salt, utf8('a'))).toThrow(expect.objectContaining(fault))
    }
  })

  test('with scrypt are slow on top, and still read what was made without', async () => {
    const peppers = peppersOf(values, 'scrypt')
    expect(peppers.current).toBe('2/scrypt')
    const slow = hex(await peppers.mac('2/scrypt', salt, utf8('a')))
    expect(slow).not.toBe(hmac(2, 'a'))
    expect(slow).toHaveLength(64)
    expect(hex(await peppers.mac('2', salt, utf8('a')))).toBe(hmac(2, 'a'))
    expect(hex(await peppersOf(values, 'hmac').mac('2/scrypt', salt, utf8('a')))).toBe(slow)
  })

  test('hash slowly when asked to, whatever the pid, and give the same MAC', async () => {
    const peppers = peppersOf(values, 'hmac')
    expect([peppers.isSlow('2'), peppers.isSlow('2/scrypt')]).toEqual([false, true])
    const scrypt = vi.spyOn(crypto, 'scrypt')
    syncBuiltinESMExports()
    onTestFinished(() => {
      scrypt.mockRestore()
      syncBuiltinESMExports()
    })
    expect(hex(await peppers.mac('2', salt, utf8('a'), true))).toBe(hmac(2, 'a'))
    expect(scrypt).toHaveBeenCalledTimes(1)
    await peppers.mac('2/scrypt', salt, utf8('a'), true)
    expect(scrypt).toHaveBeenCalledTimes(2)
    await peppers.mac('2', salt, utf8('a'))
    expect(scrypt).toHaveBeenCalledTimes(2)
  })
})
