/** What RFC 8259 and RFC 7493 say of a text, read by hand: slower than the product's, and apart. */
export interface Judged {
  value: unknown
  duplicate: boolean
  unsafe: boolean
}

/** undefined when the text is no JSON. */
export function judgeJson(text: string): Judged | undefined {
  const seen = { duplicate: false, unsafe: false }
  let at = 0

  function take(token: RegExp): string | undefined {
    const sticky = new RegExp(token, `${token.flags}y`)
    sticky.lastIndex = at
    const found = sticky.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  function need(token: RegExp): string {
    const found = take(token)
    if (found === undefined) throw new SyntaxError(`at ${at}`)
    return found
  }

  const space = () => take(/[ \t\n\r]*/)

  function string(): string {
    const raw = need(/"(?:(?!\p{Cc})[^"\\]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/u)
    return JSON.parse(raw) as string
  }

  function number(): number {
    const raw = need(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/)
    const number = Number(raw)
    const integer = Number.isInteger(number)
    const plain = /^(?:0|-?[1-9][0-9]*)$/.test(raw) && Math.abs(number) <= Number.MAX_SAFE_INTEGER
    if (!Number.isFinite(number) || (integer && !plain)) seen.unsafe = true
    return number
  }

  function object(): unknown {
    const members = new Map<string, unknown>()
    need(/\{/)
    space()
    if (take(/\}/)) return {}
    do {
      space()
      const name = string()
      if (members.has(name)) seen.duplicate = true
      space()
      need(/:/)
      members.set(name, value())
    } while (take(/,/))
    need(/\}/)
    return Object.fromEntries(members)
  }

  function list(): unknown[] {
    const items: unknown[] = []
    need(/\[/)
    space()
    if (take(/\]/)) return items
    do items.push(value())
    while (take(/,/))
    need(/\]/)
    return items
  }

  function value(): unknown {
    space()
    const start = text[at]
    const found =
      start === '{'
        ? object()
        : start === '['
          ? list()
          : start === '"'
            ? string()
            : /[-0-9]/.test(start ?? '')
              ? number()
              : JSON.parse(need(/true|false|null/))
    space()
    return found
  }

  try {
    const whole = value()
    return at === text.length ? { value: whole, ...seen } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
