import type { Handlers } from '../bind.ts'
import { demoRoutes } from '../demo/routes.ts'
import { actRoutes } from './acts.ts'
import { authorityRoutes } from './authority.ts'
import { convocationRoutes } from './convocations.ts'
import { fileRoutes } from './files.ts'
import { financeRoutes } from './finance.ts'
import { folderRoutes } from './folders.ts'
import { journalRoutes } from './journal.ts'
import { meetingRoutes } from './meeting.ts'
import { packRoutes } from './packs.ts'
import { publicRoutes } from './public.ts'
import { sessionRoutes } from './session.ts'
import { sittingRoutes } from './sittings.ts'
import { todayRoutes } from './today.ts'
import { transmissionRoutes } from './transmissions.ts'

/** Every route of the contract table; a missing one does not compile. */
export const handlers: Handlers = {
  ...sessionRoutes,
  ...demoRoutes,
  ...todayRoutes,
  ...authorityRoutes,
  ...sittingRoutes,
  ...convocationRoutes,
  ...meetingRoutes,
  ...packRoutes,
  ...actRoutes,
  ...folderRoutes,
  ...financeRoutes,
  ...transmissionRoutes,
  ...fileRoutes,
  ...journalRoutes,
  ...publicRoutes,
}
