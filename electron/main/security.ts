import { app, session, type WebContents } from 'electron'
import { isPageAddress } from './appAddress'

interface Preventable {
  preventDefault(): void
}

const lockDown = (contents: WebContents): void => {
  const refuseElsewhere = (event: Preventable, address: string) => {
    if (!isPageAddress(address)) event.preventDefault()
  }
  contents.on('will-navigate', refuseElsewhere)
  contents.on('will-redirect', refuseElsewhere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** For all web contents there will ever be: no navigation but to our page, no new windows, no webviews. */
export const lockDownWebContents = (): void => {
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
}

/** No permissions, devices or downloads: whatever the page needs of the system goes through a command. */
export const lockDownSession = (): void => {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => event.preventDefault())
}
