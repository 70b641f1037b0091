/** In no token of the library and in no id of its users. */
const BETWEEN = '~'

/**
 * A session's token that tells whose it is: by its signed cookie that is known when the session
 * itself is gone.
 * @param random of the library, which stays what nobody can guess
 */
export function tokenOf(random: string, user: string): string {
  return random + BETWEEN + user
}

/** Whose session it is or was; undefined for a token of before. */
export function userIn(token: string): string | undefined {
  return token.split(BETWEEN, 2)[1]
}
