/**
 * Why a mail did not leave. `refused`: a server has said that it never will take this one; `later`:
 * it has put this one off; `unreachable`: nothing can be sent now, whichever mail it is.
 */
export class MailFault extends Error {
  readonly reason: 'refused' | 'later' | 'unreachable'

  /** @param answer what the server said, or what kept it from speaking; one line */
  constructor(reason: MailFault['reason'], answer: string, cause?: unknown) {
    super(answer, cause === undefined ? undefined : { cause })
    this.name = 'MailFault'
    this.reason = reason
  }
}
