import type { FieldTerm } from './fieldTerms'
import type { DecodedPacket, PacketField } from './packetField'

/** What nobody is told who is given packets: their bytes become dots of the same number. */
const secretTerms: ReadonlySet<FieldTerm> = new Set(['password', 'authenticationData'])

/** Whether its value is a secret; its length is told. */
const isSecret = ({ term, field }: PacketField): boolean =>
  secretTerms.has(term) && (field === 'mqtt.passwd' || field === 'mqtt.prop_string')

const secretFields = (fields: readonly PacketField[]): readonly PacketField[] =>
  fields.flatMap((field) => [...(isSecret(field) ? [field] : []), ...secretFields(field.children)])

/** The bytes with an asterisk for each byte of a secret; the packet stays one that can be read. */
export const maskedBytes = (bytes: Uint8Array, { fields }: DecodedPacket): Uint8Array => {
  const secrets = secretFields(fields)
  // What follows a fault of a CONNECT or AUTH cannot be told apart: it may be the secret.
  const strays = fields.filter(({ field }) => field === '_ws.malformed')
  const mayHide = bytes[0] === undefined || bytes[0] >> 4 === 1 || bytes[0] >> 4 === 15 ? strays : []
  if (secrets.length === 0 && mayHide.length === 0) return bytes
  const masked = bytes.slice()
  for (const { offset, length } of [...secrets, ...mayHide]) masked.fill(asterisk, offset, offset + length)
  return masked
}

const asterisk = 0x2a
