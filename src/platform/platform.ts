import type { Identity, Ports } from '../ports.ts'
import { createAccess } from './access/access.ts'
import { createAuthenticate } from './access/authenticate.ts'
import { createBudget } from './access/budget.ts'
import { createDevices } from './access/device.ts'
import { createHousekeeping } from './access/housekeeping.ts'
import { createIssuerRequest } from './directory/issuer-request.ts'
import { createIssuers } from './directory/issuers.ts'
import { createOwners } from './directory/owners.ts'
import { createTrust } from './directory/trust.ts'
import { createIntake } from './intake/intake.ts'
import { createKeyChange } from './intake/key-change.ts'
import { createOwnEvents } from './issuer/own-events.ts'
import { createOwnHead } from './issuer/own-head.ts'
import { createOwnKey } from './issuer/own-key.ts'
import { createErase } from './keeping/erase.ts'
import { createAppend } from './log/append.ts'
import { createPublicLog } from './log/public-log.ts'
import { createLookup } from './lookup/lookup.ts'
import { createShares } from './share/share.ts'
import { createTickets } from './share/ticket.ts'

/** All deeds of the platform, over one writer of the log. */
export function createPlatform(ports: Ports, identity: Identity, publicOrigin: string) {
  const append = createAppend(ports, identity)
  const access = createAccess(ports)
  const budgets = createBudget(ports, access)
  const authenticate = createAuthenticate(ports, budgets)
  const issuers = createIssuers(ports, append)
  const issuerRequest = createIssuerRequest(ports, identity)
  return {
    identity,
    publicOrigin,
    access,
    authenticate,
    devices: createDevices(ports),
    erase: createErase(ports, append),
    housekeeping: createHousekeeping(ports, append, { access, budgets }),
    /** Lets those go at once who wait for an answer, for the process is to end. */
    releaseWaiting: budgets.close,
    issuers,
    ...createIntake(ports, identity, append, issuerRequest),
    issuerRequest,
    keyChange: createKeyChange(ports, identity, access),
    lookup: createLookup(ports, identity, authenticate, access),
    ownEvents: createOwnEvents(ports),
    ownHead: createOwnHead(ports, identity),
    ownKey: createOwnKey(ports),
    owners: createOwners(ports),
    publicLog: createPublicLog(ports),
    shares: createShares(ports, access, budgets, publicOrigin),
    tickets: createTickets(ports),
    trust: createTrust(ports, identity, issuers),
  }
}

export type Platform = ReturnType<typeof createPlatform>
