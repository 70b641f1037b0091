// The first import of every entry. Modules are evaluated in the order of their imports, so an older
// Node, forced by flags, stops here with a sentence and not inside better-sqlite3 with a crash.
import { isNewEnough, tooOld } from './launch.mjs'

if (!isNewEnough(process.versions.node)) {
  console.error(tooOld(process.versions.node))
  process.exit(1)
}
