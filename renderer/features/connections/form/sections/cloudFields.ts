import type { SigningMethod } from '#shared/model/signing'
import { CloudServiceField } from '../CloudServiceField'
import type { DraftForm } from '../draftForm'
import type { ProfileField } from '../profileField'

const isMethod =
  (...methods: readonly SigningMethod[]) =>
  ({ draft }: DraftForm) =>
    methods.includes(draft.profile.signing.method)

/** A problem keeps a field in sight, though it is not in use. */
const isInUse = (path: string, isUsed: (form: DraftForm) => boolean) => (form: DraftForm) =>
  isUsed(form) || form.problemOf(path) !== undefined

export const cloudFields: readonly ProfileField[] = [
  // With the services that fill it in.
  { kind: 'own', path: 'signing.method', section: 'cloud', width: 'whole', Component: CloudServiceField },
  {
    kind: 'number',
    path: 'signing.lifetimeSeconds',
    section: 'cloud',
    width: 'quarter',
    mono: true,
    label: 'fields.signing.lifetimeSeconds',
    isShown: isInUse('signing.lifetimeSeconds', isMethod('azureSas', 'awsSigV4')),
  },
  {
    kind: 'text',
    path: 'signing.region',
    section: 'cloud',
    width: 'quarter',
    mono: true,
    label: 'fields.signing.region',
    hint: 'signingRegionHint',
    isShown: isInUse('signing.region', isMethod('awsSigV4')),
  },
  {
    kind: 'text',
    path: 'signing.policyName',
    section: 'cloud',
    width: 'quarter',
    mono: true,
    label: 'fields.signing.policyName',
    hint: 'signingPolicyHint',
    isShown: isInUse('signing.policyName', isMethod('azureSas')),
  },
]
