import type { Identity, Ports } from '../ports.ts'
import { createAccess } from './access.ts'
import { createAppend } from './append.ts'
import { createAuthenticate } from './authenticate.ts'
import { createIntake } from './intake.ts'
import { createIssuers } from './issuers.ts'
import { createKeyChange } from './key-change.ts'
import { createLookup } from './lookup.ts'
import { createOwners } from './owners.ts'
import { createPublicLog } from './public-log.ts'
import { createShares } from './share.ts'
import { createTickets } from './ticket.ts'
import { createTrust } from './trust.ts'

/** All deeds of the platform, over one writer of the log. */
export function createPlatform(ports: Ports, identity: Identity, publicOrigin: string) {
  const append = createAppend(ports, identity)
  const access = createAccess(ports)
  const authenticate = createAuthenticate(ports, access)
  const issuers = createIssuers(ports, append)
  return {
    identity,
    publicOrigin,
    access,
    authenticate,
    issuers,
    ...createIntake(ports, identity, append),
    keyChange: createKeyChange(ports, identity, access),
    lookup: createLookup(ports, identity, authenticate, access),
    owners: createOwners(ports),
    publicLog: createPublicLog(ports),
    shares: createShares(ports, access, publicOrigin),
    tickets: createTickets(ports),
    trust: createTrust(ports, identity, issuers),
  }
}

export type Platform = ReturnType<typeof createPlatform>
