import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channels } from '#shared/channels'
import type { Bridge } from '#shared/contract'

const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke(channels.command, name, input),
  onEvent: (listener) => {
    const forward = (_event: IpcRendererEvent, message: unknown) => listener(message)
    ipcRenderer.on(channels.event, forward)
    return () => void ipcRenderer.off(channels.event, forward)
  },
}
contextBridge.exposeInMainWorld('bridge', bridge)
