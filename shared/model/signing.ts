import { z } from 'zod'
import { whole } from './fieldSchemas'

/** How the credentials of a connection are made at each connect: from a key that does not leave this computer. */
export const signingMethods = ['none', 'azureSas', 'awsSigV4'] as const
export type SigningMethod = (typeof signingMethods)[number]

export const signingSchema = z.object({
  /**
   * `azureSas`: the password of the profile is a shared access key in Base64, and a token made of it is sent. `awsSigV4`: user name and
   * password are an access key and its secret, with which the address of the WebSocket is signed; CONNECT has neither.
   */
  method: z.enum(signingMethods).default('none'),
  /** Seconds that a token or a signature is good for. AWS takes up to a week. */
  lifetimeSeconds: whole(60, 604_800).default(3_600),
  /** Of AWS; '' = as the host says. */
  region: z.string().trim().max(64, 'tooLong').default(''),
  /** Of Azure: the policy that the key belongs to; '' = it is a device's own. */
  policyName: z.string().trim().max(128, 'tooLong').default(''),
})
