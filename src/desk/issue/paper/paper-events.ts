/** What may be done to a guarantee on paper; a 再発行 is no event of the history. */
export const PAPER_EVENTS = [
  'amend',
  'correct',
  'cancel_amendment',
  'reissue',
  'cancel',
  'release',
] as const

export type PaperEvent = (typeof PAPER_EVENTS)[number]
