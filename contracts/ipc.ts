import { z } from 'zod'

/**
 * What crosses between a window and Electron's main process: only what needs the operating system. Everything else
 * goes over HTTP to the hub, the same in a browser and in the window. Each call lists its input and its output.
 */
export const ipcCalls = {
  /** Versions, for the "À propos" page and for support. */
  'shell:info': {
    input: z.void(),
    output: z.object({ app: z.string(), electron: z.string(), platform: z.string() }),
  },
  /** Asks where to save, then writes the bytes. `saved` is false when the person gave up. */
  'file:save': {
    input: z.object({
      suggestedName: z.string().min(1).max(200),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({ saved: z.boolean(), name: z.string() }),
  },
  /** Opens the system's print window for what the window shows. */
  'print:window': {
    input: z.void(),
    output: z.object({ printed: z.boolean(), reason: z.string() }),
  },
  /** Opens an http or https address in the person's browser; `opened` is false for any other address. */
  'link:open': {
    input: z.object({ url: z.string().max(2048) }),
    output: z.object({ opened: z.boolean() }),
  },
  /** Starts the hub again after it stopped, and shows its first page. */
  'hub:restart': { input: z.void(), output: z.void() },
} as const

export type IpcCalls = typeof ipcCalls
export type IpcChannel = keyof IpcCalls
export type IpcInput<C extends IpcChannel> = z.infer<IpcCalls[C]['input']>
export type IpcOutput<C extends IpcChannel> = z.infer<IpcCalls[C]['output']>

/**
 * What the preload puts on `window.echarpeShell`. Absent in a browser: a screen that offers one of these must have
 * another way (download, the browser's own printing) when it is undefined.
 */
export type EcharpeShell = {
  info: () => Promise<IpcOutput<'shell:info'>>
  saveFile: (file: IpcInput<'file:save'>) => Promise<IpcOutput<'file:save'>>
  print: () => Promise<IpcOutput<'print:window'>>
  openLink: (url: string) => Promise<IpcOutput<'link:open'>>
}

const HubListening = z.object({ event: z.literal('listening'), url: z.url() })

/** The address in the line that the hub prints on standard output once it listens; undefined for any other line. */
export function listeningUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return HubListening.safeParse(JSON.parse(line)).data?.url
  } catch {
    return undefined
  }
}
