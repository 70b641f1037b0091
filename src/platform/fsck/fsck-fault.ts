/** One thing in the database that is not as the log says it must be. */
export interface FsckFault {
  /** The table that holds it, `guard`, or `database` for what its engine finds. */
  table: string
  /** Position of an entry and of what stands beside it, id of a node, size of a checkpoint, log. */
  at?: number
  detail: string
}

/** Told of each fault as it is found. */
export type TellFault = (fault: FsckFault) => void
