import Database from 'better-sqlite3'

/**
 * Writes the journal of a database back into its file and empties it, so that nothing that was
 * erased stays in it.
 * @returns false while other connections keep it from being emptied; the last one to close does it
 */
export function emptyJournal(path: string): boolean {
  const db = new Database(path, { timeout: 1000 })
  try {
    const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return state?.busy === 0
  } finally {
    db.close()
  }
}
