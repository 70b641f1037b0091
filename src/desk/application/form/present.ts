type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without the members that are undefined. */
export function present<T extends object>(value: T): Present<T> {
  const there = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(there) as Present<T>
}
