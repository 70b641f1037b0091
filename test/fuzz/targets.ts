import type { Target } from './target.ts'
import { BASE_TARGETS } from './targets/base.ts'
import { DEED_TARGETS } from './targets/deeds.ts'
import { DESK_TARGETS } from './targets/desk.ts'
import type { Doors } from './targets/doors.ts'
import { FORM_TARGETS } from './targets/forms.ts'
import { GUARANTEE_TARGETS } from './targets/guarantee.ts'
import { LOG_TARGETS } from './targets/log.ts'
import { OPERATOR_TARGETS } from './targets/operator.ts'
import { RECORD_TARGETS } from './targets/records.ts'
import { REQUEST_TARGETS } from './targets/requests.ts'
import { VERIFIER_TARGETS } from './targets/verifier.ts'
import { SOURCE_TARGET, VISITOR_TARGETS } from './targets/visitors.ts'
import { WIRE_TARGETS } from './targets/wire.ts'

/** Every parser that reads a text and no more. */
export const PARSER_TARGETS: Record<string, Target> = {
  ...BASE_TARGETS,
  ...GUARANTEE_TARGETS,
  ...RECORD_TARGETS,
  ...LOG_TARGETS,
  ...VERIFIER_TARGETS,
  ...FORM_TARGETS,
  ...OPERATOR_TARGETS,
  ...DESK_TARGETS,
  source: SOURCE_TARGET,
}

/** Every way in that needs a platform behind it: over HTTP, on the wire, and as deeds. */
export const DOOR_TARGETS: Record<string, (doors: Doors) => Target | Promise<Target>> = {
  ...REQUEST_TARGETS,
  ...WIRE_TARGETS,
  ...DEED_TARGETS,
  ...VISITOR_TARGETS,
}
