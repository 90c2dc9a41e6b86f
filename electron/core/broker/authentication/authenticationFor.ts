import type { Profile, Secrets } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { ConnectBytes } from '../connecting/connectBytes'
import type { Authentication } from './authenticator'
import type { AuthenticationMethod } from './exchange'
import { ownMethod, type AskPerson } from './ownMethod'
import { scramMethod } from './scram'

export interface AuthenticationParts {
  readonly profile: Profile
  readonly secrets: Secrets
  readonly bytes: ConnectBytes
  /** Null = nobody can be asked. */
  readonly ask: AskPerson | null
}

/** The exchange that CONNECT begins as the profile says; null = there is none (MQTT 5 alone has it). */
export const authenticationFor = (parts: AuthenticationParts): Result<Authentication | null> => {
  const method = methodOf(parts)
  if (!method) return ok(null)
  const first = method.begin()
  if (first.ok) return ok({ method, first: first.value })
  const { error } = first
  return {
    ok: false,
    error: { ...error, field: 'password', values: { ...error.values, method: method.name, step: 0 } },
  }
}

const methodOf = ({ profile, secrets, bytes, ask }: AuthenticationParts): AuthenticationMethod | null => {
  const { mechanism, method } = profile.authentication
  if (profile.protocolVersion !== '5' || mechanism === 'none') return null
  if (mechanism === 'own') return ownMethod(method, bytes.authenticationData ?? null, ask)
  return scramMethod(mechanism, { username: profile.username, password: secrets.password })
}
