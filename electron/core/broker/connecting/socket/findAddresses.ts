import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { AddressFamily } from '#shared/model/network'
import { ok, type Result } from '#shared/result'
import { connectionFailure, type Place } from '../connectionFailure'

const familyNumbers: Readonly<Record<AddressFamily, 0 | 4 | 6>> = { any: 0, ipv4: 4, ipv6: 6 }

/**
 * The addresses of a name as the system resolves it, each once, in its order; an address stands for itself. Fails with
 * `dnsFailed`.
 */
export const findAddresses = async (
  place: Place,
  family: AddressFamily = 'any',
): Promise<Result<readonly string[]>> => {
  if (isIP(place.host) !== 0) return ok([place.host])
  try {
    const found = await lookup(place.host, { all: true, verbatim: true, family: familyNumbers[family] })
    return ok([...new Set(found.map(({ address }) => address))])
  } catch (error) {
    return { ok: false, error: connectionFailure(error as Error, place) }
  }
}

/** RFC 8305 §4: the first family as the system has it, then one of each in turn. */
export const inTurn = (addresses: readonly string[]): readonly string[] => {
  const [first = ''] = addresses
  const isFirst = (address: string) => isIP(address) === isIP(first)
  const ones = addresses.filter(isFirst)
  const others = addresses.filter((address) => !isFirst(address))
  return ones.flatMap((one, index) => [one, ...others.slice(index, index + 1)]).concat(others.slice(ones.length))
}
