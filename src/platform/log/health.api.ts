import { Hono } from 'hono'
import { json } from '../../web/answer.ts'
import type { Health } from './health.ts'

/** `/healthz` (the process answers) and `/readyz` (it can do its work). */
export function healthApi(health: Health): Hono {
  const app = new Hono()
  app.get('/healthz', () => json({ status: 'ok' }))
  app.get('/readyz', async () => {
    const report = await health()
    return json(report, report.status === 'ok' ? 200 : 503)
  })
  return app
}
