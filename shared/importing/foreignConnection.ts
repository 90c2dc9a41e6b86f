import type { ColourName } from '#shared/model/colour'
import type { OwnConnection } from '#shared/exporting/ownFormat'
import type { JsonPath } from '#shared/json/jsonPath'
import type { SchemaKind } from '#shared/model/payloadRule'
import type { ProxySettings } from '#shared/model/network'
import type { Profile, Scheme } from '#shared/model/profile'
import type { ComposedMessage } from '#shared/model/publish'
import type { ProtocolVersion } from '#shared/model/qos'
import type { SubscriptionOptions } from '#shared/model/subscription'
import type { WillSettings } from '#shared/model/will'

/** Why something of a file does not come along. */
export type DropReason =
  /** Topicscope has no such setting; it is kept in the profile under `importedFrom`. */
  | 'noSetting'
  /** It would write a file where whoever made this one wants it. */
  | 'writesFile'
  /** A secret for which there is no setting: it is kept nowhere. */
  | 'secret'
  /** It was encrypted for the machine, or in a file of its own: it has to be typed again. */
  | 'typeAgain'
  | 'invalid'
  /** The other tool left it behind by mistake. */
  | 'rubbish'
  /** Received messages, which are no setting. */
  | 'messages'
  /** Another address of the same connection. */
  | 'otherAddress'
  /** A form of file that cannot be read here. */
  | 'unreadableFile'
  /** The meaning follows from what was not in the file. */
  | 'unclear'

export interface Dropped {
  readonly field: string
  readonly why: DropReason
}

/** A certificate or a key that stands in the file itself. */
export interface ForeignCertificate {
  readonly field: 'caFile' | 'certificateFile' | 'keyFile' | 'pkcs12File'
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ForeignSubscription {
  readonly filter: string
  readonly qos?: number | undefined
  readonly alias?: string
  readonly colour?: ColourName | undefined
  readonly enabled?: boolean | undefined
  readonly muted?: boolean | undefined
  readonly options?: Partial<SubscriptionOptions>
}

/** A message that the tool kept to be sent. */
export interface ForeignMessage {
  readonly name: string
  readonly folder: readonly string[]
  readonly message: Partial<Omit<ComposedMessage, 'qos'>> & {
    readonly topic: string
    readonly qos?: number | undefined
  }
}

/** A value that was drawn over time. */
export interface ForeignChart {
  readonly topic: string
  readonly path: JsonPath
}

/** A schema that stands in the file itself. */
export interface ForeignSchema {
  readonly name: string
  readonly kind: SchemaKind
  readonly text: string
  /** The topics it is for; absent = the tool does not say. */
  readonly filter?: string
}

export interface ForeignWill {
  readonly topic: string
  readonly payload: string
  readonly qos?: number | undefined
  readonly retain?: boolean | undefined
  /** What of MQTT 5 it has, and how its payload is written; what is undefined was not said. */
  readonly properties?: ForeignWillProperties
}

export type ForeignWillProperties = {
  readonly [Name in Exclude<keyof WillSettings, 'enabled' | 'topic' | 'payload' | 'qos' | 'retain' | 'payloadFile'>]?:
    | WillSettings[Name]
    | undefined
}

/** Properties of CONNECT beside the session's; what is undefined was not said. */
export type ForeignConnectProperties = {
  readonly [Name in keyof Profile['connectProperties']]?: Profile['connectProperties'][Name] | undefined
}

export interface ForeignTls {
  readonly caFile?: string
  readonly certificateFile?: string
  readonly keyFile?: string
  readonly pkcs12File?: string
  readonly serverName?: string
  readonly alpn?: string
  readonly verify?: boolean | undefined
}

/** A connection as any tool has it: what is not said is absent. Numbers are as they stood, in or out of range. */
export interface ForeignConnection {
  /** By which the tool itself tells it from others; '' = by its name and place. */
  readonly key: string
  readonly name: string
  /** From the outside. */
  readonly folder: readonly string[]
  readonly scheme?: Scheme | undefined
  readonly host: string
  readonly port?: number | undefined
  readonly path?: string | undefined
  readonly protocolVersion?: ProtocolVersion | undefined
  /** '' = the tool makes one. */
  readonly clientId?: string
  readonly username?: string
  readonly password?: string
  /** The broker wants a password that is not in the file. */
  readonly asksForPassword?: boolean
  readonly keyPassphrase?: string
  readonly keepaliveSeconds?: number | undefined
  readonly connectTimeoutSeconds?: number | undefined
  readonly cleanStart?: boolean | undefined
  readonly sessionExpirySeconds?: number | undefined
  readonly reconnect?: boolean | undefined
  readonly reconnectSeconds?: number | undefined
  /** 0 = without a limit. */
  readonly reconnectAttempts?: number | undefined
  readonly connectAtStart?: boolean | undefined
  /** The client ID gets something new behind it for each connection. */
  readonly freshClientId?: boolean | undefined
  readonly connectProperties?: ForeignConnectProperties
  readonly tls?: ForeignTls
  readonly proxy?: Partial<ProxySettings>
  readonly proxyPassword?: string
  readonly certificates?: readonly ForeignCertificate[]
  readonly will?: ForeignWill | null
  readonly subscriptions: readonly ForeignSubscription[]
  readonly messages: readonly ForeignMessage[]
  readonly charts?: readonly ForeignChart[]
  readonly dropped: readonly Dropped[]
  /** Fields of the profile that the file does not say for sure. */
  readonly guessed: readonly string[]
  /** What of the file has no setting here, by its path. */
  readonly kept: Readonly<Record<string, unknown>>
}

/** What one file of another tool holds. */
export interface ForeignFile {
  /** The shape it has, e.g. `JSON` or `SQLite`. */
  readonly format: string
  readonly connections: readonly ForeignConnection[]
  /** What of the file belongs to none of its connections and does not come along. */
  readonly dropped?: readonly Dropped[]
  readonly schemas?: readonly ForeignSchema[]
  /** Connections of ours, which need no translation, or what is damaged of them. */
  readonly own?: readonly (OwnConnection | DamagedConnection)[]
  /** Something of it, or all, is encrypted under a password. */
  readonly isLocked?: boolean
}

/** One of ours that cannot be read, and the field that is to blame. */
export interface DamagedConnection {
  readonly name: string
  readonly damagedField: string
}

/** MQTT 5 §3.1.2.11.2. */
export const neverExpires = 4_294_967_295

/** One of the tools, and how its files are told from others: by their content alone. */
export interface ImportTool {
  readonly name: string
  /** Null = it is no file of this tool. */
  readonly read: (document: ForeignDocument) => ForeignFile | null
}

/** A table of a database, or a sheet of a workbook: a row by the names of its columns. */
export interface ForeignTable {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

export interface XmlElement {
  /** Without the prefix of its namespace. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** A file in the forms in which it can be read; null = not in this one. */
export interface ForeignDocument {
  readonly text: string
  /** How its values are written. */
  readonly form: 'JSON' | 'YAML' | 'XML' | 'CSV' | 'XLSX' | 'SQLite' | 'text'
  /** Of JSON, JSON with comments and YAML. */
  readonly value: unknown
  readonly xml: XmlElement | null
  /** Of CSV, workbooks and databases. */
  readonly tables: readonly ForeignTable[]
}
