import { contextBridge, ipcRenderer } from 'electron'
import type { EcharpeShell, IpcChannel, IpcInput, IpcOutput } from '../contracts/ipc.ts'

// Sandboxed: only Electron's own module may be loaded here, so the contract comes as types alone.

const call = <C extends IpcChannel>(channel: C, ...input: IpcInput<C> extends void ? [] : [IpcInput<C>]) =>
  ipcRenderer.invoke(channel, ...input) as Promise<IpcOutput<C>>

const shell: EcharpeShell = {
  info: () => call('shell:info'),
  saveFile: (file) => call('file:save', file),
  print: () => call('print:window'),
  openLink: (url) => call('link:open', { url }),
}

if (location.protocol === 'data:') {
  // the shell's own error page, which carries no script
  window.addEventListener('DOMContentLoaded', () => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-restart]')) {
      button.addEventListener('click', () => {
        button.disabled = true
        void call('hub:restart')
      })
    }
  })
} else {
  contextBridge.exposeInMainWorld('echarpeShell', shell)
}
