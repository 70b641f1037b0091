// What the bench uses of packages that bring no types.

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: unknown; signer?: unknown })
  }
}

declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: Map<string, object>
}

declare module '@digitalbazaar/ed25519-multikey' {
  interface KeyPair {
    id: string
    publicKeyMultibase: string
    signer(): unknown
    export(options: { publicKey: boolean; includeContext: boolean }): Promise<object>
  }
  export function generate(options: { controller: string }): Promise<KeyPair>
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown
}

declare module 'jsonld-signatures' {
  class AssertionProofPurpose {
    constructor(options?: { controller: object })
  }
  const jsigs: {
    purposes: { AssertionProofPurpose: typeof AssertionProofPurpose }
    sign(document: object, options: object): Promise<object>
    verify(document: object, options: object): Promise<{ verified: boolean; error?: Error }>
  }
  export = jsigs
}
