// Why it is so: build/docs/decisions/72-the-page-reaches-nothing.md
import { app, session, type WebContents } from 'electron'
import { isPageAddress } from './appAddress'
import type { DevelopmentServer } from './developmentServer'

interface Preventable {
  preventDefault(): void
}

/** For all web contents there will ever be: no navigation but to our page, no new windows, no webviews. */
export const lockDownWebContents = (): void => {
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
}

/**
 * The page has no network: its files come through our own scheme, and the connections to brokers are the main process's.
 * What WebRTC would send over TCP ends here, because nothing listens at this port of no host.
 */
const noNetwork = { proxyRules: 'socks5://0.0.0.0:1', proxyBypassRules: '<-loopback>' }

/** In development the page hears from its server what was saved. @see findDevelopmentServer */
const networkFor = (development: DevelopmentServer | null): Electron.ProxyConfig =>
  development ? { ...noNetwork, proxyBypassRules: `<-loopback>;${development.host}` } : noNetwork

/** No permissions, devices or downloads: whatever the page needs of the system goes through a command. */
export const lockDownSession = async (development: DevelopmentServer | null): Promise<void> => {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => event.preventDefault())
  await defaultSession.setProxy(networkFor(development))
}

const lockDown = (contents: WebContents): void => {
  const refuseElsewhere = (event: Preventable, address: string) => {
    if (!isPageAddress(address)) event.preventDefault()
  }
  contents.on('will-navigate', refuseElsewhere)
  contents.on('will-redirect', refuseElsewhere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // Without this, WebRTC sends past the content security policy, over UDP that no proxy sees.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
