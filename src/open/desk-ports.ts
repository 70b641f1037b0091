import { createSigningKeys, type SigningKeys } from '../desk/issue/signing-keys.ts'
import { parseTrust, type TrustDocument } from '../log/bundle.ts'
import { platformHttp } from '../outside/platform-http.ts'
import type { Platform } from '../platform/platform.ts'
import type { DeskPorts, PlatformPort } from '../ports.ts'
import { platformHere } from './platform-here.ts'
import type { Started } from './start.ts'

/** What a desk works with, and the companies' keys that it signs with. */
export interface DeskOpened {
  ports: DeskPorts
  signingKeys: SigningKeys
}

/** A desk beside the platform of the same process. */
export function deskHere(started: Started, platform: Platform): DeskOpened {
  return deskOver(started, (bearerOf) => platformHere(platform, bearerOf))
}

/** A desk alone, with the platform at `url` as its operator has pinned it. */
export function deskAlone(started: Started, url: string, pinned: TrustDocument): DeskOpened {
  return deskOver(started, (bearerOf) =>
    platformHttp({ url, pinned, readTrust: parseTrust, bearerOf, clock: started.ports.clock }),
  )
}

/** The platform's bearers are signed with keys whose standing the platform tells. */
function deskOver(
  { ports, sealer }: Started,
  platformOf: (bearerOf: (issuer: string) => Promise<string>) => PlatformPort,
): DeskOpened {
  const platform = platformOf((issuer) => signingKeys.bearer(issuer))
  const { store, clock, random, report, verifyEd25519 } = ports
  const deskPorts = { store, clock, random, report, verifyEd25519, sealer, platform }
  const signingKeys = createSigningKeys(deskPorts, platform.trust)
  return { ports: deskPorts, signingKeys }
}
