/** What a call of the API asks of its request, however that came in; hono's Context is one. */
export interface Asked {
  req: {
    header(name: string): string | undefined
    query(name: string): string | undefined
    /** Aborted when nobody waits for the answer any more. */
    raw: { readonly signal: AbortSignal }
  }
  /** What the runtime hands over beside it. */
  env: unknown
}

/** An answer in one piece, before a runtime makes its own of it. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A call that takes JSON by POST and answers in JSON. */
export interface Door {
  /** Bytes that a body may have. */
  limit: number
  /** Never rejects: a refusal is an answer too. */
  answer(asked: Asked, body: Uint8Array): Promise<Answer>
}

/** The calls that come in their thousands, by path: a runtime may take them before the router does. */
export type Doors = Map<string, Door>
