import { isJsonObject } from '../guarantee/strict-json.ts'

/** What a file handed to the verifier is, told by its content. */
export type Recognised =
  | { kind: 'evidence' | 'receipt' | 'trust'; value: unknown }
  | { kind: 'verification-receipt'; jws: string }

/**
 * Tells evidence, an issuer's receipt, a verification receipt and a trust document apart, each
 * alone or inside the platform's answer that brought it. Nothing is checked yet.
 *
 * @param text whole content of the file
 * @returns undefined for everything else
 */
export function recognise(text: string): Recognised | undefined {
  const trimmed = text.trim()
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(trimmed)) {
    return { kind: 'verification-receipt', jws: trimmed }
  }
  const value = parsed(trimmed)
  if (!isJsonObject(value)) return undefined
  if (value.format === 'akashi-evidence/v1') return { kind: 'evidence', value }
  if (value.format === 'akashi-trust/v1') return { kind: 'trust', value }
  if (typeof value.proof === 'string') return { kind: 'receipt', value }
  // The answers of POST /v1/lookup and POST /v1/records.
  if (isJsonObject(value.evidence)) return { kind: 'evidence', value: value.evidence }
  if (isJsonObject(value.receipt)) return { kind: 'receipt', value: value.receipt }
  return typeof value.verificationReceipt === 'string'
    ? { kind: 'verification-receipt', jws: value.verificationReceipt }
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
