import type { Profile, ProfileId } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import type { Connections } from './connections'
import type { OpenedRecordings } from '../recordings/openedRecordings'
import type { LocalConnection } from './localConnection'

/** What the command line asked to open: an address for this run only, a saved profile by its name, or a recording by its path. */
export type CommandLineConnection =
  | { readonly kind: 'address'; readonly profile: Profile; readonly password: string | null }
  | { readonly kind: 'profile'; readonly name: string; readonly password?: string }
  | { readonly kind: 'recording'; readonly path: string }

export interface OpeningParts {
  readonly connections: Connections
  readonly local: LocalConnection
  readonly recordings: Pick<OpenedRecordings, 'open'>
}

/** Opens and connects it; answers the connection to show. Fails with `notFound` for a name nobody has, and as opening a recording does. */
export const openFromCommandLine = async (
  { connections, local, recordings }: OpeningParts,
  wanted: CommandLineConnection,
): Promise<Result<{ connectionId: ProfileId }>> => {
  if (wanted.kind === 'recording') return recordings.open(wanted.path)
  if (wanted.kind === 'address') await connections.open(wanted.profile, wanted.password)
  const connectionId = wanted.kind === 'address' ? wanted.profile.id : findByName(connections, wanted.name)
  if (connectionId === undefined) {
    const name = wanted.kind === 'profile' ? wanted.name : ''
    return fail('notFound', `There is no connection named "${name}".`, { values: { name } })
  }
  const prepared = await local.prepare(connectionId)
  // Where a password is missing the window asks for it; the connection is open all the same.
  const password = wanted.kind === 'profile' ? wanted.password : undefined
  if (prepared.ok) await connections.connect({ connectionId, password })
  return ok({ connectionId })
}

const findByName = (connections: Connections, name: string): ProfileId | undefined => {
  const profiles = connections.entries().map(({ profile }) => profile)
  const sameLetters = (profile: Profile) => profile.name.toLowerCase() === name.toLowerCase()
  return (profiles.find((profile) => profile.name === name) ?? profiles.find(sameLetters))?.id
}
