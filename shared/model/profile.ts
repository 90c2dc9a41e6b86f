import { z } from 'zod'
import { readPins } from './certificatePins'
import { isWithinBytes } from './size'
import { authenticationSchema } from './authentication'
import { protocolVersionSchema } from './qos'
import { colourSchema } from './colour'
import { connectPropertiesSchema, secretFormats } from './connectFields'
import { addedFields, fitsLength, longestPath, mqttStringSchema, pathSchema, whole } from './fieldSchemas'
import { historySettingsSchema } from './history'
import { mostSubscriptions, subscriptionSchema } from './subscription'
import { networkSchema } from './network'
import { signingSchema } from './signing'
import { noWill, willSchema } from './will'

/** The most profiles that can be saved and arranged. */
export const mostProfiles = 10_000

export const profileIdSchema = z.string().min(1).max(64)
export type ProfileId = z.infer<typeof profileIdSchema>

export const schemeSchema = z.enum(['mqtt', 'mqtts', 'ws', 'wss'])
export type Scheme = z.infer<typeof schemeSchema>

export const usesTls = (scheme: Scheme): boolean => scheme === 'mqtts' || scheme === 'wss'
export const usesWebSocket = (scheme: Scheme): boolean => scheme === 'ws' || scheme === 'wss'

export const defaultPorts: Readonly<Record<Scheme, number>> = { mqtt: 1883, mqtts: 8883, ws: 80, wss: 443 }

export const usernameSchema = mqttStringSchema

/** Oldest first. */
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const

/** '' = as the library has it. */
const tlsVersionSchema = z.enum(['', ...tlsVersions]).default('')

const addedTlsFields = addedFields({
  /**
   * Whether the certificates of the CA file are trusted whoever signed them: an intermediate authority's, or the
   * server's own. Else only roots are.
   */
  trustCaFileAsItIs: z.boolean().default(false),
  /** Whether the authorities in the store of the operating system are trusted beside the others. */
  trustSystemStore: z.boolean().default(false),
  /** Whether the certificate has to hold the server's name. */
  verifyName: z.boolean().default(true),
  /** SHA-256 of certificates or public keys of which the server's has to be one; '' = any. */
  pins: z
    .string()
    .max(4_096, 'tooLong')
    .refine((text) => readPins(text) !== null, 'pins')
    .default(''),
  minimumVersion: tlsVersionSchema,
  maximumVersion: tlsVersionSchema,
  /** As `openssl ciphers` takes them; '' = as the library has it. */
  ciphers: z.string().max(4_096, 'tooLong').default(''),
  /** Where the secrets of sessions are written, so that a capture can be decrypted; '' = nowhere. */
  keyLogFile: pathSchema.default(''),
})

const tlsSchema = z.object({
  caFile: pathSchema,
  certificateFile: pathSchema,
  keyFile: pathSchema,
  pkcs12File: pathSchema,
  serverName: z.string().max(1_024, 'tooLong'),
  /** Comma-separated protocol names for ALPN, e.g. `x-amzn-mqtt-ca`. */
  alpn: z.string().max(1_024, 'tooLong'),
  verify: z.boolean(),
  ...addedTlsFields,
})
export type TlsSettings = z.infer<typeof tlsSchema>

const reconnectSchema = z.object({
  enabled: z.boolean(),
  /** First and longest delay between attempts. */
  initialSeconds: whole(1, 3_600),
  maximumSeconds: whole(1, 3_600),
  /** 0 = no limit. */
  maximumAttempts: whole(0, 100_000),
})

const addedProfileFields = addedFields({
  /** Whether it is connected when the application starts. */
  connectAtStart: z.boolean().default(false),
  /** Whether slips of the broker that do no harm are let pass. */
  lenient: z.boolean().default(false),
  /** Whether filters are numbered (MQTT 5 §3.8.2.1.2), so that messages say which of them brought them. */
  subscriptionIdentifiers: z.boolean().default(true),
  /** Whether others depend on what is sent to it: then a sender is asked about before it starts. */
  production: z.boolean().default(false),
  /** Which of its messages are kept on disk. */
  history: historySettingsSchema.prefault({}),
  /** Of the environment whose variables its templates have; '' = none. One that is not there any more is none. */
  environmentId: z.string().max(64).default(''),
  /** How the password stands in its field: as text, or as bytes (MQTT 5 §3.1.3.6 has binary data). */
  passwordFormat: z.enum(secretFormats).default('text'),
  /** Whether CONNECT has an empty user name where none is set, in place of none (§3.1.2.8). */
  sendsEmptyUsername: z.boolean().default(false),
  /** Whether each connection gets a client ID of its own: the one that is set, with random characters behind it. */
  freshClientId: z.boolean().default(false),
  connectProperties: connectPropertiesSchema.prefault({}),
  network: networkSchema.prefault({}),
  /** How credentials are made at each connect. */
  signing: signingSchema.prefault({}),
  /** How it proves who it is in steps. MQTT 5 alone. */
  authentication: authenticationSchema.prefault({}),
})

/** What another tool had for a connection that has no setting here yet: nothing reads it, so it may have any form. */
const importedFromSchema = z.object({
  tool: z.string().max(100),
  /** By the paths of the fields in the file of the tool. No secrets. */
  fields: z.record(z.string(), z.unknown()),
})

/**
 * A saved connection. Issue messages are keys of the renderer's `profile.problems` catalogue. Secrets (passwords, key
 * passphrase) are not part of it: they live in the vault under the profile's id.
 */
export const profileSchema = z
  .object({
    id: profileIdSchema,
    /**
     * `local` is the broker inside the application: its host and port follow where that runs. `recording` is a file that was opened:
     * nothing is connected to, and it is never on disk.
     */
    kind: z.enum(['remote', 'local', 'recording']),
    name: z.string().trim().min(1, 'required').max(200, 'tooLong'),
    folder: z.string().max(200, 'tooLong'),
    colour: colourSchema,
    scheme: schemeSchema,
    host: z
      .string()
      .trim()
      .min(1, 'required')
      .max(253, 'tooLong')
      .refine((host) => !/[\s/?#@]|:\/\//.test(host), 'hostOnly'),
    port: whole(1, 65_535),
    path: z
      .string()
      .max(longestPath, 'tooLong')
      .refine((path) => path === '' || path.startsWith('/'), 'pathSlash'),
    protocolVersion: protocolVersionSchema,
    clientId: mqttStringSchema,
    username: usernameSchema,
    /** Whether the broker wants a password; where none is stored, it is asked for on connect. */
    usePassword: z.boolean(),
    keepaliveSeconds: whole(0, 65_535),
    connectTimeoutSeconds: whole(1, 600),
    cleanStart: z.boolean(),
    sessionExpirySeconds: whole(0, 4_294_967_295),
    reconnect: reconnectSchema,
    tls: tlsSchema,
    will: willSchema,
    subscriptions: z.array(subscriptionSchema).max(mostSubscriptions, 'tooLong'),
    ...addedProfileFields,
    /** Of one that came from another tool. */
    importedFrom: importedFromSchema.optional(),
  })
  .refine(isWithinBytes(4 * 2 ** 20), 'tooLong')
  .superRefine((profile, context) => {
    if (profile.reconnect.maximumSeconds < profile.reconnect.initialSeconds)
      context.addIssue({ code: 'custom', path: ['reconnect', 'maximumSeconds'], message: 'belowInitial' })
    if ((profile.tls.certificateFile === '') !== (profile.tls.keyFile === ''))
      context.addIssue({
        code: 'custom',
        path: ['tls', profile.tls.keyFile === '' ? 'keyFile' : 'certificateFile'],
        message: 'certificatePair',
      })
    const { minimumVersion, maximumVersion } = profile.tls
    if (maximumVersion !== '' && tlsVersions.indexOf(maximumVersion) < tlsVersions.indexOf(minimumVersion || 'TLSv1'))
      context.addIssue({ code: 'custom', path: ['tls', 'maximumVersion'], message: 'belowMinimumVersion' })
  })
export type Profile = z.infer<typeof profileSchema>

export const newClientId = (random: () => number = Math.random): string =>
  `topicscope_${Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')}`

/** The client ID of one connection. */
export const clientIdFor = ({ clientId, freshClientId }: Pick<Profile, 'clientId' | 'freshClientId'>): string => {
  if (!freshClientId) return clientId
  const fresh = newClientId()
  return clientId === '' ? fresh : `${clientId}${fresh.slice(fresh.lastIndexOf('_'))}`
}

/** A profile with the defaults a new connection starts from. */
export const newProfile = (given: Partial<Profile> & Pick<Profile, 'id'>): Profile => ({
  kind: 'remote',
  name: '',
  folder: '',
  colour: 'blue',
  scheme: 'mqtt',
  host: 'localhost',
  port: defaultPorts[given.scheme ?? 'mqtt'],
  path: '/mqtt',
  protocolVersion: '5',
  clientId: newClientId(),
  username: '',
  usePassword: false,
  keepaliveSeconds: 60,
  connectTimeoutSeconds: 15,
  cleanStart: true,
  sessionExpirySeconds: 0,
  reconnect: { enabled: true, initialSeconds: 1, maximumSeconds: 30, maximumAttempts: 0 },
  tls: {
    caFile: '',
    certificateFile: '',
    keyFile: '',
    pkcs12File: '',
    serverName: '',
    alpn: '',
    verify: true,
    ...z.object(addedTlsFields).parse({}),
  },
  will: noWill,
  subscriptions: [],
  ...z.object(addedProfileFields).parse({}),
  ...given,
})

export const secretNames = ['password', 'keyPassphrase', 'proxyPassword'] as const
export type SecretName = (typeof secretNames)[number]

/** A profile's secrets in the clear; absent = none is known. Never leaves the main process. */
export type Secrets = Readonly<Partial<Record<SecretName, string>>>

/** Binary data in CONNECT (MQTT 5 §3.1.3.6), so any character may stand in it. */
export const passwordSchema = z.string().refine(fitsLength, 'tooLong')

/**
 * `keep` leaves what is stored, as long as it belongs to where the profile leads (`secretPlace`); `set` with '' forgets
 * it.
 */
export const secretChangeSchema = z.union([
  z.object({ change: z.literal('keep') }),
  z.object({ change: z.literal('set'), value: passwordSchema }),
])
export type SecretChange = z.infer<typeof secretChangeSchema>

export const secretChangesSchema = z.object({
  password: secretChangeSchema,
  keyPassphrase: secretChangeSchema,
  proxyPassword: secretChangeSchema,
})
export type SecretChanges = z.infer<typeof secretChangesSchema>
export const keepSecrets: SecretChanges = {
  password: { change: 'keep' },
  keyPassphrase: { change: 'keep' },
  proxyPassword: { change: 'keep' },
}

/** How a secret is held: `stored` encrypted by the system, `plain` by the user's choice, `session` until the app ends. */
export type SecretKeeping = 'none' | 'stored' | 'plain' | 'session' | 'unreadable'

/** A profile as the list shows it. `saved: false` = opened from the command line, gone at exit unless saved. */
export interface ProfileEntry {
  readonly profile: Profile
  readonly saved: boolean
  /** There where the disk did not take the profile as it is: it holds for this run, and these filters are not on disk. */
  readonly unsaved?: { readonly subscriptionIds: readonly string[] }
  readonly secrets: Readonly<Record<SecretName, SecretKeeping>>
}
