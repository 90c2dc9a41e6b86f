import type { PayloadRule } from '#shared/model/payloadRule'
import { ruleFor } from '#shared/model/ruleOrder'
import { saysDecoder } from '../../state/decodingRules'

/** What a topic takes of the rules: the first that says how payloads are decoded, and the first that binds a JSON Schema, or else another schema. */
export interface TakenRules {
  /** The number of each among the rules, from 1; null = none. */
  readonly decoding: number | null
  readonly schema: number | null
  /** The first that matches at all. */
  readonly first: number | null
}

/** By the rules of a connection, in the order in which they are asked. */
export const takenRules = (rules: readonly PayloadRule[], topic: string): TakenRules => {
  const numberOf = (among: readonly PayloadRule[]) => {
    const rule = ruleFor(among, topic)
    return rule && rules.indexOf(rule) + 1
  }
  return {
    decoding: numberOf(rules.filter(saysDecoder)),
    schema:
      numberOf(rules.filter(({ schema }) => schema?.kind === 'jsonSchema')) ??
      numberOf(rules.filter(({ schema }) => schema !== undefined)),
    first: numberOf(rules),
  }
}

export const isTaken = ({ decoding, schema }: TakenRules, number: number): boolean =>
  decoding === number || schema === number
