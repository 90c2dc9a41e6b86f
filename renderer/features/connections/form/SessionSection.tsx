import { useTranslations } from 'use-intl'
import { CheckField } from '../../../ui/fields'
import { DraftText } from './draftFields'
import styles from './profileForm.module.css'
import type { DraftForm } from './useProfileDraft'

function ReconnectFields({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { reconnectEnabled } = form.draft
  // Numbers that keep the profile from being saved stay in sight even where they are not in use.
  const inSight =
    reconnectEnabled ||
    ['initialSeconds', 'maximumSeconds', 'maximumAttempts'].some(
      (name) => form.problemOf(`reconnect.${name}`) !== undefined,
    )
  return (
    <>
      <div className={styles.whole}>
        <CheckField
          label={t('fields.reconnectEnabled')}
          checked={reconnectEnabled}
          onChange={(enabled) => form.change({ reconnectEnabled: enabled })}
          hint={t('reconnectHint')}
        />
      </div>
      {inSight ? (
        <>
          <div className={styles.third}>
            <DraftText form={form} path="reconnect.initialSeconds" />
          </div>
          <div className={styles.third}>
            <DraftText form={form} path="reconnect.maximumSeconds" />
          </div>
          <div className={styles.third}>
            <DraftText form={form} path="reconnect.maximumAttempts" hint={t('zeroIsNoLimit')} />
          </div>
        </>
      ) : null}
    </>
  )
}

export function SessionSection({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { protocolVersion, cleanStart } = form.draft
  // MQTT 5 §3.1.2.4 and §3.1.2.11.2 split what 3.1.1 §3.1.2.4 calls Clean Session into Clean Start and an expiry.
  const isFive = protocolVersion === '5'
  return (
    <div className={styles.grid}>
      <div className={styles.half}>
        <DraftText form={form} path="keepaliveSeconds" hint={t('keepaliveHint')} />
      </div>
      <div className={styles.half}>
        <DraftText form={form} path="connectTimeoutSeconds" />
      </div>
      <div className={styles.whole}>
        <CheckField
          label={isFive ? t('fields.cleanStart') : t('fields.cleanSession')}
          checked={cleanStart}
          onChange={(checked) => form.change({ cleanStart: checked })}
          hint={isFive ? t('cleanStartHint') : t('cleanSessionHint')}
        />
      </div>
      <div className={styles.whole}>
        <CheckField
          label={t('fields.lenient')}
          checked={form.draft.lenient}
          onChange={(lenient) => form.change({ lenient })}
          hint={t('lenientHint')}
        />
      </div>
      {isFive || form.problemOf('sessionExpirySeconds') !== undefined ? (
        <div className={styles.half}>
          <DraftText form={form} path="sessionExpirySeconds" hint={t('sessionExpiryHint')} />
        </div>
      ) : null}
      {isFive ? (
        <div className={styles.whole}>
          <CheckField
            label={t('fields.subscriptionIdentifiers')}
            checked={form.draft.subscriptionIdentifiers}
            onChange={(checked) => form.change({ subscriptionIdentifiers: checked })}
            hint={t('subscriptionIdentifiersHint')}
          />
        </div>
      ) : null}
      <ReconnectFields form={form} />
    </div>
  )
}
