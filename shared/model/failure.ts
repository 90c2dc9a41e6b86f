// Why it is so: build/docs/decisions/20-failures-are-data.md
import type { AppError } from '#shared/result'
import type { NetworkSettings } from './network'
import type { Profile, Scheme, TlsSettings } from './profile'
import type { ProtocolVersion } from './qos'

/**
 * How far a connection came, in the order of its making. A failure's stage is the step that did not succeed; `online` =
 * it was online, and ended.
 */
export type Stage = 'settings' | 'name' | 'tcp' | 'proxy' | 'tls' | 'webSocket' | 'connect' | 'online'

/** What a connection was made with, as far as its failure may have to do with it. No secrets. */
export interface Tried {
  readonly scheme: Scheme
  readonly host: string
  readonly port: number
  readonly path: string
  readonly protocolVersion: ProtocolVersion
  readonly clientId: string
  readonly cleanStart: boolean
  readonly hasUsername: boolean
  readonly hasPassword: boolean
  readonly hasClientCertificate: boolean
  /** Paths. */
  readonly certificateFile: string
  readonly keyFile: string
  readonly hasWill: boolean
}

/** Settings to connect with instead of the profile's, once and without saving them. */
export type ProfileChange = Partial<
  Pick<Profile, 'scheme' | 'host' | 'port' | 'path' | 'protocolVersion' | 'clientId' | 'lenient'>
> & { readonly tls?: Partial<TlsSettings>; readonly network?: Partial<NetworkSettings> }

/** What a person may do about a failure. The catalogues hold the words of each: `remedies.<id>`. */
export type RemedyId =
  | 'useVersion'
  | 'useTls'
  | 'useNoTls'
  | 'useWebSocket'
  | 'useNoWebSocket'
  | 'changePort'
  | 'changeHost'
  | 'changePath'
  | 'changeWill'
  | 'changeTls'
  | 'changeClientId'
  | 'changeAuthentication'
  | 'newClientId'
  | 'signIn'
  | 'clientCertificate'
  | 'chooseFile'
  | 'enterPassphrase'
  | 'swapFiles'
  | 'chooseCaFile'
  | 'trustCaFile'
  | 'withoutVerification'
  | 'changeServerName'
  | 'changeAlpn'
  | 'changeVersions'
  | 'changeCiphers'
  | 'changePins'
  | 'changeKeyLog'
  | 'changeSystemStore'
  | 'withoutAlpn'
  | 'askForMqtt'
  | 'followServer'
  | 'followLocation'
  | 'beLenient'
  | 'checkWill'
  | 'useProxy'
  | 'changeFamily'
  | 'changeLocalAddress'
  | 'changeProxy'
  | 'changeProxyKind'
  | 'changeProxyUser'
  | 'goWithoutProxy'
  | 'dropMessage'
  | 'switchOffFilter'

type RemedyAction =
  /** Connects once with other settings (`session.tryRemedy`). */
  | { readonly kind: 'tryOnce'; readonly change: ProfileChange }
  /** Opens the connection's settings at a field, a dotted path into the profile. */
  | { readonly kind: 'edit'; readonly field: string }
  /** Asks for user name and password. */
  | { readonly kind: 'signIn' }
  /** Asks for the passphrase of the private key or of the PKCS #12 file. */
  | { readonly kind: 'passphrase' }
  /** Gives up a message that would be sent again (`message.drop`). */
  | { readonly kind: 'dropMessage'; readonly sequence: number }
  /** Switches the subscriptions with this filter off. */
  | { readonly kind: 'switchOffFilter'; readonly filter: string }

/** One thing to do about a failure: why it may help, and a button that does it. */
export interface Remedy {
  readonly id: RemedyId
  /** Names it among the remedies of its failure. */
  readonly key: string
  readonly action: RemedyAction
  /** Fill the placeholders of its words. */
  readonly values?: Readonly<Record<string, string | number>>
}

/**
 * Why a connection was not made, or ended: how far it came, the cause (`code`), what was tried, what was seen (`values`,
 * `reasonCode`), and what may help.
 */
export interface ConnectionFailure extends AppError {
  readonly stage: Stage
  readonly tried: Tried
  /** Most likely first; none = waiting is all one can do. */
  readonly remedies: readonly Remedy[]
  /** Whether another try without a change may succeed: for ever, a few times, or not at all. */
  readonly retries: Retries
  /** What the system or a library said, word for word, for those who want to search for it. */
  readonly technical: string
}
export type Retries = 'endless' | 'few' | 'none'
