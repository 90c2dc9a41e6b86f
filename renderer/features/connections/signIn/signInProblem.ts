import { usernameSchema } from '#shared/model/profile'
import type { ProtocolVersion } from '#shared/model/qos'

interface TypedCredentials {
  readonly username: string
  readonly password: string
}

export type SignInProblem = 'usernameNeeded' | 'noNul' | 'tooLong'

/** What is wrong with the user name, by the catalogue's name for it, or null. */
export const signInProblem = (
  { username, password }: TypedCredentials,
  protocolVersion: ProtocolVersion,
): SignInProblem | null => {
  // MQTT 3.1.1 §3.1.2.9 [MQTT-3.1.2-22]: no password without a user name; MQTT 5 lifted it.
  if (username === '' && password !== '' && protocolVersion !== '5') return 'usernameNeeded'
  const code = usernameSchema.safeParse(username).error?.issues[0]?.message
  return isSignInProblem(code) ? code : null
}

const isSignInProblem = (code: string | undefined): code is SignInProblem => code === 'noNul' || code === 'tooLong'
