// Why it is so: build/docs/decisions/81-the-local-brokers-password-is-its-profiles.md
import type { LocalBrokerAccess } from '#shared/model/localBroker'
import { keepSecrets, type Profile, type ProfileEntry, type ProfileId } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { LocalBroker } from '../localBroker/localBroker'
import type { LocalBrokerAccess as KnownAccess } from '../localBroker/localBrokerClients'
import type { Connections } from './connections'
import { newLocalProfile, type ProfileStore } from '../storage/profileStore'
import type { SecretStore } from '../storage/secretStore'

export interface LocalConnectionParts {
  readonly broker: LocalBroker
  readonly profiles: ProfileStore
  readonly connections: Connections
  readonly newId: () => ProfileId
}

/** A local profile leads to where the broker inside the application runs, whatever else it says. */
export const fitToLocalBroker = (broker: LocalBroker, profile: Profile): Profile => {
  if (profile.kind !== 'local') return profile
  const state = broker.state()
  const port = state.phase === 'running' ? state.port : profile.port
  return { ...profile, scheme: 'mqtt', host: '127.0.0.1', port }
}

interface AccessParts {
  readonly profiles: Pick<ProfileStore, 'list'>
  readonly secrets: Pick<SecretStore, 'get'>
}

/** The user name and password of the local broker: those of the first profile that leads to it. */
export const localBrokerAccess = ({ profiles, secrets }: AccessParts): KnownAccess | null => {
  const first = profiles.list().find(({ profile }) => profile.kind === 'local')?.profile
  if (!first?.usePassword) return null
  return { username: first.username, password: secrets.get(first.id).password ?? null }
}

/** Keeps the profiles that lead to the local broker consistent with it. */
export interface LocalConnection {
  start(devices: boolean): Promise<Result<{ connectionId: ProfileId }>>
  setAccess(access: LocalBrokerAccess | null): Promise<Result<ProfileEntry>>
  /** Disconnects our sessions with it first, so that none tries to reconnect. */
  stop(): Promise<Result<null>>
  /** What a profile needs before it can connect. */
  prepare(id: ProfileId): Promise<Result<unknown>>
}

export const createLocalConnection = ({
  broker,
  profiles,
  connections,
  newId,
}: LocalConnectionParts): LocalConnection => {
  /** What the person chose last in this run; a first connect should have something to show. */
  let wantsDevices = true
  const localProfiles = () => profiles.list().flatMap(({ profile }) => (profile.kind === 'local' ? [profile] : []))

  const ensureProfile = async (): Promise<Result<Profile>> => {
    const existing = localProfiles()[0]
    if (existing) return ok(existing)
    const saved = await profiles.save(newLocalProfile(profiles.find('local') ? newId() : 'local'))
    connections.changed()
    return saved.ok ? ok(saved.value.profile) : saved
  }

  const followBroker = async () => {
    for (const profile of localProfiles()) {
      const fitted = fitToLocalBroker(broker, profile)
      const stays = fitted.port === profile.port && fitted.host === profile.host && fitted.scheme === profile.scheme
      if (!stays) await connections.update(fitted)
    }
  }

  const start = async (devices: boolean): Promise<Result<{ connectionId: ProfileId }>> => {
    wantsDevices = devices
    const profile = await ensureProfile()
    if (!profile.ok) return profile
    const started = await broker.start({ preferredPort: profile.value.port, devices })
    if (!started.ok) return started
    await followBroker()
    return ok({ connectionId: profile.value.id })
  }

  /** Every profile that leads there gets them, or the broker would refuse it. */
  const setAccess = async (access: LocalBrokerAccess | null): Promise<Result<ProfileEntry>> => {
    const first = await ensureProfile()
    if (!first.ok) return first
    const username = access?.username ?? ''
    const password = { change: 'set', value: access?.password ?? '' } as const
    const results: Result<ProfileEntry>[] = []
    for (const profile of localProfiles())
      results.push(
        await connections.save({ ...profile, username, usePassword: access !== null }, { ...keepSecrets, password }),
      )
    return results.find(({ ok }) => !ok) ?? results[0] ?? connections.save(first.value, keepSecrets)
  }

  return {
    start,
    setAccess,
    stop: async () => {
      for (const { id } of localProfiles()) await connections.disconnect(id)
      await broker.stop()
      return ok(null)
    },
    prepare: async (id) => {
      const isLocal = profiles.find(id)?.profile.kind === 'local'
      return isLocal && broker.state().phase !== 'running' ? start(wantsDevices) : ok(null)
    },
  }
}
