import { describe, expect, test } from 'vitest'
import { document, STATES } from './pages.ts'

describe.each(['ja', 'en'] as const)('in %s', (lang) => {
  describe.each(STATES.map((state) => [state.name, state] as const))('%s', (_, state) => {
    const markup = document(state, lang)

    test('has one title, one h1 and the language', () => {
      expect(markup.match(/<title>/g)).toHaveLength(1)
      expect(markup.match(/<h1[ >]/g)).toHaveLength(1)
      expect(markup).toContain(`<html lang="${lang}">`)
    })

    test('has no inline style, no inline script and nothing from elsewhere', () => {
      expect(markup).not.toMatch(/ style=| on[a-z]+="|<style/i)
      expect(markup).not.toMatch(/<script(?![^>]* src="\/js\/)/)
      expect(markup).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!issuer\.example)/)
    })

    test('shows no value that is none', () => {
      expect(markup).not.toMatch(/undefined|\[object|NaN|Invalid Date|>null</)
    })

    test('every id is there once, and every local link leads to one', () => {
      const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(ids.length).toBe(new Set(ids).size)
      for (const [, id] of markup.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id)
      for (const [, list] of markup.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)) {
        for (const id of list?.split(' ') ?? []) expect(ids).toContain(id)
      }
    })
  })
})
