import type { ProfileField } from './profileField'
import { cloudFields } from './sections/cloudFields'
import { authenticationFields } from './sections/authenticationFields'
import { generalFields } from './sections/generalFields'
import { historyFields } from './sections/historyFields'
import { networkFields } from './sections/networkFields'
import { sessionFields } from './sections/sessionFields'
import { tlsFields } from './sections/tlsFields'
import { willFields } from './sections/willFields'
import { SubscriptionsField } from './SubscriptionsField'

/**
 * All fields of the form, in the order in which they stand in it. A new one is its line in the schema of the profile, its
 * words, and an object here.
 */
export const profileFields: readonly ProfileField[] = [
  ...generalFields,
  ...authenticationFields,
  ...networkFields,
  ...sessionFields,
  ...tlsFields,
  ...willFields,
  { kind: 'own', path: 'subscriptions', section: 'subscriptions', width: 'whole', Component: SubscriptionsField },
  ...historyFields,
  ...cloudFields,
]
