import { prepareFolders } from '../../connectors/folder/connector.ts'
import { createFakePrefecture } from '../../connectors/folder/fake-prefecture.ts'
import { civilOf } from '../../core/calendar/civil-date.ts'
import { createFakeState } from '../../exports/actes/fake-state.ts'
import { councilOf } from '../council.ts'
import { readAnswers } from '../inbox.ts'
import type { Services } from '../services.ts'
import { viewOf } from '../work.ts'

/** The demonstration's prefecture reads what was dropped and answers; the answers are read back at once. */
export async function answerAsPrefecture(
  services: Services,
  authorityId: string,
  answer: 'receipt' | 'anomaly',
): Promise<number> {
  const { authority } = await councilOf(viewOf(services, authorityId))
  const folders = services.outside.folders.actes
  await prepareFolders(folders)
  const state = createFakeState({
    service: {
      code: `SPREF${authority.department}${authority.arrondissement}`,
      sender: {
        kind: 'sousPrefecture',
        department: authority.department,
        arrondissement: authority.arrondissement,
      },
    },
    classificationDate: authority.classificationDate,
    today: () => civilOf(services.clock(), authority.timeZone).date,
    packing: 'loose',
  })
  const prefecture = createFakePrefecture({ folders, state })
  const processed = await prefecture.process(answer === 'receipt' ? 'auto' : 'anomaly')
  await readAnswers(services, authorityId)
  return processed.length
}
