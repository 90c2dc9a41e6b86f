import { z } from 'zod'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { bytesSchema } from './bytes'
import { addedFields, mqttStringSchema, pathSchema } from './fieldSchemas'
import { mqttBytesProblem } from './publishRules'

/** RFC 5802 and RFC 7677; the third is named as they name theirs. */
export const scramMethods = ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const
export type ScramMethod = (typeof scramMethods)[number]

/** How a connection proves who it is by AUTH (MQTT 5 §4.12); `own` = by a method that is named, a step at a time. */
export const authenticationMechanisms = ['none', ...scramMethods, 'own'] as const
export type AuthenticationMechanism = (typeof authenticationMechanisms)[number]

/** Where the first data comes from; `password` = they are the bytes of the password, which the keyring holds. */
export const authenticationDataFormats = ['text', 'hex', 'base64', 'file', 'password'] as const
export type AuthenticationDataFormat = (typeof authenticationDataFormats)[number]

/** Enhanced authentication, MQTT 5 §4.12. SCRAM takes the connection's user name and password. */
export const authenticationSchema = z
  .object(
    addedFields({
      mechanism: z.enum(authenticationMechanisms).default('none'),
      /** Authentication Method (§3.1.2.11.9) of `own`. */
      method: mqttStringSchema.default(''),
      /** Authentication Data (§3.1.2.11.10) of `own`, in its format; '' = none are sent. */
      data: z
        .string()
        .max(2 ** 18, 'tooLong')
        .default(''),
      dataFormat: z.enum(authenticationDataFormats).default('text'),
      dataFile: pathSchema.default(''),
      /** Whether CONNECT has the password too, where it is what authentication is made with. */
      sendsPassword: z.boolean().default(false),
    }),
  )
  .superRefine(({ mechanism, method, data, dataFormat, dataFile }, context) => {
    if (mechanism !== 'own') return
    const problem = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (method === '') problem('method', 'required')
    if (dataFormat === 'file' && dataFile === '') problem('dataFile', 'required')
    const bytes = authenticationDataBytes(data, dataFormat)
    const wrong = bytes ? mqttBytesProblem(bytes) : 'notInFormat'
    if (wrong !== null) problem('data', wrong)
  })
export type AuthenticationSettings = z.infer<typeof authenticationSchema>

/** Whether the connection's password is what the exchange is made with. */
export const provesByPassword = ({ mechanism, dataFormat }: AuthenticationSettings): boolean =>
  mechanism === 'own' ? dataFormat === 'password' : mechanism !== 'none'

/** The bytes of typed data; none where they stand elsewhere; null where the text spells none in its format. */
export const authenticationDataBytes = (data: string, format: AuthenticationDataFormat): Uint8Array | null => {
  if (format === 'file' || format === 'password') return new Uint8Array()
  const read = bytesFromText(data, format)
  return read.ok ? read.bytes : null
}

/** An AUTH 0x18 of the server that waits for a person's answer. */
export interface AuthChallenge {
  /** Counts up in a session. */
  readonly number: number
  readonly method: string
  /** From 1 in each exchange. */
  readonly step: number
  /** Null = the server sent none. */
  readonly data: Uint8Array | null
  /** The server's Reason String; '' = none. */
  readonly reason: string
}

/** Answer to a challenge. `data` null = AUTH without data. */
export const authAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), data: bytesSchema.nullable() }),
  z.object({ kind: z.literal('cancel') }),
])
export type AuthAnswer = z.infer<typeof authAnswerSchema>
