import type { Platform } from '../platform/platform.ts'
import type { Ports } from '../ports.ts'
import { createAccessPulls } from './access-pull.ts'
import { createEntryPulls } from './entries.ts'
import { createAuditHistory } from './history.ts'
import { createPulls } from './pulls.ts'
import { createTokens } from './tokens.ts'

/** All deeds of auditors, over a platform. */
export function createAudit(ports: Ports, platform: Platform) {
  return {
    tokens: createTokens(ports),
    entryPull: createEntryPulls(ports),
    accessPull: createAccessPulls(ports),
    pulls: createPulls(ports, platform.access),
    history: createAuditHistory(ports, platform),
  }
}

export type Audit = ReturnType<typeof createAudit>
