/**
 * Results remembered under the bytes that they follow from, the oldest forgotten first. The key has
 * to name every input, so that a changed byte is another key.
 */
export class Memo<Value> {
  readonly #limit: number
  readonly #values = new Map<string, Value>()

  /** @param limit how many results are kept */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string, compute: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const value = compute()
    if (this.#values.size >= this.#limit) {
      this.#values.delete(this.#values.keys().next().value as string)
    }
    this.#values.set(key, value)
    return value
  }
}
