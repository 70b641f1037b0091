#!/usr/bin/env node
// The command `akashi`, from the clone: cli.ts under a Node that can run it.
import { fileURLToPath } from 'node:url'
import { launch } from './launch.mjs'

await launch(fileURLToPath(new URL('./cli.ts', import.meta.url)), process.argv.slice(2))
