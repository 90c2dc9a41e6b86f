import { labelOf } from '#shared/mqtt/packet/fieldTerms'
import type { PacketField } from '#shared/mqtt/packet/packetField'

/** A row of the tree of fields, which stands open as a whole: a packet has few. */
export interface FieldRow {
  readonly field: PacketField
  /** From 1 on. */
  readonly level: number
  readonly label: string
  /** Among the fields beside it, from 1 on. */
  readonly position: number
  readonly siblings: number
}

export const fieldRows = (fields: readonly PacketField[], level = 1): readonly FieldRow[] =>
  fields.flatMap((field, index) => [
    { field, level, label: labelIn(field), position: index + 1, siblings: fields.length },
    ...fieldRows(field.children, level + 1),
  ])

/** Fields that are the length in front of another one are called so, whatever they are the length of. */
const labelIn = ({ term, field, clause }: PacketField): string => {
  const version = clause.startsWith('MQTT 5') ? '5' : '3.1.1'
  return field === 'mqtt.property_id' ? 'Property' : labelOf(term, version)
}

/** The innermost field with the byte; of the bits of a byte, the byte; null = no field has it. */
export const rowAtByte = (rows: readonly FieldRow[], at: number): number | null => {
  let best: number | null = null
  rows.forEach(({ field: { offset, length } }, index) => {
    if (at < offset || at >= offset + length) return
    const known = best === null ? null : rows[best]
    if (!known || length < known.field.length) best = index
  })
  return best
}
