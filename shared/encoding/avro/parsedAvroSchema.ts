import { createByteWriter } from '../byteWriter'
import { EncodingFault, NoJson } from '../encodingFault'
import { SchemaFault } from '../schemaFault'
import { readWritten } from '../writtenValue'
import { readAvroTypes } from './avroSchemaReader'
import type { AvroSchema } from './avroSchema'
import { AvroSchemaFault, type AvroSchemaProblem } from './avroSchemaFault'
import { writeDefault } from './avroWriter'
import { canonicalForm, fingerprintOf } from './canonicalForm'

export type ParsedAvroSchema =
  | { readonly ok: true; readonly schema: AvroSchema }
  | ({ readonly ok: false } & AvroSchemaProblem)

/** The schema that the text of an .avsc file declares, or what is wrong with it. */
export const parseAvroSchema = (text: string): ParsedAvroSchema => {
  try {
    const types = readAvroTypes(readWritten(text))
    checkDefaults(types)
    const bytes = new DataView(new ArrayBuffer(8))
    bytes.setBigUint64(0, fingerprintOf(canonicalForm(types)))
    const fingerprint = Array.from({ length: 8 }, (_, index) =>
      bytes
        .getUint8(7 - index)
        .toString(16)
        .padStart(2, '0'),
    )
    return { ok: true, schema: { ...types, fingerprint: fingerprint.join('') } }
  } catch (error) {
    if (error instanceof NoJson) return { ok: false, problem: 'json', ...error.problem }
    if (error instanceof AvroSchemaFault) {
      return { ok: false, problem: 'schema', position: error.position, detail: error.detail, name: error.about }
    }
    if (!(error instanceof EncodingFault)) throw error
    return { ok: false, problem: 'schema', position: error.position, detail: 'tooLarge', name: error.detail }
  }
}

/** A default that cannot be written would otherwise be found by whoever leaves the field out. */
const checkDefaults = ({ named }: Pick<AvroSchema, 'named'>) => {
  for (const one of named.values()) {
    if (one.kind !== 'record') continue
    for (const { name, type, defaultValue } of one.fields) {
      if (!defaultValue) continue
      try {
        writeDefault({ out: createByteWriter(), onRounded: () => undefined, named, depth: 0 }, type, defaultValue)
      } catch (error) {
        if (!(error instanceof SchemaFault) && !(error instanceof EncodingFault)) throw error
        throw new AvroSchemaFault('badDefault', defaultValue.position, name)
      }
    }
  }
}
