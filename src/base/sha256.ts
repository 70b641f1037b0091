/** SHA-256 (FIPS 180-4) wherever there is no `node:crypto`: browsers and workerd. Resolved as `#sha256`. */
export { sha256 } from '@noble/hashes/sha2.js'
