/** Whether a parsed JSON value has a form. Never throws. */
export type Shape = (value: unknown) => boolean

/**
 * An object with every member of `required`, any of `optional` and no other: a member that this
 * reader does not know could be a restriction that it would ignore.
 */
export function members(
  required: Record<string, Shape>,
  optional: Record<string, Shape> = {},
): Shape {
  const known = new Map([...Object.entries(required), ...Object.entries(optional)])
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const object = value as Record<string, unknown>
    const complete = Object.keys(required).every((name) => Object.hasOwn(object, name))
    return complete && Object.keys(object).every((name) => known.get(name)?.(object[name]) === true)
  }
}

/** An array whose elements all have one form, with at least `least` and at most `most` of them. */
export function list(element: Shape, least = 0, most: number = Number.POSITIVE_INFINITY): Shape {
  return (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(element)
}

/** A string for which `holds`. */
export function text(holds: (value: string) => boolean): Shape {
  return (value) => typeof value === 'string' && holds(value)
}

/** Exactly one of these values. */
export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value)
}

/** An integer from `least` to 2^53 − 1. */
export function integer(least: number): Shape {
  return (value) => Number.isSafeInteger(value) && (value as number) >= least
}
