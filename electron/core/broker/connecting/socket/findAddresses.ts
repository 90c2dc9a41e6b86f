import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { AddressFamily } from '#shared/model/network'
import { fail, ok, type Result } from '#shared/result'
import { connectionFailure, type Place } from '../connectionFailure'

/** The addresses of a name; rejects as Node's `lookup` does. */
export type Resolve = (host: string) => Promise<readonly string[]>

const resolveBySystem: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

/**
 * The addresses of a name as the system resolves it, each once, in its order; an address stands for itself. Fails with
 * `dnsFailed`, or with `addressFamilyMissing` where none is of the family.
 */
export const findAddresses = async (
  place: Place,
  family: AddressFamily = 'any',
  resolve: Resolve = resolveBySystem,
): Promise<Result<readonly string[]>> => {
  const all = isIP(place.host) === 0 ? await resolved(place, resolve) : ok([place.host])
  if (!all.ok || family === 'any') return all
  const wanted = all.value.filter((address) => isIP(address) === (family === 'ipv4' ? 4 : 6))
  if (wanted.length > 0) return ok(wanted)
  return fail('addressFamilyMissing', `${place.host} has no address of ${family}.`, {
    field: 'network.family',
    values: { ...place, family, found: all.value.slice(0, 4).join(', ') },
  })
}

const resolved = async (place: Place, resolve: Resolve): Promise<Result<readonly string[]>> => {
  try {
    return ok([...new Set(await resolve(place.host))])
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
