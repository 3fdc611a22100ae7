import path from 'node:path'
import { type FolderSettings, folderSettings } from '../connectors/folder/connector.ts'
import { createTimestampClient } from '../signing/tsp/client.ts'
import type { TimestampClient } from '../signing/types.ts'
import type { Clock } from './clock.ts'

/** What the hub reaches beyond its walls, chosen by settings or by the demonstration. */
export type Outside = {
  timestamp: TimestampClient | null
  /** DER trust anchors used to judge signatures and tokens. */
  roots: readonly Uint8Array[]
  /** Folders where archives leave and where answers come back. */
  folders: { actes: FolderSettings; pes: FolderSettings }
  /** Quadrigramme of the application: `EACT`, or `TACT` on a test platform. */
  application: 'EACT' | 'TACT'
}

export const openFolders = (dataDir: string): Outside['folders'] => ({
  actes: folderSettings(path.join(dataDir, 'echanges', 'actes')),
  pes: folderSettings(path.join(dataDir, 'echanges', 'pes')),
})

/** A timestamp client over the given servers, or null when there is none. */
export const timestampOver = (
  urls: readonly string[],
  clock: Clock,
  roots: readonly Uint8Array[],
): TimestampClient | null =>
  urls.length === 0
    ? null
    : createTimestampClient({ urls, clock: () => new Date(clock()), ...(roots.length ? { roots } : {}) })
