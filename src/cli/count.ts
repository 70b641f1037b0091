/** `1 record`, `2 records`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** Entries of the log, counted. */
export function entriesOf(size: number): string {
  return count(size, 'entry', 'entries')
}
