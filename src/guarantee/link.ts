import { fromBase64url } from '../base/bytes.ts'
import { foldWidth } from '../base/text.ts'

const TOKEN_BYTES = 16
const SHARE_LINK = /\/v(?:#|%23)([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])/

/**
 * The locator of the key notice's QR code: number only, in the fragment, so that it never reaches
 * a server's log; the key is typed (decisions.md "Links and QR"). `origin` has no closing slash.
 */
export function locatorUrl(origin: string, contractNumber: string): string {
  return `${origin}/#n=${encodeURIComponent(contractNumber)}`
}

/** The share link of a token, 16 random bytes in base64url; the token stands in the fragment only. */
export function shareUrl(origin: string, token: string): string {
  return `${origin}/v#${token}`
}

/**
 * The token of a pasted share link, found in any text around it and across the line breaks that
 * mail programs put into links; also the bare token. undefined when there is none.
 */
export function readShareLink(text: string): string | undefined {
  const folded = foldWidth(text).trim()
  const joined = folded.replace(/\s+/g, '')
  const bare = /^[A-Za-z0-9_-]{22}$/.exec(joined)?.[0]
  const token = SHARE_LINK.exec(folded)?.[1] ?? SHARE_LINK.exec(joined)?.[1] ?? bare
  if (token === undefined) return undefined
  return fromBase64url(token)?.length === TOKEN_BYTES ? token : undefined
}
