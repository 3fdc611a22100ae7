import { readdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../../core/refusal.ts'
import { type FolderSettings, prepareFolders, writeWhole } from './connector.ts'

/** What the fake does with the next archive. `auto` answers as a real prefecture would. */
export type Behaviour = 'auto' | 'anomaly' | 'rejectEnvelope' | 'silent' | 'duplicate'

/** What was answered to one archive; `answer` is a message code, `ANO` or `none`. */
export type Processed = { archive: string; answer: string; problems: Problem[] }

/** The State's side, given by the caller (`createFakeState` of exports/actes): connectors know no format. */
export type StateSide = {
  answer(
    name: string,
    bytes: Uint8Array,
    behaviour: Behaviour,
    serial: () => number,
  ): Promise<Processed & { files: readonly { name: string; bytes: Uint8Array }[] }>
}

/** A prefecture for demonstration and tests: takes what is dropped, answers in the inbox. */
export type FakePrefecture = {
  /** Handles every archive waiting in the outbox, in the order of names; gives what was answered to each. */
  process(behaviour?: Behaviour): Promise<Processed[]>
}

/** Opens a fake prefecture on the folders of a connector. Envelope serials follow those already delivered. */
export function createFakePrefecture(options: { folders: FolderSettings; state: StateSide }): FakePrefecture {
  const { folders, state } = options
  return {
    async process(behaviour = 'auto') {
      await prepareFolders(folders)
      const processed: Processed[] = []
      let serial = await lastSerial(folders)
      for (const name of (await readdir(folders.outbox)).sort()) {
        if (name.startsWith('.') || !/\.(?:tar\.gz|tgz)$/.test(name)) continue
        const file = path.join(folders.outbox, name)
        const { files, archive, answer, problems } = await state.answer(
          name,
          await readFile(file),
          behaviour,
          () => ++serial,
        )
        for (const one of files) await writeWhole(folders.inbox, one.name, one.bytes)
        await rename(file, path.join(folders.done, name))
        processed.push({ archive, answer, problems })
      }
      return processed
    },
  }
}

/** Highest serial among the envelopes delivered so far: a new prefecture on the same folders must not reuse a name. */
async function lastSerial(folders: FolderSettings): Promise<number> {
  const names = [...(await readdir(folders.inbox)), ...(await readdir(folders.done))]
  const serials = names.map((name) => /(?:EACT|TACT)--.+-(\d+)\.(?:xml|tar\.gz)$/.exec(name)?.[1])
  return serials.reduce((highest, serial) => Math.max(highest, Number(serial ?? 0)), 0)
}
