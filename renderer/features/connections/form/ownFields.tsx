import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { newClientId, schemeSchema, type Scheme } from '#shared/model/profile'
import { visibleName } from '#shared/text/visibleText'
import { foldersOf } from '../../../model/arrangement'
import { environmentsState } from '../../../state/environments'
import { profilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { ColourPicker } from '../../../ui/ColourPicker'
import { SelectField } from '../../../ui/fields'
import { DraftText } from './draftFields'
import type { DraftForm } from './draftForm'
import { withScheme } from './profileDraft'

interface OwnFieldProps {
  readonly form: DraftForm
}

/** Any folder, with those there are on offer. */
export function FolderField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  const profiles = useApp(profilesState, (state) => state.entries)
  const listId = useId()
  return (
    <>
      <DraftText form={form} path="folder" label={t('fields.folder')} list={listId} placeholder={t('noFolder')} />
      <datalist id={listId}>
        {foldersOf(profiles).map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
    </>
  )
}

/** The port follows the scheme. */
export function SchemeField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  const { kind, scheme } = form.draft.profile
  return (
    <SelectField<Scheme>
      label={t('fields.scheme')}
      value={scheme}
      disabled={kind === 'local'}
      onChange={(chosen) => form.change((draft) => withScheme(draft, chosen))}
      options={schemeSchema.options.map((value) => ({ value, label: t(`schemes.${value}`) }))}
    />
  )
}

export function ClientIdField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  return (
    <DraftText
      form={form}
      path="clientId"
      label={t('fields.clientId')}
      mono
      suffix={<Button onClick={() => form.setText('clientId', newClientId())}>{t('generate')}</Button>}
    />
  )
}

export function ColourField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  return (
    <ColourPicker
      label={t('fields.colour')}
      value={form.draft.profile.colour}
      onChange={(colour) => form.setValue('colour', colour)}
    />
  )
}

/** One that is not there any more is none. */
export function EnvironmentField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  const all = useApp(environmentsState, (state) => state.all)
  const { environmentId } = form.draft.profile
  return (
    <SelectField
      label={t('fields.environmentId')}
      value={all.some(({ id }) => id === environmentId) ? environmentId : ''}
      options={[
        { value: '', label: t('noEnvironment') },
        ...all.map(({ id, name }) => ({ value: id, label: visibleName(name) })),
      ]}
      onChange={(chosen) => form.setValue('environmentId', chosen)}
    />
  )
}

/** Where it is empty, the host stands for it. */
export function ServerNameField({ form }: OwnFieldProps) {
  const t = useTranslations('profile')
  const { host } = form.draft.profile
  return (
    <DraftText
      form={form}
      path="tls.serverName"
      label={t('fields.tls.serverName')}
      mono
      placeholder={host === '' ? '' : t('serverNameExample', { host })}
      hint={t('serverNameHint')}
    />
  )
}
