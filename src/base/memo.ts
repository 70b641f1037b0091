/**
 * Results remembered under the bytes that they follow from, the oldest forgotten first. The key has
 * to name every input, so that a changed byte is another key.
 */
export class Memo<Value> {
  readonly #most: number
  readonly #weigh: (value: Value) => number
  readonly #values = new Map<string, Value>()
  #weight = 0

  /**
   * @param most what all remembered results may weigh together
   * @param weigh what one weighs; 1 unless given, so that `most` is a number of results
   */
  constructor(most: number, weigh: (value: Value) => number = () => 1) {
    this.#most = most
    this.#weigh = weigh
  }

  get(key: string, compute: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined || this.#values.has(key)) return known as Value
    const value = compute()
    this.#values.set(key, value)
    this.#weight += this.#weigh(value)
    for (const [oldest, old] of this.#values) {
      if (this.#weight <= this.#most || oldest === key) break
      this.#values.delete(oldest)
      this.#weight -= this.#weigh(old)
    }
    return value
  }
}
