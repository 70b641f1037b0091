/** The name of a user, by id. */
export type NameOf = (user: string) => string

/** Who is no more a member is called so, and never by the id. */
const GONE = '（退職者）'

/** The names of all who are named, asked for together; nobody is named by `null`. */
export async function namesOf(
  userName: (user: string) => Promise<string | undefined>,
  users: readonly (string | null | undefined)[],
): Promise<NameOf> {
  const ids = [...new Set(users)].filter((user) => typeof user === 'string')
  const found = await Promise.all(ids.map(async (id) => [id, await userName(id)] as const))
  const names = new Map(found)
  return (user) => names.get(user) ?? GONE
}
