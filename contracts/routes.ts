import type { Route } from './route.ts'
import { actRoutes } from './routes/act.ts'
import { authorityRoutes } from './routes/authority.ts'
import { meetingRoutes } from './routes/meeting.ts'
import { sessionRoutes } from './routes/session.ts'
import { sittingRoutes } from './routes/sitting.ts'

/** Every HTTP route of the hub, with its rights. */
export const routes = {
  ...sessionRoutes,
  ...authorityRoutes,
  ...sittingRoutes,
  ...meetingRoutes,
  ...actRoutes,
} as const satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteName = keyof Routes
