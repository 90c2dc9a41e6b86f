import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { channels } from '#shared/channels'
import type { Bridge } from '#shared/contract'

interface DropEvent {
  readonly isTrusted: boolean
  readonly dataTransfer: { readonly files: ArrayLike<File> } | null
}
/** What is used here of the page's window: its types are not those of the processes around it. */
declare const window: {
  addEventListener(kind: 'drop', listener: (event: DropEvent) => void, options: { readonly capture: true }): void
}

/** The paths of what was dropped last, until they are asked for. */
let dropped: readonly string[] = []

/** Electron before 32 says the path in the file itself, and '' where a file has none; later ones are asked. */
const pathOf = (file: File & { readonly path?: string }): string => file.path ?? webUtils.getPathForFile(file)

// Before any listener of the page, and only for what a person did: a script can dispatch a drop, but cannot make it trusted.
window.addEventListener(
  'drop',
  (event) => {
    if (!event.isTrusted) return
    dropped = Array.from(event.dataTransfer?.files ?? [], pathOf)
  },
  { capture: true },
)

const takeDropped = (): readonly string[] => {
  const paths = dropped
  dropped = []
  return paths
}

const nothingDropped = { ok: true, value: null }

const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke(channels.command, name, input),
  droppedFile: async (purpose) => {
    const paths = takeDropped().filter((path) => path !== '')
    if (paths.length === 0) return nothingDropped
    return purpose === 'import'
      ? (ipcRenderer.invoke(channels.droppedForImport, paths) as Promise<unknown>)
      : (ipcRenderer.invoke(channels.droppedFile, paths[0]) as Promise<unknown>)
  },
  onEvent: (listener) => {
    const forward = (_event: IpcRendererEvent, message: unknown) => listener(message)
    ipcRenderer.on(channels.event, forward)
    return () => void ipcRenderer.off(channels.event, forward)
  },
}
contextBridge.exposeInMainWorld('bridge', bridge)
