import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron'
import { type IpcCalls, type IpcChannel, type IpcInput, type IpcOutput, ipcCalls } from '../contracts/ipc.ts'
import { text } from './text.ts'
import { externalLink } from './web-links.ts'

type Handlers = {
  [C in IpcChannel]: (input: IpcInput<C>, window: BrowserWindow) => IpcOutput<C> | Promise<IpcOutput<C>>
}

/** What the calls need from the rest of the shell. */
export type IpcWorld = {
  /** True when a page at this address may make this call. */
  mayCall: (url: string, channel: IpcChannel) => boolean
  restartHub: () => Promise<void>
}

/**
 * Answers the calls of `contracts/ipc.ts`. A call is dropped, and logged, unless it comes from the top frame of one of
 * our windows showing a page that may make it, and its input is what the contract says.
 */
export function answerIpcCalls(world: IpcWorld): void {
  const handlers: Handlers = {
    'shell:info': () => ({
      app: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      platform: process.platform,
    }),
    'file:save': saveFile,
    'print:window': (_input, window) =>
      new Promise((resolve) => {
        window.webContents.print({}, (printed, reason) => resolve({ printed, reason: printed ? '' : reason }))
      }),
    'link:open': async ({ url }) => {
      const link = externalLink(url)
      if (link) await shell.openExternal(link)
      return { opened: link !== undefined }
    },
    'hub:restart': () => world.restartHub(),
  }
  for (const channel of Object.keys(ipcCalls) as IpcChannel[]) answer(channel, handlers[channel], world)
}

function answer<C extends IpcChannel>(channel: C, handler: Handlers[C], world: IpcWorld): void {
  const contract: IpcCalls[C] = ipcCalls[channel]
  ipcMain.handle(channel, async (event, input: unknown) => {
    const window = trustedWindow(event, channel, world)
    const parsed = contract.input.safeParse(input)
    if (!window || !parsed.success) {
      process.stderr.write(`Appel refusé sur ${channel}.\n`)
      throw new Error('Appel refusé.')
    }
    return handler(parsed.data as IpcInput<C>, window)
  })
}

function trustedWindow(
  event: IpcMainInvokeEvent,
  channel: IpcChannel,
  world: IpcWorld,
): BrowserWindow | undefined {
  const frame = event.senderFrame
  if (!frame || frame.parent !== null || !world.mayCall(frame.url, channel)) return undefined
  return BrowserWindow.fromWebContents(event.sender) ?? undefined
}

async function saveFile(file: IpcInput<'file:save'>, window: BrowserWindow): Promise<IpcOutput<'file:save'>> {
  const suggested = path.basename(file.suggestedName.replaceAll('\\', '/'))
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: text.saveTitle,
    defaultPath: path.join(app.getPath('documents'), suggested),
  })
  if (canceled || !filePath) return { saved: false, name: '' }
  // written whole or not at all: a full disk must not leave half a document under its name
  const partial = `${filePath}.${randomUUID()}.partiel`
  try {
    await writeFile(partial, file.bytes, { flag: 'wx' })
    await rename(partial, filePath)
  } finally {
    await rm(partial, { force: true })
  }
  return { saved: true, name: path.basename(filePath) }
}
