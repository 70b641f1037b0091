import { testTarget } from './budget.ts'
import { openDoors } from './targets/doors.ts'
import { DOOR_TARGETS } from './targets.ts'

for (const [name, targetOf] of Object.entries(DOOR_TARGETS)) {
  testTarget(name, 100, async () => targetOf(await openDoors()))
}
