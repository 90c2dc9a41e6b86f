import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { newClientId, schemeSchema, usesWebSocket, type Scheme } from '#shared/model/profile'
import { protocolVersionSchema, type ProtocolVersion } from '#shared/model/qos'
import { profilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { ColourPicker } from '../../../ui/ColourPicker'
import { CheckField, SelectField } from '../../../ui/fields'
import { foldersOf } from '../../../model/arrangement'
import { DraftText, SecretField } from './draftFields'
import { withScheme } from './profileDraft'
import styles from './profileForm.module.css'
import type { DraftForm } from './useProfileDraft'

interface SectionProps {
  readonly form: DraftForm
}

function FolderField({ form }: SectionProps) {
  const t = useTranslations('profile')
  const profiles = useApp(profilesState, (state) => state.entries)
  const listId = useId()
  return (
    <div className={styles.third}>
      <DraftText form={form} path="folder" list={listId} placeholder={t('noFolder')} />
      <datalist id={listId}>
        {foldersOf(profiles).map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
    </div>
  )
}

function AddressFields({ form }: SectionProps) {
  const t = useTranslations('profile')
  const { draft } = form
  const local = draft.kind === 'local'
  return (
    <>
      <div className={styles.third}>
        <SelectField<Scheme>
          label={t('fields.scheme')}
          value={draft.scheme}
          disabled={local}
          onChange={(scheme) => form.change(withScheme(draft, scheme))}
          options={schemeSchema.options.map((value) => ({ value, label: t(`schemes.${value}`) }))}
        />
      </div>
      <div className={styles.hostWidth}>
        <DraftText form={form} path="host" mono disabled={local} hint={local ? t('localAddress') : undefined} />
      </div>
      <div className={styles.quarter}>
        <DraftText form={form} path="port" mono disabled={local} />
      </div>
      {usesWebSocket(draft.scheme) || form.problemOf('path') !== undefined ? (
        <div className={styles.whole}>
          <DraftText form={form} path="path" mono hint={t('pathHint')} />
        </div>
      ) : null}
    </>
  )
}

function IdentityFields({ form }: SectionProps) {
  const t = useTranslations('profile')
  const { draft } = form
  const { password } = draft.secrets
  const kept = password.keeping !== 'none' && !password.forget && !form.leavesBehind('password')
  return (
    <>
      <div className={styles.twoThirds}>
        <DraftText
          form={form}
          path="clientId"
          mono
          suffix={<Button onClick={() => form.setText('clientId', newClientId())}>{t('generate')}</Button>}
        />
      </div>
      <div className={styles.third}>
        <SelectField<ProtocolVersion>
          label={t('fields.protocolVersion')}
          value={draft.protocolVersion}
          onChange={(protocolVersion) => form.change({ protocolVersion })}
          options={protocolVersionSchema.options.map((value) => ({ value, label: value }))}
        />
      </div>
      <div className={styles.half}>
        <DraftText form={form} path="username" />
      </div>
      <div className={styles.half}>
        <SecretField form={form} name="password" label={t('fields.password')} onType={form.setPassword} />
        {password.typed === '' && !kept ? (
          <CheckField
            label={t('askOnConnect')}
            checked={draft.usePassword}
            onChange={(usePassword) => form.change({ usePassword })}
          />
        ) : null}
      </div>
    </>
  )
}

export function GeneralSection({ form }: SectionProps) {
  const t = useTranslations('profile')
  return (
    <div className={styles.grid}>
      <div className={styles.twoThirds}>
        <DraftText form={form} path="name" placeholder={t('namePlaceholder')} />
      </div>
      <FolderField form={form} />
      <AddressFields form={form} />
      <IdentityFields form={form} />
      <div className={styles.whole}>
        <ColourPicker
          label={t('fields.colour')}
          value={form.draft.colour}
          onChange={(colour) => form.change({ colour })}
        />
      </div>
    </div>
  )
}
