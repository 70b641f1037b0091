/**
 * Whether browsers make passkeys for a site: under a name and over TLS, or on `localhost` (WebAuthn
 * §5.1.3, Secure Contexts §3.1). Under a mere address such as 127.0.0.1 there are none.
 * @param origin `https://HOST`
 */
export function takesPasskeys(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  return protocol === 'https:' && /[a-z]/i.test(hostname) && !hostname.startsWith('[')
}
