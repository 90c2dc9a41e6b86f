import type { EventMessage } from '#shared/contract'
import type { ProcessMeasure } from '#shared/model/memory'
import type { NativeMenuItem } from '#shared/model/nativeMenu'
import type { Language, Settings } from '#shared/model/settings'
import type { Alert } from '#shared/model/watch'
import type { Dialogs } from './files/dialogs'
import type { Log } from './log'
import type { SecretVault } from './storage/secretVault'

/** What the application is given by what surrounds it: Electron, or a test. */
export interface CoreOptions {
  /** Where its files are; made when missing. */
  readonly dataDir: string
  readonly vault: SecretVault
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly systemLanguage: Language
  readonly platform: string
  readonly version: string
  readonly dialogs: Dialogs
  /** What each process of the application uses now. */
  readonly measureProcesses: () => Promise<ProcessMeasure>
  /** Whether nobody sees the window now. */
  readonly isWindowHidden: () => boolean
  /** Whether connections that ask for it are connected with the first window; default true. */
  readonly connectsAtStart?: boolean
  /** Shows a notification of the system; answers whether it could. */
  readonly showNotification?: (alert: Alert) => boolean
  /** Puts the window's actions into the native menu. */
  readonly showMenu?: (items: readonly NativeMenuItem[]) => void
  /** What the system says of proxies for a URL, as a script for proxies answers; absent = it cannot be asked. */
  readonly askSystemProxies?: (url: string) => Promise<string>
  readonly log: Log
  readonly onEvent: (message: EventMessage) => void
  /** Called with the settings at the start and after every change. */
  readonly onSettings?: (settings: Settings) => void
}
