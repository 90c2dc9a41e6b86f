import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CheckField } from '../../../ui/fields'
import { DraftFile, DraftText, SecretField } from './draftFields'
import { usesTls } from '#shared/model/profile'
import styles from './profileForm.module.css'
import type { DraftForm } from './useProfileDraft'

export function TlsSection({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { draft } = form
  const setPassphrase = (typed: string) =>
    form.change({ secrets: { ...draft.secrets, keyPassphrase: { ...draft.secrets.keyPassphrase, typed } } })
  return (
    <div className={styles.grid}>
      {usesTls(draft.scheme) ? null : <p className={styles.note}>{t('tlsUnused', { scheme: draft.scheme })}</p>}
      <div className={styles.whole}>
        <CheckField
          label={t('fields.verify')}
          checked={draft.tlsVerify}
          onChange={(tlsVerify) => form.change({ tlsVerify })}
          path="tls.verify"
        />
        {draft.tlsVerify ? null : (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            {t('verifyOff')}
          </p>
        )}
      </div>
      <div className={styles.whole}>
        <DraftFile form={form} path="tls.caFile" />
        <CheckField
          label={t('fields.trustCaFileAsItIs')}
          checked={draft.trustCaFileAsItIs}
          onChange={(trustCaFileAsItIs) => form.change({ trustCaFileAsItIs })}
          hint={t('trustCaFileHint')}
          path="tls.trustCaFileAsItIs"
        />
      </div>
      <div className={styles.half}>
        <DraftFile form={form} path="tls.certificateFile" />
      </div>
      <div className={styles.half}>
        <DraftFile form={form} path="tls.keyFile" />
      </div>
      <div className={styles.half}>
        <DraftFile form={form} path="tls.pkcs12File" />
      </div>
      <div className={styles.half}>
        <SecretField form={form} name="keyPassphrase" label={t('fields.keyPassphrase')} onType={setPassphrase} />
      </div>
      <div className={styles.half}>
        <DraftText form={form} path="tls.serverName" mono placeholder={draft.texts.host} hint={t('serverNameHint')} />
      </div>
      <div className={styles.half}>
        <DraftText form={form} path="tls.alpn" mono hint={t('alpnHint')} />
      </div>
    </div>
  )
}
